"""Forms of training materials."""

from __future__ import annotations

from datetime import timedelta

from django import forms

from foundation.core import clock
from foundation.core.forms import ActorForm
from foundation.regions.models import Jurisdiction
from institutions.enums import Stage
from institutions.models import Institution, TrainingClass

from . import queries
from .enums import MaterialKind, UseSource, Verdict
from .models import MaterialSet, Reviewer

LINES = forms.Textarea(attrs={"rows": 3})
YEARS_VALID = 3


class SetForm(ActorForm):
    """What a set is; the institution is the one whose page it is opened from."""

    SIDE_BY_SIDE = (("subject", "stage"), ("kind", "isbn"), ("edition", "author"))

    title = forms.CharField(label="材料名称", max_length=120)
    subject = forms.CharField(label="科目", max_length=40)
    stage = forms.ChoiceField(label="学段", choices=Stage.choices)
    kind = forms.ChoiceField(label="编写方式", choices=MaterialKind.choices)
    isbn = forms.CharField(label="书号", max_length=20, required=False, help_text="正式出版物必填。")
    edition = forms.CharField(label="版次", max_length=40, required=False, help_text="如：2026年春季版。")
    author = forms.CharField(label="编者或出版社", max_length=80, required=False)

    def clean(self) -> dict:
        given = super().clean()
        if given.get("kind") == MaterialKind.PUBLISHED and not given.get("isbn", "").strip():
            self.add_error("isbn", "正式出版物必须填写书号。")
        return given


class InsideForm(forms.Form):
    reviewed_by = forms.CharField(label="内审人", max_length=60)
    reviewed_on = forms.DateField(label="内审日期", initial=clock.today)
    note = forms.CharField(label="内审结论", max_length=300, widget=LINES)


class SendForm(ActorForm):
    """Two of the team that serves today in the bureau's area."""

    def __init__(self, *args, material: MaterialSet, **kwargs) -> None:
        self.material = material
        super().__init__(*args, **kwargs)

    first = forms.ModelChoiceField(label="第一审核人", queryset=Reviewer.objects.none())
    second = forms.ModelChoiceField(label="第二审核人", queryset=Reviewer.objects.none())

    def narrow(self) -> None:
        team = queries.serving(self.actor, on=clock.today())
        team = team.filter(jurisdiction=self.material.institution.jurisdiction_id).order_by("name", "pk")
        self.fields["first"].queryset = self.fields["second"].queryset = team


class OpinionForm(forms.Form):
    def __init__(self, *args, material: MaterialSet, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        review = queries.open_review(material)
        asked = [review.first_id, review.second_id] if review else []
        spoken = review.opinions.values("reviewer") if review else []
        waiting = Reviewer.objects.filter(pk__in=asked).exclude(pk__in=spoken)
        self.fields["reviewer"].queryset = waiting.order_by("name", "pk")

    reviewer = forms.ModelChoiceField(label="审核人", queryset=Reviewer.objects.none())
    verdict = forms.ChoiceField(label="意见", choices=Verdict.choices)
    points = forms.CharField(
        label="具体问题", max_length=2000, required=False, widget=LINES, help_text="没有同意使用的必须写明。"
    )
    given_on = forms.DateField(label="意见日期", initial=clock.today)


def _default_end():
    return clock.today() + timedelta(days=365 * YEARS_VALID)


class ApproveForm(forms.Form):
    valid_to = forms.DateField(label="有效期至", initial=_default_end)


class PointsForm(forms.Form):
    points = forms.CharField(label="意见", max_length=2000, widget=LINES)


class ReviewerForm(ActorForm):
    SIDE_BY_SIDE = (("name", "workplace"), ("since", "until"))

    jurisdiction = forms.ModelChoiceField(label="聘任地区", queryset=Jurisdiction.objects.none())
    name = forms.CharField(label="姓名", max_length=60)
    workplace = forms.CharField(label="工作单位", max_length=120)
    subjects = forms.CharField(label="审核科目", max_length=120, help_text="如：语文、美术书法。")
    since = forms.DateField(label="任期起", initial=clock.today)
    until = forms.DateField(label="任期止")

    def narrow(self) -> None:
        own = Jurisdiction.objects.filter(pk__in=self.actor.scope).order_by("code")
        self.fields["jurisdiction"].queryset = own
        self.fields["jurisdiction"].initial = own.first()


class UseForm(ActorForm):
    """A running class of an institution and one of its sets."""

    SIDE_BY_SIDE = (("since", "source"),)

    def __init__(self, *args, institution: Institution, **kwargs) -> None:
        self.institution = institution
        super().__init__(*args, **kwargs)

    training_class = forms.ModelChoiceField(label="班级", queryset=TrainingClass.objects.none())
    material = forms.ModelChoiceField(
        label="培训材料", queryset=MaterialSet.objects.none(), help_text="没有列出的，请先“登记培训材料”。"
    )
    since = forms.DateField(label="开始使用", initial=clock.today)
    source = forms.ChoiceField(label="来源", choices=UseSource.choices)
    note = forms.CharField(label="说明", max_length=300, required=False, widget=LINES)

    def narrow(self) -> None:
        self.fields["training_class"].queryset = classes_of(self.institution)
        self.fields["material"].queryset = self.institution.material_sets.order_by("title", "pk")


def classes_of(institution: Institution):
    """Classes that are not over."""
    rows = TrainingClass.objects.filter(course__institution=institution).exclude(ends_on__lt=clock.today())
    return rows.order_by("course__name", "name", "pk")


class StopForm(forms.Form):
    stopped_on = forms.DateField(label="停用日期", initial=clock.today)
    reason = forms.CharField(label="停用事由", max_length=300, widget=LINES)


class PeriodForm(forms.Form):
    """The period of the counts; by default this year until today."""

    SIDE_BY_SIDE = (("first", "last"),)

    first = forms.DateField(label="从", required=False)
    last = forms.DateField(label="到", required=False)

    def clean(self) -> dict:
        given = super().clean()
        given["last"] = given.get("last") or clock.today()
        given["first"] = given.get("first") or given["last"].replace(month=1, day=1)
        if given["first"] > given["last"]:
            self.add_error("last", "结束日期不能早于开始日期。")
        return given
