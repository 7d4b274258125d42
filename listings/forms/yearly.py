"""Forms of the annual check's pages."""

from __future__ import annotations

from django import forms

from enforcement.forms.orders import VisitChoice, lines_of
from foundation.core import clock
from foundation.core.forms import ActorForm
from foundation.regions.models import Jurisdiction
from inspections.models import Visit
from listings import yearly
from listings.models import AnnualCheck


class OpenForm(ActorForm):
    jurisdiction = forms.ModelChoiceField(label="地区", queryset=Jurisdiction.objects.none(), empty_label="请选择")
    year = forms.IntegerField(label="年度", min_value=2021, max_value=2100)
    report_by = forms.DateField(label="自查报送截止")
    questions = forms.CharField(
        label="自查项目", max_length=2000, widget=forms.Textarea(attrs={"rows": 7}), help_text="一行一项。"
    )
    grades = forms.CharField(
        label="结论等次", max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text="一行一个，由好到差。"
    )
    notice_days = forms.IntegerField(label="公示天数(工作日)", min_value=1, max_value=60, initial=yearly.NOTICE_DAYS)

    def narrow(self) -> None:
        places = self.fields["jurisdiction"]
        places.queryset = Jurisdiction.objects.filter(pk__in=self.actor.scope).order_by("code", "pk")
        if len(self.actor.scope) == 1:
            places.initial = next(iter(self.actor.scope))
        self.fields["year"].initial = clock.today().year
        self.fields["questions"].initial = "\n".join(yearly.QUESTIONS)
        self.fields["grades"].initial = "\n".join(yearly.GRADES)

    def clean_questions(self) -> list[str]:
        return lines_of(self.cleaned_data["questions"])

    def clean_grades(self) -> list[str]:
        return lines_of(self.cleaned_data["grades"])


class ReportForm(forms.Form):
    """One answer to each question of the check."""

    given_by = forms.CharField(label="报送人", max_length=60, help_text="机构一方由谁报送，由您代为登记。")

    def __init__(self, *args, check: AnnualCheck, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        before = dict(check.report)
        self.questions = check.check_year.questions
        for number, question in enumerate(self.questions):
            self.fields[f"answer{number}"] = forms.CharField(
                label=question,
                max_length=500,
                initial=before.get(question, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def answers(self) -> list[str]:
        """In the order of the questions."""
        return [self.cleaned_data[f"answer{number}"] for number in range(len(self.questions))]


class ReviewForm(forms.Form):
    review = forms.CharField(label="书面审核意见", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class SiteForm(forms.Form):
    visit = VisitChoice(label="实地检查记录", queryset=Visit.objects.none(), empty_label="请选择")

    def __init__(self, *args, check: AnnualCheck, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        found = yearly.visits_for(check)
        self.fields["visit"].queryset = found
        self.fields["visit"].initial = found.first()
        self.fields["visit"].help_text = "该年度以来两名以上人员对该机构的检查。还没有的，先登记一次检查。"


class ConclusionForm(forms.Form):
    conclusion = forms.ChoiceField(label="结论")
    reasons = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, check: AnnualCheck, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conclusion"].choices = [(grade, grade) for grade in check.check_year.grades]


class WhyForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
