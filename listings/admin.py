"""黑白名单 and its editions in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.pages import contribute
from foundation.core.site import Menu
from institutions import search
from institutions.models import Institution

from . import pages, queries, rules
from .enums import ListKind, ListState
from .models import Edition, ListEntry

TONES = {
    ListState.PROPOSED: "notice",
    ListState.REMOVING: "notice",
    ListState.APPROVED: "ok",
    ListState.ENDED: "plain",
    ListState.REJECTED: "bad",
}

for page in (pages.ProposeWhite, pages.ProposeBlack, pages.ProposeWhiteMany):
    contribute(Institution, page)


class WaitingForMe(WaitingFilter):
    """The rows that the home tile 待我审核 counts."""

    title = "待我审核"
    WAITING = {"me": ("待我审核", queries.waiting_for)}


@admin.register(ListEntry)
class ListEntryAdmin(RegisterAdmin):
    view_rule = rules.can_view_lists
    menu = Menu("名单与评价", 10, "fact_check")
    search_help = "机构名称(两个字即可)、拼音首字母或统一社会信用代码"
    empty_text = "还没有名单记录。请在机构页面“提请列入白名单”或“提请列入黑名单”，由另一人审核后公布。"
    pages = (
        pages.Approve,
        pages.Reject,
        pages.ProposeRemoval,
        pages.ApproveRemoval,
        pages.RejectRemoval,
        pages.ApproveMany,
    )
    list_display = ("institution", "kind", "jurisdiction_text", "effective_on", "until", "state", "proposed_by")
    list_filter = (WaitingForMe, "state", "kind", "institution__category")
    list_select_related = ("institution__jurisdiction", "proposed_by")
    search_fields = ("institution__name",)  # shows the box; ``get_search_results`` does the work
    ordering = ("-state_at", "-pk")
    sections = (
        ("名单", ("institution", "kind", "state", "effective_on", "until", "ended_on")),
        ("事由与依据", ("reason", "basis", "evidence")),
        ("列入", ("proposed_by", "proposed_at", "decided_by", "decided_at", "decision_remark", "organ_name")),
        ("移出", ("removal_reason", "removal_proposed_by", "removal_decided_by", "removal_remark")),
    )

    @admin.display(description="管辖单位", ordering="institution__jurisdiction_id")
    def jurisdiction_text(self, row: ListEntry) -> str:
        return str(row.institution.jurisdiction)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        found = search.matching(Institution.objects.all(), search_term)
        return queryset.filter(institution__in=found), False

    def summary(self, actor: Actor, row: ListEntry) -> list[tuple[str, object, str]]:
        return [
            ("名单", row.get_kind_display(), "black" if row.kind == ListKind.BLACK else "ok"),
            ("状态", row.get_state_display(), TONES[ListState(row.state)]),
            ("列入日期", row.effective_on, "plain"),
            ("期限至", row.until, "plain"),
            ("公布单位", row.organ_name or "—", "plain"),
        ]

    def timeline(self, actor: Actor, row: ListEntry) -> list:
        return timeline(row)


@admin.register(Edition)
class EditionAdmin(RegisterAdmin):
    view_rule = rules.can_view_lists
    menu = Menu("名单与评价", 20, "history_edu")
    empty_text = "还没有期次。名单第一次变动后自动编成第1期。"
    list_display = ("number", "kind", "cut_off", "entries", "added", "removed", "content_sha256")
    list_filter = ("kind",)
    ordering = ("-cut_off", "-pk")
    sections = (("期次", ("kind", "number", "cut_off", "entries", "added", "removed", "content_sha256")),)

    @admin.display(description="期号", ordering="no")
    def number(self, row: Edition) -> str:
        return f"第{row.no}期"

    def visible(self, actor: Actor) -> QuerySet[Edition]:
        """Editions are published: whoever may see this register sees them all."""
        return Edition.objects.all() if rules.can_view_lists(actor) else Edition.objects.none()
