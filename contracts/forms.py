"""Forms of the staff pages."""

from __future__ import annotations

import re

from django import forms

from foundation.core.errors import InvalidInput
from foundation.core.forms import ActorForm, MoneyField
from foundation.core.money import fen
from foundation.regions.models import Jurisdiction
from institutions.enums import SupervisionMode
from institutions.models import Institution, Site, TrainingClass

from .enums import (
    MEASURES,
    BoughtVia,
    ConsentWay,
    Delivery,
    FeeCategory,
    LimitCode,
    LimitMeasure,
    PayChannel,
    PaymentWay,
    ToldBy,
)
from .models import Contract, Payment
from .operations.contracts import Agreed, Terms
from .people import VERSIONS, People

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
ANY = [("", "不限")]


class PlaceAndDayForm(ActorForm):
    """Which place's limits, on which day."""

    place = forms.ModelChoiceField(label="管辖单位", queryset=Jurisdiction.objects.none())
    on = forms.DateField(label="日期")

    def narrow(self) -> None:
        self.fields["place"].queryset = Jurisdiction.objects.visible_to(self.actor).order_by("code")


class ProposeLimitForm(ActorForm):
    jurisdiction = forms.ModelChoiceField(label="适用管辖单位", queryset=Jurisdiction.objects.none())
    code = forms.ChoiceField(label="规定", choices=LimitCode.choices)
    category = forms.ChoiceField(label="培训类别", choices=ANY + FeeCategory.choices, required=False)
    delivery = forms.ChoiceField(label="培训形式", choices=ANY + Delivery.choices, required=False)
    value = forms.CharField(
        label="数值",
        max_length=20,
        help_text="金额填元，最晚结束时间填如 20:30，其余填整数；单位由规定的种类决定。",
    )
    minutes = forms.IntegerField(
        label="每课时分钟数", min_value=10, max_value=300, required=False, help_text="只有政府指导价填写。"
    )
    pupils_up_to = forms.IntegerField(
        label="班额上限（含）",
        min_value=1,
        max_value=500,
        required=False,
        help_text="只有政府指导价填写；更大的班不填。",
    )
    effective_from = forms.DateField(label="施行起")
    source = forms.CharField(label="依据", max_length=300, help_text="文件名称、文号和条款。")
    reason = forms.CharField(label="变更理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def narrow(self) -> None:
        self.fields["jurisdiction"].queryset = Jurisdiction.objects.visible_to(self.actor).order_by("code")

    def clean(self) -> dict[str, object]:
        given = super().clean()
        if "value" in given and "code" in given:
            try:
                given["value"] = value_of(given["value"], MEASURES[LimitCode(given["code"])])
            except InvalidInput as refusal:
                self.add_error("value", refusal.message)
        return given


def value_of(text: str, measure: LimitMeasure) -> int:
    """A value as it is typed, in the limit's own measure; raises InvalidInput."""
    text = text.strip()
    if measure == LimitMeasure.FEN:
        return fen(text)
    if measure == LimitMeasure.MINUTE_OF_DAY:
        if (found := _CLOCK.fullmatch(text)) is None:
            raise InvalidInput(f"“{text}”不是时刻，请填写如 20:30。", code="value")
        return int(found[1]) * 60 + int(found[2])
    if not (text.isdecimal() and text.isascii() and len(text) <= 6):
        raise InvalidInput(f"“{text}”不是整数，请只填数字。", code="value")
    return int(text)


class ApproveForm(forms.Form):
    remark = forms.CharField(label="审批意见", max_length=300, required=False)


class RefuseForm(forms.Form):
    remark = forms.CharField(label="不批准的理由", max_length=300)


class SignForm(ActorForm):
    """What the model contract asks for, in its order; who signs, and that the guardian agreed."""

    number = forms.CharField(label="合同编号", max_length=60)
    course_name = forms.CharField(label="课程名称", max_length=80)
    category = forms.ChoiceField(label="培训类别", choices=FeeCategory.choices)
    delivery = forms.ChoiceField(label="培训形式", choices=Delivery.choices)
    pupils = forms.IntegerField(label="班额", min_value=1, max_value=500, required=False)
    lesson_minutes = forms.IntegerField(label="每课时分钟数", min_value=10, max_value=300, initial=45)
    lessons = forms.IntegerField(label="课时数", min_value=1, max_value=1000)
    gift_lessons = forms.IntegerField(label="赠送课时", min_value=0, max_value=500, initial=0)
    unit_price_fen = MoneyField(label="课时单价（元）")
    total_fen = MoneyField(label="合同总价（元）")
    signed_on = forms.DateField(label="签订日期")
    starts_on = forms.DateField(label="培训期起")
    ends_on = forms.DateField(label="培训期止")
    first_lesson_on = forms.DateField(label="首次上课日期", required=False)
    way = forms.ChoiceField(label="付费方式", choices=PaymentWay.choices)
    supervision = forms.ChoiceField(
        label="资金监管方式", choices=[("", "未约定"), *SupervisionMode.choices], required=False
    )
    refund_window_days = forms.IntegerField(label="全额退费期（天）", min_value=0, max_value=365, initial=7)
    bought_via = forms.ChoiceField(label="购课渠道", choices=BoughtVia.choices)
    on_model_contract = forms.BooleanField(label="使用示范文本", required=False)
    on_platform = forms.BooleanField(label="已上全国平台", required=False)
    pupil = forms.CharField(label="学员姓名", max_length=30)
    pupil_id = forms.CharField(label="学员证件号", max_length=18, required=False, help_text="可以不填。")
    pupil_birth = forms.DateField(label="学员出生日期", required=False)
    school = forms.CharField(label="就读学校", max_length=60, required=False)
    grade = forms.CharField(label="年级", max_length=20, required=False)
    guardian = forms.CharField(label="监护人姓名", max_length=30)
    relation = forms.CharField(label="与学员关系", max_length=20, required=False)
    phone = forms.CharField(label="监护人电话", max_length=11)
    address = forms.CharField(label="住址", max_length=100, required=False)
    given_on = forms.DateField(label="监护人同意日期")
    consent_way = forms.ChoiceField(label="同意方式", choices=ConsentWay.choices)
    version = forms.ChoiceField(label="告知书版本", choices=[(each, each) for each in VERSIONS])
    site = forms.ModelChoiceField(label="校区", queryset=Site.objects.none(), required=False)
    training_class = forms.ModelChoiceField(label="班级", queryset=TrainingClass.objects.none(), required=False)

    field_order = ("number", "site", "training_class")
    PEOPLE = ("pupil", "pupil_id", "school", "grade", "guardian", "relation", "phone", "address")
    CONSENT = ("given_on", "consent_way", "version")

    def __init__(self, *args, institution: Institution, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = institution.sites.filter(closed_on__isnull=True).order_by("pk")
        classes = TrainingClass.objects.filter(course__institution=institution).select_related("course")
        self.fields["training_class"].queryset = classes.order_by("course__name", "pk")

    def parted(self) -> tuple[Terms, People, Agreed]:
        """What was filled in, as the operation takes it; site and class stay beside it."""
        given = dict(self.cleaned_data)
        del given["site"], given["training_class"]
        birth = given.pop("pupil_birth")
        people = People(
            **{name: given.pop(name) for name in self.PEOPLE}, pupil_birth=birth.isoformat() if birth else ""
        )
        given_on, way, version = (given.pop(name) for name in self.CONSENT)
        return Terms(**given), people, Agreed(version=version, given_on=given_on, way=way)


class EndForm(forms.Form):
    closed_on = forms.DateField(label="结束日期")


class TerminateForm(EndForm):
    reason = forms.CharField(label="解除原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class AskForPartyForm(forms.Form):
    purpose = forms.CharField(
        label="用途",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写明为什么必须知道学员和监护人是谁，例如核对退费收款人。",
    )


class PayForm(forms.Form):
    payer = forms.CharField(label="付款人", max_length=60)
    amount_fen = MoneyField(label="金额（元）")
    paid_on = forms.DateField(label="缴费日期")
    channel = forms.ChoiceField(label="支付方式", choices=PayChannel.choices)
    told_by = forms.ChoiceField(label="流水来源", choices=ToldBy.choices, initial=ToldBy.INSTITUTION)
    reference = forms.CharField(label="流水号", max_length=60)
    account = forms.CharField(
        label="收款账号", max_length=32, required=False, help_text="只保存末四位和核对用的指纹，不保存全号。"
    )
    months = forms.IntegerField(label="购买月数", min_value=1, max_value=60, required=False)
    lessons = forms.IntegerField(label="购买课时", min_value=1, max_value=1000, required=False)
    covers_from = forms.DateField(label="费用所属期起", required=False)
    covers_to = forms.DateField(label="费用所属期止", required=False)


class InvoiceForm(forms.Form):
    number = forms.CharField(label="发票号码", max_length=40)
    buyer = forms.CharField(label="购买方名称", max_length=60)
    amount_fen = MoneyField(label="价税合计（元）")
    issued_on = forms.DateField(label="开票日期")


class LessonForm(forms.Form):
    held_on = forms.DateField(label="上课日期")
    starts_time = forms.TimeField(label="开始时间", required=False)
    ends_time = forms.TimeField(label="结束时间", required=False)
    lessons = forms.IntegerField(label="课时数", min_value=1, max_value=12, initial=1)


class LinkForm(forms.Form):
    """The contracts of the payment's own institution."""

    contract = forms.ModelChoiceField(label="合同", queryset=Contract.objects.none())

    def __init__(self, *args, payment: Payment, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ours = Contract.objects.filter(institution=payment.institution_id, voided_at__isnull=True)
        self.fields["contract"].queryset = ours.order_by("-signed_on", "-pk")
