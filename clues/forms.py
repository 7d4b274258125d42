"""Forms of clues. They parse and offer choices; the rules live in the operations."""

from __future__ import annotations

from django import forms

from assignments.enums import Urgency
from assignments.forms import OrganChoices
from assignments.queries import assignable
from foundation.accounts.models import Organ
from foundation.core import clock
from foundation.core.forms import ActorForm, LinesField
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division
from foundation.regions.queries import bureaus, lowest_bureaus, pickable_divisions
from institutions import search
from institutions.models import Institution

from .enums import OWN_PEOPLE, Channel, Satisfaction, Subject, Verdict
from .models import Clue
from .sealing import Sender

OFFERED = 5  # institutions named when what was written finds several
FROM_OUTSIDE = [choice for choice in Channel.choices if choice[0] not in OWN_PEOPLE]
POINTS_HELP = "一行一条；核查人员和监督员只看要点，看不到反映内容。不填则按问题类别自动列出。"


class ReportForm(ActorForm):
    """What is seen about an institution or a site whose page is open."""

    subject = forms.ChoiceField(label="问题类别", choices=Subject.choices)
    urgency = forms.ChoiceField(label="缓急", choices=Urgency.choices)
    content = forms.CharField(
        label="反映内容",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="加密保存，只有查看线索的岗位能看到。",
    )
    check_points = LinesField(label="核查要点", required=False, max_length=1100, help_text=POINTS_HELP)
    happened_on = forms.DateField(label="发现日期", initial=clock.today)


class PlacedForm(ActorForm):
    """Where it is and which institution it is about, as far as that is known."""

    division = forms.ModelChoiceField(label="所在乡镇(街道)", queryset=Division.objects.none())
    institution = forms.CharField(
        label="涉及机构", max_length=120, required=False, help_text="名称、统一社会信用代码或许可证号；不知道的不填。"
    )

    def narrow(self) -> None:
        towns = pickable_divisions(self.actor, DivisionLevel.TOWN).select_related("parent")
        self.fields["division"].queryset = towns
        if lowest_bureaus(self.actor).count() > 1:
            self.fields["division"].label_from_instance = lambda town: f"{town.parent}·{town}"

    def clean_institution(self) -> Institution | None:
        """The one institution that what was written finds; of several the one that is called so."""
        term = self.cleaned_data["institution"].strip()
        if not term:
            return None
        rows = search.matching(Institution.objects.visible_to(self.actor), term).order_by("name", "pk")
        found = list(rows[: OFFERED + 1])
        called = [row for row in found if row.name == term]
        if len(called or found) == 1:
            return (called or found)[0]
        if not found:
            raise forms.ValidationError("名录中没有找到这家机构；不在名录中的请填写招牌和地址。")
        names = "、".join(row.name for row in found[:OFFERED])
        raise forms.ValidationError(f"找到多家：{names}{'等' if len(found) > OFFERED else ''}。请写全名或信用代码。")


class TakeInForm(PlacedForm, ReportForm):
    """What came by telephone, letter, from 12345 or from another department."""

    channel = forms.ChoiceField(label="来源", choices=[*FROM_OUTSIDE, (Channel.STAFF, Channel.STAFF.label)])
    sign = forms.CharField(label="招牌或称呼", max_length=120, required=False)
    address = forms.CharField(label="地址", max_length=200, required=False)
    order_no = forms.CharField(label="12345工单编号", max_length=40, required=False)
    sender_name = forms.CharField(label="反映人姓名", max_length=60, required=False, help_text="匿名的不填。")
    sender_contact = forms.CharField(
        label="反映人联系方式",
        max_length=100,
        required=False,
        help_text="单独加密密封：保存后任何人（包括您）须申请并经另一人批准才能再看到。",
    )
    field_order = ["channel", "order_no", "subject", "urgency", "division", "institution", "sign", "address"]

    def clean(self) -> dict[str, object]:
        """Name and contact become one sealed sender, or none."""
        cleaned = super().clean()
        name, contact = cleaned.pop("sender_name", ""), cleaned.pop("sender_contact", "")
        if name and not contact and not self.has_error("sender_contact"):
            self.add_error("sender_contact", "写了姓名的请同时写联系方式；匿名的两项都不填。")
        return {**cleaned, "sender": Sender(name, contact) if contact else None}


class PointsForm(forms.Form):
    check_points = LinesField(label="核查要点", max_length=1100, help_text="一行一条，最多10条。")


class CloseForm(forms.Form):
    verdict = forms.ChoiceField(label="核查结论", choices=Verdict.choices, widget=forms.RadioSelect)
    result = forms.CharField(
        label="核查情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text="加密保存。"
    )


class MessageForm(forms.Form):
    body = forms.CharField(
        label="内容",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="反映人凭查询凭证看到。请勿写入会让旁人猜出反映人的内容。",
    )


class AskForSenderForm(forms.Form):
    purpose = forms.CharField(
        label="用途",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明为什么必须知道反映人是谁，例如需要本人提供合同原件。用途记入审计。",
    )


class AllowForm(forms.Form):
    hours = forms.IntegerField(label="有效时间（小时）", min_value=1, max_value=8, initial=2)
    remark = forms.CharField(label="审批意见", max_length=300, required=False)


class RefuseForm(forms.Form):
    remark = forms.CharField(label="不批准的理由", max_length=300)


class AcceptForm(forms.Form):
    urgency = forms.ChoiceField(label="缓急", choices=Urgency.choices, widget=forms.RadioSelect)
    delay_days = forms.IntegerField(
        label="现场核查前等待（天）",
        min_value=0,
        max_value=10,
        help_text="为了不让人猜到是谁反映的，外来线索等2至10天再去现场；紧急的填0，立即核查。",
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class RefuseClueForm(ReasonForm):
    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="反映人凭查询凭证看得到。"
    )


class HandOverForm(ReasonForm):
    to = forms.ModelChoiceField(label="移交给", queryset=bureaus().select_related("parent"))
    field_order = ["to", "reason"]


class MergeForm(ActorForm):
    into = forms.CharField(label="并入哪条线索", max_length=30, help_text="填写线索编号，例如“可能重复”栏目里的。")

    def clean_into(self) -> Clue:
        found = Clue.objects.visible_to(self.actor).filter(number=self.cleaned_data["into"].strip().upper()).first()
        if found is None:
            raise forms.ValidationError("您的管辖范围内没有这个编号的线索。")
        return found


class CheckForm(ActorForm):
    organs = OrganChoices(label="由哪些单位去现场", queryset=Organ.objects.none())
    due_on = forms.DateField(label="办理期限")

    def narrow(self) -> None:
        self.fields["organs"].queryset = assignable(self.actor)


class CallBackForm(forms.Form):
    satisfaction = forms.ChoiceField(label="是否满意", choices=Satisfaction.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="加密保存。"
    )
