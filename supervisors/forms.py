"""Forms of supervisors' staff pages. They parse and offer choices; all rules live in the operations."""

from __future__ import annotations

from datetime import timedelta

from django import forms

from clues.enums import Subject
from clues.models import Clue
from foundation.accounts.models import User
from foundation.accounts.queries import people
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.forms import ActorForm
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import jurisdictions_below
from inspections.enums import Audience, VersionState
from inspections.models import ChecklistVersion
from institutions.forms import towns_of

from . import duties, queries
from .enums import (
    CONDITIONS,
    Identity,
    LibraryKind,
    ObjectionChannel,
    ProposalState,
    Sex,
    SupervisorState,
    Verdict,
)
from .models import Candidate, Recruitment, Supervisor

LONG = forms.Textarea(attrs={"rows": 4})


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


# -- recruiting ------------------------------------------------------------------------------------------------------
class RecruitmentForm(ActorForm):
    jurisdiction = forms.ModelChoiceField(label="聘任地区", queryset=Jurisdiction.objects.none())
    batch = forms.CharField(label="批次", max_length=20, help_text="例如：首批、第二批。")
    nominate_by_on = forms.DateField(label="推荐截止")
    term_months = forms.IntegerField(label="聘期(月)", min_value=1, max_value=60, initial=24)
    publicity_days = forms.IntegerField(label="公示工作日", min_value=1, max_value=30, initial=5)
    minimum = forms.IntegerField(label="每月最少(家次)", min_value=0, max_value=31, initial=1)
    target = forms.IntegerField(label="每月目标(家次)", min_value=0, max_value=31, initial=2)
    conditions = forms.CharField(
        label="资格条件", widget=LONG, initial="\n".join(CONDITIONS), help_text="每行一条，资格审核时逐条确认。"
    )
    notes = forms.CharField(label="征集说明", max_length=2000, widget=LONG, required=False)

    def narrow(self) -> None:
        field = self.fields["jurisdiction"]
        field.queryset = Jurisdiction.objects.visible_to(self.actor).order_by("code")
        field.initial = next(iter(field.queryset.filter(organ=self.actor.organ_id)), None)

    def clean_conditions(self) -> list[str]:
        return _lines(self.cleaned_data["conditions"])


