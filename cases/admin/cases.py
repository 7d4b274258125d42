"""案件 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from cases import exporting, queries, rules  # noqa: F401  (exporting declares what ExportPage writes)
from cases.enums import CaseState
from cases.models import Case, EvidenceFile
from cases.pages import answers, deciding, filing, investigating
from clues.models import Clue
from enforcement.models import Order
from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import amount, chip, copyable, link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from inspections.models import Visit
from institutions.models import Institution, UnlicensedSite

TONES = {
    CaseState.PROPOSED: "notice",
    CaseState.DECLINED: "plain",
    CaseState.CONCLUDED: "notice",
    CaseState.TO_DECIDE: "notice",
    CaseState.DECIDED: "bad",
    CaseState.CLOSING: "notice",
    CaseState.CLOSED: "ok",
    CaseState.WITHDRAWN: "plain",
    CaseState.TRANSFERRED: "plain",
    CaseState.ARCHIVED: "ok",
}

for model, page in (
    (Visit, filing.FromVisit),
    (Order, filing.FromOrder),
    (Clue, filing.FromClue),
    (Institution, filing.FromElsewhere),
    (UnlicensedSite, filing.FromElsewhere),
):
    contribute(model, page)


class CaseWaiting(WaitingFilter):
    """The rows that the home tile counts, and those not at their end."""

    title = "待办"
    WAITING = {"mine": ("待我审批或审核", queries.waiting_for), "open": ("未结案件", queries.open_cases)}


@admin.register(Case)
class CaseAdmin(RegisterAdmin):
    view_rule = rules.can_view_cases
    menu = Menu("执法", 15, "gavel")
    search_help = "立案号或当事人"
    empty_text = "还没有案件。请在检查记录、转立案的通知书、查证属实的线索、机构或无证场所页面“提请立案”。"
    pages = (
        ExportPage,
        filing.Approve,
        filing.Decline,
        filing.Sheet,
        investigating.AddEvidence,
        investigating.Question,
        investigating.Preserve,
        investigating.Dispose,
        investigating.Conclude,
        investigating.PassReview,
        investigating.ReturnReview,
        deciding.Notify,
        deciding.Serve,
        answers.IssueSlip,
        answers.StopSlip,
        deciding.TakeStatement,
        deciding.Answer,
        deciding.CallHearing,
        deciding.HoldHearing,
        deciding.EndSay,
        deciding.ProposeDecision,
        deciding.Reopen,
        deciding.Decide,
        deciding.SendBack,
        deciding.MakeDecision,
        deciding.Fulfil,
        filing.AskClose,
        filing.Close,
        filing.KeepOpen,
        filing.Archive,
        deciding.Publish,
        deciding.Unpublish,
        deciding.Overturn,
        filing.Extend,
        filing.Replace,
        filing.Tag,
    )
    list_display = ("number_text", "party_name", "violation", "filed_on", "organ", "state_chip")
    list_filter = (CaseWaiting, "state", "source", "outcome", "category", "filed_on")
    list_select_related = ("violation", "organ")
    search_fields = ("number", "party_name")
    ordering = ("-proposed_at", "-pk")
    sections = (
        (
            "案件",
            (
                "number_text",
                "source",
                "source_note",
                "origin_text",
                "violation",
                "summary_text",
                "organ",
                "handlers_text",
            ),
        ),
        (
            "当事人",
            ("party_name", "party_code", "party_address", "person_in_charge", "institution", "unlicensed", "division"),
        ),
        ("立案", ("proposed_by", "proposed_at", "filed_by", "filed_on", "filing_opinion")),
        ("调查和审核", ("report", "gains_text", "concluded_by", "reviewed_by", "review_opinion")),
        (
            "处理",
            (
                *("outcome", "grounds", "discussion", "transferred_to", "decision_proposed_by", "decided_by"),
                *("decided_on", "decision_opinion", "overturned_on", "overturned_by"),
            ),
        ),
        ("结案", ("state", "closing_note", "close_asked_by", "closed_by", "closed_on", "archive_no", "campaigns_text")),
    )

    @admin.display(description="立案号", ordering="number")
    def number_text(self, row: Case) -> str:
        return row.number or "待编号"

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: Case) -> str:
        return chip(row.get_state_display(), TONES.get(CaseState(row.state), "primary"))

    @admin.display(description="案情摘要")
    def summary_text(self, row: Case) -> str:
        return row.summary

    @admin.display(description="由来")
    def origin_text(self, row: Case) -> str:
        if row.order:
            return link(row.order.number, reverse("admin:enforcement_order_change", args=[row.order_id]))
        if row.visit:
            return link(row.visit.number, reverse("admin:inspections_visit_change", args=[row.visit_id]))
        return "—"

    @admin.display(description="办案人员")
    def handlers_text(self, row: Case) -> str:
        return "、".join(
            str(one) if one.until is None else f"{one.name}（{one.until}更换：{one.left_because}）"
            for one in row.officers.order_by("pk")
        )

    @admin.display(description="违法所得")
    def gains_text(self, row: Case) -> str:
        return amount(row.illegal_gains) or "—"

    @admin.display(description="专项行动")
    def campaigns_text(self, row: Case) -> str:
        return "、".join(str(tag.campaign) for tag in row.campaigns.select_related("campaign").order_by("pk"))

    def visible(self, actor: Actor) -> QuerySet[Case]:
        return super().visible(actor).select_related("violation", "organ", "order", "visit", "publication")

    def summary(self, actor: Actor, row: Case) -> list[tuple[str, object, str]]:
        return [
            ("状态", row.get_state_display(), TONES.get(CaseState(row.state), "primary")),
            ("涉嫌违法行为", row.violation.name, "plain"),
            ("立案日期", row.filed_on or "未立案", "plain"),
            ("事项编号", copyable(row.matter) if row.matter else "—", "plain"),
        ]

    def timeline(self, actor: Actor, row: Case) -> list:
        return timeline(row)


@admin.register(EvidenceFile)
class EvidenceFileAdmin(RegisterAdmin):
    view_rule = rules.can_view_cases
    search_help = "文件名称"
    empty_text = "没有证据文件。"
    pages = (investigating.TakeEvidence,)
    list_display = ("filename_text", "evidence", "size_text", "added_at")
    list_filter = ("format", "added_at")
    list_select_related = ("evidence",)
    search_fields = ("name",)
    ordering = ("-added_at", "-pk")
    sections = (
        ("证据文件", ("filename_text", "evidence", "case_text", "format", "size_text", "sha256")),
        ("登记", ("added_by", "added_at")),
    )

    @admin.display(description="文件", ordering="name")
    def filename_text(self, row: EvidenceFile) -> str:
        return row.filename

    @admin.display(description="案件")
    def case_text(self, row: EvidenceFile) -> str:
        case = row.evidence.case
        return link(str(case), reverse("admin:cases_case_change", args=[case.pk]))

    @admin.display(description="大小", ordering="size")
    def size_text(self, row: EvidenceFile) -> str:
        return filesizeformat(row.size)
