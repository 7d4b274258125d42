"""Forms of the lists' staff pages. They parse and offer initial values; all rules live in the operations."""

from __future__ import annotations

from django import forms

from foundation.core import clock
from institutions import dossier
from institutions.models import Institution
from listings.enums import ListKind, RemovalGround

HEARD_FROM = "听取申辩后从决定之日起列入，期限顺延；早于今天的只用于补录以前作出的决定。"


def record_choices(institution: Institution) -> list[tuple[str, str]]:
    """What an institution's records offer as evidence: the newest first, each with its day and source."""
    found = sorted(dossier.standing_records(institution), key=lambda record: (record.on, record.pk), reverse=True)
    return [
        (
            each.key,
            f"{each.on} {dossier.label_of(each.source)}：{each.what}{f'（{each.result}）' if each.result else ''}",
        )
        for each in found
    ]


class TermForm(forms.Form):
    """What every proposal says."""

    reason = forms.CharField(label="列入事由", max_length=300, help_text="将向社会公布，请写明事实，不写个人信息。")
    basis = forms.CharField(label="依据", max_length=200, help_text="法律法规或文件名称和条款。")
    evidence = forms.CharField(
        label="其他证据材料",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text="供审核人查看，不公布。",
    )
    effective_on = forms.DateField(label="列入日期", initial=clock.today)
    until = forms.DateField(label="期限至")


class ProposalForm(TermForm):
    records = forms.MultipleChoiceField(
        label="依据的记录",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="本机构的检查、问题、通知书、约谈等记录。记录以后作废的，这条名单会标出。",
    )
    contact = forms.CharField(
        label="联系人和电话", max_length=100, required=False, help_text="印在告知书上，当事人据此陈述申辩。"
    )
    field_order = ["kind", "reason", "basis", "records", "evidence", "contact", "effective_on", "until"]

    def __init__(self, *args, institution: Institution, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["records"].choices = record_choices(institution)
        if not self.fields["records"].choices:
            self.fields["records"].help_text = "这家机构还没有可以作为依据的正式记录，请先登记检查或开具通知书。"


class HeardProposalForm(ProposalForm):
    """For a list that needs a hearing: records and a contact are wanted."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["records"].required = True
        self.fields["contact"].required = True
        self.fields["effective_on"].help_text = HEARD_FROM


class OtherProposalForm(ProposalForm):
    kind = forms.ChoiceField(
        label="名单",
        choices=[(kind.value, kind.label) for kind in (ListKind.WARNING, ListKind.AFTERSCHOOL, ListKind.RED)],
    )
    until = forms.DateField(label="期限至", required=False, help_text="不填的，按这种名单的规则计算。")


class BulkProposalForm(TermForm):
    until = forms.DateField(label="期限至", required=False, help_text="不填的，每家为12个月，或许可有效期至(较早者)。")
    field_order = ["reason", "basis", "evidence", "effective_on", "until"]


class RemarkForm(forms.Form):
    remark = forms.CharField(label="审核意见", max_length=300, required=False)


class DecisionForm(RemarkForm):
    answer = forms.CharField(
        label="对陈述申辩的复核意见",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="当事人提出陈述申辩的必须填写：采纳与否及理由，将印入决定。",
    )


class RefusalForm(forms.Form):
    remark = forms.CharField(label="理由", max_length=300)


class RemovalForm(forms.Form):
    ground = forms.ChoiceField(
        label="移出理由",
        choices=[(ground.value, ground.label) for ground in (RemovalGround.OTHER, RemovalGround.MISTAKE)],
    )
    reason = forms.CharField(label="移出事由", max_length=300, help_text="将写入移出通知，请写明事实。")
