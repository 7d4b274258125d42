"""责令改正通知书 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse

from enforcement import exporting, queries, rules  # noqa: F401  (exporting declares what ExportPage writes)
from enforcement.enums import OPEN, OrderState
from enforcement.models import Order
from enforcement.pages import answers
from enforcement.pages import orders as pages
from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip, copyable, link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from inspections.models import Visit

TONES = {
    OrderState.ISSUED: "notice",
    OrderState.ANSWERED: "primary",
    OrderState.CLOSED: "ok",
    OrderState.ESCALATED: "bad",
    OrderState.VOIDED: "black",
}

for page in (pages.Rectify, pages.Stop, pages.OnSpot):
    contribute(Visit, page)


class OrderWaiting(WaitingFilter):
    """The rows that the home tiles count."""

    title = "待办"
    WAITING = {
        "recheck": ("待复查", queries.to_recheck),
        "overdue": ("逾期未办结", lambda actor: queries.overdue(Order.objects.visible_to(actor), on=clock.today())),
    }


@admin.register(Order)
class OrderAdmin(RegisterAdmin):
    view_rule = rules.can_view_orders
    menu = Menu("执法", 10, "assignment_late")
    search_help = "文号或当事人"
    empty_text = "还没有通知书。请在检查记录页面“责令限期整改”“责令停止培训”或“当场责令改正”。"
    pages = (
        ExportPage,
        pages.Serve,
        answers.IssueSlip,
        answers.StopSlip,
        pages.TakeInProof,
        pages.Accept,
        pages.Refuse,
        pages.IssueRecheckRecord,
        pages.Extend,
        pages.Tag,
        pages.Escalate,
        pages.Void,
    )
    list_display = ("number", "party_name", "kind", "issued_on", "due_text", "service", "state_chip")
    list_filter = (OrderWaiting, "state", "kind", "on_spot", "issued_on", "category")
    search_fields = ("number", "party_name")
    ordering = ("-issued_on", "-pk")
    sections = (
        ("通知书", ("number_text", "kind", "on_spot", "organ", "issued_by", "issued_at", "officers_text")),
        ("当事人", ("party_name", "person_in_charge", "institution", "unlicensed", "division", "category")),
        ("事实与要求", ("visit_text", "facts_text", "clauses", "stop_scope", "requirements_text")),
        ("期限与送达", ("due_on", "extended_from", "extension_reason", "service", "served_on", "recipient", "witness")),
        ("结果", ("state", "closed_on", "closing_visit", "end_reason", "voided_by", "campaigns_text")),
    )

    @admin.display(description="整改期限", ordering="due_on")
    def due_text(self, row: Order) -> str:
        late = row.state in OPEN and row.due_on < clock.today()
        return chip(f"{row.due_on} 已逾期", "bad") if late else str(row.due_on)

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: Order) -> str:
        return chip(row.get_state_display(), TONES[OrderState(row.state)])

    @admin.display(description="文号")
    def number_text(self, row: Order) -> str:
        if row.document_id is None:
            return "—"
        return link(row.number, reverse("admin:documents_document_change", args=[row.document_id]))

    @admin.display(description="执法人员")
    def officers_text(self, row: Order) -> str:
        return "、".join(str(officer) for officer in row.officers.order_by("pk"))

    @admin.display(description="检查记录")
    def visit_text(self, row: Order) -> str:
        visit = row.visit
        return link(f"{visit.number}（{visit.visited_on}）", reverse("admin:inspections_visit_change", args=[visit.pk]))

    @admin.display(description="检查发现的问题")
    def facts_text(self, row: Order) -> str:
        return "；".join(f"{code} {told}" for code, told, _ in row.facts)

    @admin.display(description="整改要求")
    def requirements_text(self, row: Order) -> str:
        return "；".join(row.requirements)

    @admin.display(description="专项行动")
    def campaigns_text(self, row: Order) -> str:
        return "、".join(str(tag.campaign) for tag in row.campaigns.select_related("campaign").order_by("pk"))

    def visible(self, actor: Actor) -> QuerySet[Order]:
        return super().visible(actor).select_related("visit", "document")

    def summary(self, actor: Actor, row: Order) -> list[tuple[str, object, str]]:
        return [
            ("种类", row.get_kind_display(), "plain"),
            ("状态", row.get_state_display(), TONES[OrderState(row.state)]),
            ("整改期限", self.due_text(row), "plain"),
            ("送达", row.get_service_display(), "plain" if row.served_on else "notice"),
            ("文号", copyable(row.number), "plain"),
        ]

    def timeline(self, actor: Actor, row: Order) -> list:
        return timeline(row)
