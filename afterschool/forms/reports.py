"""Forms of what schools report and offer, of terms and of blocks."""

from __future__ import annotations

from django import forms

from afterschool import queries
from afterschool.enums import FULL_DAYS, FULL_MINUTES, GRADES, BlockKind, Carrier, Grade, Season
from afterschool.models import Block, Provider, Term
from afterschool.models.scoped import own_school
from foundation.accounts.enums import Role
from foundation.core import clock
from foundation.core.forms import ActorForm, MoneyField
from foundation.regions.forms import BureauForm
from foundation.regions.models import School

REASON = forms.Textarea(attrs={"rows": 2})
PUPILS = {"min_value": 0, "max_value": 99_999}


class CountsForm(forms.Form):
    """Counts of one grade; no names."""

    SIDE_BY_SIDE = (
        ("enrolled", "joined"),
        ("exempt_hardship", "exempt_boarding", "exempt_other"),
        ("subsidy_fen", "paid_fen"),
        ("days_per_week", "minutes_per_day"),
    )

    enrolled = forms.IntegerField(label="在校学生(人)", **PUPILS)
    joined = forms.IntegerField(label="自愿参加(人)", **PUPILS)
    exempt_hardship = forms.IntegerField(label="免收：困难(人)", initial=0, **PUPILS)
    exempt_boarding = forms.IntegerField(label="免收：寄宿(人)", initial=0, **PUPILS)
    exempt_other = forms.IntegerField(label="免收：其他(人)", initial=0, **PUPILS)
    subsidy_fen = MoneyField(label="财政补助(元)", initial="0")
    paid_fen = MoneyField(label="家长缴费(元)", initial="0")
    days_per_week = forms.IntegerField(label="每周天数", min_value=0, max_value=7, initial=FULL_DAYS)
    minutes_per_day = forms.IntegerField(label="每天时长(分钟)", min_value=0, max_value=360, initial=FULL_MINUTES)


def own_schools(actor):
    """Schools that this actor may report for."""
    rows = School.objects.visible_to(actor).filter(stage__in=list(GRADES)).order_by("name")
    return rows.filter(pk__in=own_school(actor)) if actor.role == Role.SCHOOL_SPECIALIST else rows


class OfSchoolForm(ActorForm):
    SIDE_BY_SIDE: tuple[tuple[str, ...], ...] = (("school", "term"),)

    school = forms.ModelChoiceField(label="学校", queryset=School.objects.none())
    term = forms.ModelChoiceField(label="学期", queryset=Term.objects.none())

    def narrow(self) -> None:
        self.fields["school"].queryset = schools = own_schools(self.actor)
        self.fields["term"].queryset = queries.terms()
        self.fields["term"].initial = queries.current_term(clock.today())
        if self.actor.role == Role.SCHOOL_SPECIALIST:
            self.fields["school"].initial = schools.first()


class RecordForm(OfSchoolForm, CountsForm):
    SIDE_BY_SIDE = (("school", "term"), ("grade", "effective_on"), *CountsForm.SIDE_BY_SIDE)

    grade = forms.TypedChoiceField(label="年级", choices=Grade.choices, coerce=int)
    effective_on = forms.DateField(label="统计日期", initial=clock.today)
    field_order = ["school", "term", "grade", "effective_on"]


class CorrectForm(CountsForm):
    reason = forms.CharField(label="更正理由", max_length=300, widget=REASON)


class StrikeForm(forms.Form):
    reason = forms.CharField(label="撤销理由", max_length=300, widget=REASON)


class OfferingForm(OfSchoolForm):
    SIDE_BY_SIDE = (("school", "term"), ("block", "title"), ("carrier", "provider"), ("lessons", "fee_fen"))

    block = forms.ModelChoiceField(label="服务内容", queryset=Block.objects.none())
    title = forms.CharField(label="课程名称", max_length=60, required=False, help_text="兴趣课程的名称，如书法。")
    carrier = forms.ChoiceField(label="承担方", choices=Carrier.choices)
    provider = forms.ModelChoiceField(
        label="服务机构", queryset=Provider.objects.none(), required=False, help_text="只列出现在有效入选的机构。"
    )
    lessons = forms.IntegerField(label="课时数", min_value=1, max_value=999)
    fee_fen = MoneyField(label="每课时收费(元)", initial="0")

    def narrow(self) -> None:
        super().narrow()
        blocks = Block.objects.visible_to(self.actor).filter(closed_on__isnull=True)
        self.fields["block"].queryset = blocks.order_by("kind", "pk")
        active = queries.active_providers(Provider.objects.visible_to(self.actor))
        self.fields["provider"].queryset = active.order_by("name")


class VoidForm(forms.Form):
    reason = forms.CharField(label="作废理由", max_length=300, widget=REASON)


class TermForm(forms.Form):
    SIDE_BY_SIDE = (("year", "season"), ("starts_on", "ends_on"))

    year = forms.IntegerField(label="年份", min_value=2015, max_value=2100)
    season = forms.ChoiceField(label="季", choices=Season.choices)
    starts_on = forms.DateField(label="开始日期", help_text="以当地公布的校历为准。")
    ends_on = forms.DateField(label="结束日期")


class BlockForm(BureauForm):
    SIDE_BY_SIDE = (("kind", "name"),)

    kind = forms.ChoiceField(label="类别", choices=BlockKind.choices)
    name = forms.CharField(label="服务内容", max_length=40, help_text="如作业辅导、体育锻炼、艺术素养。")


class RenameForm(forms.Form):
    name = forms.CharField(label="服务内容", max_length=40)


class CloseForm(forms.Form):
    reason = forms.CharField(label="停用理由", max_length=300, widget=REASON)