class QuotaForm(forms.Form):
    """One number for each district of the place."""

    def __init__(self, *args, recruitment: Recruitment, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        place = recruitment.jurisdiction
        self.districts = list(place.children.order_by("code")) or [place]
        held = dict(recruitment.quotas.values_list("jurisdiction_id", "places"))
        for district in self.districts:
            self.fields[f"place_{district.pk}"] = forms.IntegerField(
                label=district.name, min_value=0, max_value=500, initial=held.get(district.pk, 0)
            )

    def clean(self) -> dict:
        given = super().clean()
        return {"places": {one: given[f"place_{one.pk}"] for one in self.districts if f"place_{one.pk}" in given}}


class DutyForm(forms.Form):
    from_on = forms.DateField(label="起始月", help_text="填该月任一天，从该月1日起算；此前月份不变。")
    minimum = forms.IntegerField(label="每月最少(家次)", min_value=0, max_value=31)
    target = forms.IntegerField(label="每月目标(家次)", min_value=0, max_value=31)


class PublicityForm(forms.Form):
    objection_contact = forms.CharField(label="异议受理电话和地址", max_length=200)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NominationForm(ActorForm):
    jurisdiction = forms.ModelChoiceField(label="推荐地区", queryset=Jurisdiction.objects.none())
    name = forms.CharField(label="姓名", max_length=60)
    sex = forms.ChoiceField(label="性别", choices=[("", "不填"), *Sex.choices], required=False)
    birth_year = forms.IntegerField(label="出生年份", min_value=1900, max_value=2100)
    workplace = forms.CharField(label="工作单位", max_length=120)
    position = forms.CharField(label="职务", max_length=60, required=False)
    identities = forms.MultipleChoiceField(
        label="身份类别", choices=Identity.choices, widget=forms.CheckboxSelectMultiple, help_text="可多选。"
    )
    phone = forms.CharField(label="手机号码", max_length=30, help_text="加密保存，公示时不公开。")
    statement = forms.CharField(label="推荐意见", max_length=2000, widget=LONG)
    replaces = forms.ModelChoiceField(
        label="补选接替", queryset=Supervisor.objects.none(), required=False, help_text="补选的人选只履行剩余聘期。"
    )

    def __init__(self, *args, recruitment: Recruitment, **kwargs) -> None:
        self.recruitment = recruitment
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        own = self.recruitment.quotas.filter(jurisdiction__in=self.actor.scope)
        field = self.fields["jurisdiction"]
        field.queryset = Jurisdiction.objects.filter(pk__in=own.values("jurisdiction")).order_by("code")
        field.initial = field.queryset.first()
        self.fields["replaces"].queryset = queries.replaceable(self.actor).order_by("number")

    def clean_birth_year(self) -> int:
        year = self.cleaned_data["birth_year"]
        if year > clock.today().year - 18:
            raise forms.ValidationError("监督员应年满18周岁。")
        return year


class PortraitForm(forms.Form):
    portrait = forms.FileField(
        label="照片",
        help_text="近期免冠正面照，竖版，JPEG、PNG或WebP，不超过10MB。",
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class ReviewForm(forms.Form):
    """Each condition of the batch is ticked by itself."""

    met = forms.MultipleChoiceField(
        label="逐条确认", widget=forms.CheckboxSelectMultiple, required=False, help_text="全部符合才能通过。"
    )
    remark = forms.CharField(label="审核意见", max_length=500, required=False)

    def __init__(self, *args, candidate: Candidate, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["met"].choices = [(text, text) for text in candidate.recruitment.conditions]


class RejectionForm(ReviewForm):
    remark = None
    reason = forms.CharField(label="不通过的理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["met"].label, self.fields["met"].help_text = "符合的条件", "勾选符合的，不符合的不勾。"


class ObjectionForm(forms.Form):
    channel = forms.ChoiceField(
        label="渠道", choices=[pair for pair in ObjectionChannel.choices if pair[0] != "website"]
    )
    objector = forms.CharField(label="异议人姓名", max_length=60, help_text="须实名；加密保存，只有聘任单位可见。")
    contact = forms.CharField(label="异议人联系方式", max_length=100)
    reason = forms.CharField(label="异议内容", max_length=2000, widget=LONG)


class FindingsForm(forms.Form):
    findings = forms.CharField(label="核查情况和处理意见", max_length=1000, widget=LONG)


class AppointForm(ActorForm):
    area = forms.ModelChoiceField(label="责任区域", queryset=Jurisdiction.objects.none())
    term_from_on = forms.DateField(label="聘期起")
    user = forms.ModelChoiceField(
        label="使用已有账号",
        queryset=User.objects.none(),
        required=False,
        help_text="不选则开通新账号，密码只显示一次。",
    )

    def __init__(self, *args, recruitment: Recruitment, **kwargs) -> None:
        self.recruitment = recruitment
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        self.fields["area"].queryset = _areas(self.recruitment)
        self.fields["area"].initial = self.recruitment.jurisdiction
        self.fields["term_from_on"].initial = clock.today
        self.fields["user"].queryset = people(self.actor)


def _areas(recruitment: Recruitment):
    below = jurisdictions_below(recruitment.jurisdiction_id)
    return Jurisdiction.objects.filter(pk__in=below).order_by("code")


# -- in office -------------------------------------------------------------------------------------------------------
class YearReviewForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=2021, max_value=2200)
    verdict = forms.ChoiceField(label="考核结果", choices=Verdict.choices)
    remark = forms.CharField(label="考核意见", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = clock.today().year


class RenewForm(forms.Form):
    months = forms.IntegerField(label="续聘(月)", min_value=1, max_value=60)


class MonthReportForm(forms.Form):
    month = forms.ChoiceField(label="月份")
    remark = forms.CharField(
        label="困难和建议",
        max_length=2000,
        required=False,
        help_text="不填则在纸上留空，由监督员自己写。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, supervisor: Supervisor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        months = duties.months_over(supervisor, on=clock.today())
        self.fields["month"].choices = [(month.key, month.label) for month in months]


class AreaForm(forms.Form):
    area = forms.ModelChoiceField(label="责任区域", queryset=Jurisdiction.objects.none())

    def __init__(self, *args, supervisor: Supervisor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = _areas(supervisor.recruitment).exclude(pk=supervisor.area_id)


# -- training, library, feedback -------------------------------------------------------------------------------------
def _supervisors_of(actor: Actor):
    own = Supervisor.objects.visible_to(actor).filter(organ=actor.organ_id, state=SupervisorState.IN_OFFICE)
    return own.order_by("number")


class TrainingForm(ActorForm):
    title = forms.CharField(label="培训主题", max_length=120)
    held_on = forms.DateField(label="培训日期")
    place = forms.CharField(label="地点", max_length=120, required=False)
    lecturer = forms.CharField(label="主讲人", max_length=60, required=False)
    material = forms.CharField(label="培训材料", max_length=20_000, required=False, widget=LONG)
    attended = forms.ModelMultipleChoiceField(
        label="到训人员", queryset=Supervisor.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def narrow(self) -> None:
        self.fields["attended"].queryset = _supervisors_of(self.actor)


class AttendanceForm(ActorForm):
    supervisors = forms.ModelMultipleChoiceField(
        label="到训人员", queryset=Supervisor.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def narrow(self) -> None:
        self.fields["supervisors"].queryset = _supervisors_of(self.actor)


class QuizForm(ActorForm):
    checklist = forms.ModelChoiceField(label="检查清单版本", queryset=ChecklistVersion.objects.none())
    title = forms.CharField(label="测试名称", max_length=120)
    pass_mark = forms.IntegerField(label="及格线(%)", min_value=1, max_value=100, initial=80)
    questions = forms.CharField(
        label="题目",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="每题一段，段间空一行：第一行题目，其后每行一个选项，正确选项前加 *。",
    )

    def narrow(self) -> None:
        versions = ChecklistVersion.objects.visible_to(self.actor)
        used = versions.filter(state=VersionState.IN_USE, checklist__audience=Audience.SUPERVISORS)
        self.fields["checklist"].queryset = used.select_related("checklist").order_by("pk")

    def clean_questions(self) -> list[tuple[str, list[str], int]]:
        blocks = [_lines(block) for block in self.cleaned_data["questions"].replace("\r\n", "\n").split("\n\n")]
        return [self._question(no, block) for no, block in enumerate(filter(None, blocks), start=1)]

    def _question(self, no: int, lines: list[str]) -> tuple[str, list[str], int]:
        text, *options = lines
        right = [number for number, option in enumerate(options, start=1) if option.startswith("*")]
        if len(options) < 2 or len(right) != 1:
            raise forms.ValidationError(f"第{no}题须有2个以上选项，并在唯一的正确选项前加 *。")
        return text, [option.lstrip("* ").strip() for option in options], right[0]


class LibraryForm(forms.Form):
    kind = forms.ChoiceField(label="类别", choices=LibraryKind.choices)
    title = forms.CharField(label="标题", max_length=120, help_text="与已有资料同类同名的，发布为下一版本。")
    text = forms.CharField(
        label="正文",
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="以“# ”开头的行是一节的标题，其下每行一段；手机上每节一页。",
    )

    def clean(self) -> dict:
        given = super().clean()
        if "text" not in given:
            return given
        return {"kind": given.get("kind"), "title": given.get("title"), "sections": self._sections(given["text"])}

    def _sections(self, text: str) -> list[tuple[str, str]]:
        sections: list[tuple[str, list[str]]] = []
        for line in text.splitlines():
            if line.startswith("# "):
                sections.append((line[2:].strip(), []))
            elif line.strip():
                if not sections:
                    sections.append(("正文", []))
                sections[-1][1].append(line.strip())
        return [(title, "\n".join(lines)) for title, lines in sections]


class ReplyForm(forms.Form):
    reply = forms.CharField(label="答复", max_length=1000, widget=LONG)


class ConversionForm(ActorForm):
    division = forms.ModelChoiceField(label="所在乡镇(街道)", queryset=Division.objects.none())
    subject = forms.ChoiceField(label="问题类别", choices=Subject.choices)

    def narrow(self) -> None:
        self.fields["division"].queryset = towns_of(self.actor)


class DecisionForm(ReplyForm):
    decision = forms.ChoiceField(
        label="采纳情况", choices=[pair for pair in ProposalState.choices if pair[0] != ProposalState.SUBMITTED]
    )
    field_order = ("decision", "reply")


class AssignClueForm(ActorForm):
    supervisor = forms.ModelChoiceField(label="监督员", queryset=Supervisor.objects.none())
    due_on = forms.DateField(label="完成期限")

    def __init__(self, *args, clue: Clue, **kwargs) -> None:
        self.clue = clue
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        on = clock.today()
        self.fields["supervisor"].queryset = queries.supervisors_for(self.clue, on=on)
        self.fields["due_on"].initial = on + timedelta(days=7)


class CancelTaskForm(forms.Form):
    reason = forms.CharField(label="撤回理由", max_length=300, widget=LONG)
