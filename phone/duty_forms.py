"""Forms of a supervisor's duties on the phone."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet

from foundation.core import clock
from foundation.core.actor import Actor
from inspections.models import Visit
from institutions import search
from institutions.models import Institution
from supervisors.enums import FeedbackKind, Outlet
from supervisors.models import ClueTask, Quiz
from supervisors.operations.duty import MOST_PICTURES
from supervisors.queries import visits_for

MOST_FOUND = 30


def institutions_of(actor: Actor, term: str) -> QuerySet[Institution]:
    """Institutions of the supervisor's area that a word finds; none without a word, so that no list is ever walked."""
    rows = Institution.objects.visible_to(actor).filter(merged_into__isnull=True)
    return search.matching(rows, term).order_by("name", "pk")[:MOST_FOUND] if term else rows.none()


class FeedbackForm(forms.Form):
    kind = forms.ChoiceField(label="反馈什么", choices=FeedbackKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label="情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    institution = forms.CharField(
        label="相关机构", max_length=120, required=False, help_text="填全称或统一社会信用代码；没有就不填。"
    )

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_institution(self) -> Institution | None:
        term = self.cleaned_data["institution"].strip()
        if not term:
            return None
        found = list(institutions_of(self.actor, term)[:6])
        exact = [row for row in found if term in (row.name, row.credit_code)]
        if len(exact or found) != 1:
            names = "、".join(row.name for row in found[:5])
            raise forms.ValidationError(
                f"请填全称，找到的有：{names}。" if found else "您的责任区域内没有找到这家机构。"
            )
        return (exact or found)[0]


class Pictures(forms.FileInput):
    """Several pictures: the door hands the files themselves to the intake, which judges each one."""

    allow_multiple_selected = True


class ActivityForm(forms.Form):
    outlet = forms.ChoiceField(label="渠道", choices=Outlet.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="宣传了什么", max_length=120)
    held_on = forms.DateField(label="日期", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    link = forms.URLField(label="链接", max_length=500, required=False, assume_scheme="https")
    description = forms.CharField(
        label="情况说明", max_length=500, required=False, help_text="没有链接的请说明对象、地点。"
    )
    photos = forms.Field(
        label="图片",
        required=False,
        help_text=f"截图或现场照片，最多{MOST_PICTURES}张，请勿拍到孩子的脸。",
        widget=Pictures(attrs={"accept": "image/*", "multiple": True}),
    )
    reach = forms.IntegerField(label="大约覆盖多少人次", min_value=0, max_value=10_000_000, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].initial = clock.today
        self.fields["reach"].widget.attrs["inputmode"] = "numeric"


class ProposalForm(forms.Form):
    title = forms.CharField(label="建议", max_length=120)
    text = forms.CharField(label="具体内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))


class QuizForm(forms.Form):
    """One radio group a question; what is not answered is wrong."""

    def __init__(self, *args, quiz: Quiz, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(quiz.questions.order_by("no"))
        for question in self.questions:
            self.fields[f"q{question.no}"] = forms.TypedChoiceField(
                label=f"{question.no}. {question.text}",
                choices=list(enumerate(question.options, start=1)),
                coerce=int,
                widget=forms.RadioSelect,
            )

    def chosen(self) -> list[int]:
        return [self.cleaned_data[f"q{question.no}"] for question in self.questions]


class VisitChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Visit) -> str:
        return f"{obj.visited_on} {obj.subject_name}（{obj.number}）"


class TaskForm(forms.Form):
    """Which visit looked at it, and what was seen."""

    visit = VisitChoice(label="哪一次走访", queryset=Visit.objects.none(), empty_label="请选择")
    result = forms.CharField(
        label="看到的情况", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, task: ClueTask, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit"].queryset = visits_for(task)
