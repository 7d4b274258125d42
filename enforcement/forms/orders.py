"""Forms of the orders' staff pages. They parse and offer initial values; all rules live in the operations."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.db.models import QuerySet

from enforcement import papers, queries
from enforcement.enums import OrderKind, Service
from enforcement.models import Order, Recheck
from enforcement.operations.orders import OrderFacts
from foundation.core import clock
from foundation.core.forms import FilesField
from inspections.models import Finding, Visit, VisitOfficer

DAYS_TO_RECTIFY, DAYS_TO_RECHECK = 15, 7  # calendar days offered; the officer sets what fits
FACT_LINES = 500


class FindingChoices(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, finding: Finding) -> str:
        code, told, clause = papers.fact_of(finding)
        return f"{code} {told}（{clause}）"


class OfficerChoices(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, officer: VisitOfficer) -> str:
        return f"{officer.name} · {officer.organ_name}（执法证{officer.certificate_no}）"


class VisitChoice(forms.ModelChoiceField):
    def label_from_instance(self, visit: Visit) -> str:
        return f"{visit.visited_on} {visit.get_kind_display()} {visit.get_outcome_display()}（{visit.number}）"


def lines_of(text: str) -> list[str]:
    """The lines of a text area, without blanks."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class OrderForm(forms.Form):
    """What every notice says, offered from the visit; a subclass adds what its kind asks for."""

    order_kind: OrderKind
    days = DAYS_TO_RECTIFY

    findings = FindingChoices(label="检查发现的问题", queryset=Finding.objects.none(), required=False)
    more_facts = forms.CharField(
        label="其他问题",
        required=False,
        max_length=2000,
        help_text="检查记录里没有逐项登记的问题，一行一项。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    clauses = forms.CharField(label="违反的规定", max_length=500, help_text="法律法规名称和条款。")
    requirements = forms.CharField(
        label="具体要求", max_length=3000, help_text="一行一条。", widget=forms.Textarea(attrs={"rows": 3})
    )
    officers = OfficerChoices(
        label="执法人员",
        queryset=VisitOfficer.objects.none(),
        help_text="参加这次检查、持有执法证的人员，两名以上。",
    )
    due_on = forms.DateField(label="整改期限")
    evidence = forms.CharField(
        label="证据材料",
        required=False,
        max_length=1000,
        help_text="一行一项，如：现场照片3张。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    contact = forms.CharField(label="联系人和电话", max_length=100)
    on_spot = forms.BooleanField(label="当场开具", required=False, initial=True)

    def __init__(self, *args, visit: Visit, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        found = papers.findings_of(visit)
        certified = visit.officers.exclude(certificate_no="").order_by("pk")
        self.fields["findings"].queryset = found
        self.fields["officers"].queryset = certified
        facts = [papers.fact_of(finding) for finding in found]
        self.initial = {
            "findings": [finding.pk for finding in found],
            "officers": [officer.pk for officer in certified],
            "clauses": papers.clauses_of(facts),
            "requirements": "\n".join(f"就“{finding.text}”完成整改。" for finding in found),
            "due_on": clock.today() + timedelta(days=self.days),
            "on_spot": visit.visited_on == clock.today(),
            **self.initial,
        }

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("findings") and not lines_of(cleaned.get("more_facts", "")):
            self.add_error("findings", "请至少选一项或写一项问题。")
        return cleaned

    def facts(self) -> OrderFacts:
        """What the cleaned form says."""
        given = self.cleaned_data
        rows = [papers.fact_of(finding) for finding in given["findings"]]
        rows += [["—", line[:FACT_LINES], given["clauses"]] for line in lines_of(given["more_facts"])]
        return OrderFacts(
            kind=self.order_kind,
            facts=rows,
            clauses=given["clauses"],
            due_on=given["due_on"],
            requirements=lines_of(given["requirements"]),
            evidence=lines_of(given["evidence"]),
            contact=given["contact"],
            on_spot=given["on_spot"],
            stop_scope=given.get("stop_scope", ""),
            refund_arrangement=given.get("refund_arrangement", ""),
        )


class RectifyForm(OrderForm):
    order_kind = OrderKind.RECTIFY


class OnSpotForm(OrderForm):
    order_kind = OrderKind.ON_SPOT
    days = DAYS_TO_RECHECK

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].label = "复查不晚于"
        del self.fields["on_spot"]

    def facts(self) -> OrderFacts:
        self.cleaned_data["on_spot"] = True
        return super().facts()


class StopForm(OrderForm):
    order_kind = OrderKind.STOP
    days = DAYS_TO_RECHECK
    stop_scope = forms.CharField(label="停止范围", max_length=300, help_text="如：全部学科类培训。")
    refund_arrangement = forms.CharField(
        label="学员退费与安置", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ["findings", "more_facts", "clauses", "stop_scope", "refund_arrangement", "requirements", "officers"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].label = "复查不晚于"
        self.fields["requirements"].required = False
        self.fields["requirements"].label = "其他要求"


class ServiceForm(forms.Form):
    service = forms.ChoiceField(label="送达方式", choices=[pair for pair in Service.choices if pair[0] != Service.NONE])
    served_on = forms.DateField(label="送达日期", initial=clock.today)
    recipient = forms.CharField(label="签收人", max_length=60, required=False, help_text="直接送达必须填写。")
    witness = forms.CharField(
        label="见证人", max_length=120, required=False, help_text="拒绝签收、留置送达的，写明见证人姓名和单位。"
    )


class ProofForm(forms.Form):
    text = forms.CharField(label="整改情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    given_by = forms.CharField(label="报告人", max_length=60, help_text="当事人一方由谁报告，由您代为登记。")
    photos = FilesField(accept="image/*", label="照片", required=False, help_text="整改后的照片，最多9张。")


class EvidenceForm(forms.Form):
    """The visit that shows that something was put right, of those that can; the newest is offered."""

    visit = VisitChoice(label="复查记录", queryset=Visit.objects.none(), empty_label="请选择")
    remark = forms.CharField(label="情况", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def offer(self, found: QuerySet[Visit]) -> None:
        self.fields["visit"].queryset = found
        self.fields["visit"].initial = found.first()


class RecheckForm(EvidenceForm):
    def __init__(self, *args, order: Order, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit"].help_text = "对同一当事人、两名以上人员进行的检查。还没有的，先登记一次“复查”。"
        self.fields["remark"].label = "复查情况"
        self.offer(queries.rechecks_for(order))


class RecheckChoice(forms.ModelChoiceField):
    def label_from_instance(self, recheck: Recheck) -> str:
        return f"{recheck.visit.visited_on} {recheck.visit.number}（{'合格' if recheck.passed else '不合格'}）"


class RecheckRecordForm(forms.Form):
    recheck = RecheckChoice(label="复查", queryset=Recheck.objects.none(), empty_label="请选择")
    statement = forms.CharField(
        label="当事人陈述",
        max_length=1000,
        required=False,
        help_text="不填则用复查时登记的陈述；也没有的，在纸上留空。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, order: Order, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        found = order.rechecks.select_related("visit").order_by("-pk")
        self.fields["recheck"].queryset = found
        self.fields["recheck"].initial = found.first()


class ExtendForm(forms.Form):
    due_on = forms.DateField(label="新的期限")
    reason = forms.CharField(label="延期理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class EndForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class TagForm(forms.Form):
    campaign = forms.ModelChoiceField(label="专项行动", queryset=None, empty_label="请选择")

    def __init__(self, *args, campaigns, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns
