"""黑白名单 and its editions in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from institutions import search
from institutions.models import Institution
from listings import clocks, queries, rules
from listings.enums import ListKind, ListState
from listings.models import Edition, ListEntry, ListRule
from listings.pages import answers, hearing, list_rules
from listings.pages import entries as pages
from listings.pages.files import IssueFile
from listings.pages.public_notices import IssueNotice

TONES = {
    ListState.PROPOSED: "notice",
    ListState.NOTIFIED: "notice",
    ListState.DEFENDING: "primary",
    ListState.HEARD: "notice",
    ListState.REMOVING: "notice",
    ListState.APPROVED: "ok",
    ListState.ENDED: "plain",
    ListState.REJECTED: "bad",
}
KIND_TONES = {ListKind.BLACK: "black", ListKind.WARNING: "notice"}

for page in (pages.ProposeWhite, pages.ProposeBlack, pages.ProposeOther, pages.ProposeWhiteMany):
    contribute(Institution, page)


class WaitingForMe(WaitingFilter):
    """The rows that the home tile 待我审核 counts."""

    title = "待我审核"
    WAITING = {
        "me": ("待我审核", queries.waiting_for),
        "handle": ("待告知、送达或核查", queries.to_handle),
        "ending": (f"{queries.SOON_DAYS}日内到期", lambda actor: queries.ending_soon(actor, on=clock.today())),
    }


@admin.register(ListEntry)
class ListEntryAdmin(RegisterAdmin):
    view_rule = rules.can_view_lists
    menu = Menu("名单与评价", 10, "fact_check")
    search_help = "机构名称(两个字即可)、拼音首字母或统一社会信用代码"
    empty_text = "还没有名单记录。请在机构页面“提请列入白名单”或“提请列入黑名单”，由另一人审核后公布。"
    pages = (
        hearing.Notify,
        hearing.Serve,
        answers.IssueSlip,
        hearing.TakeDefence,
        hearing.Waive,
        hearing.CloseWindow,
        pages.Approve,
        pages.Reject,
        hearing.ApplyForRepair,
        answers.IssueRepairSlip,
        hearing.PassRepair,
        hearing.RefuseRepair,
        pages.ProposeRemoval,
        pages.ApproveRemoval,
        pages.RejectRemoval,
        IssueFile,
        answers.StopSlip,
        answers.StopRepairSlip,
        pages.ApproveMany,
    )
    list_display = ("institution", "kind", "jurisdiction_text", "effective_on", "until", "state", "proposed_by")
    list_filter = (WaitingForMe, "state", "kind", "institution__category")
    list_select_related = ("institution__jurisdiction", "proposed_by")
    search_fields = ("institution__name",)  # shows the box; ``get_search_results`` does the work
    ordering = ("-state_at", "-pk")
    sections = (
        ("名单", ("institution", "kind", "published", "state", "effective_on", "until", "ended_on")),
        ("事由与依据", ("reason", "basis", "evidence")),
        (
            "告知与申辩",
            (
                *("needs_defence", "prior_notice_text", "service", "served_on", "recipient", "witness"),
                *("hearing", "heard_on", "answer"),
            ),
        ),
        ("列入", ("proposed_by", "proposed_at", "decided_by", "decided_at", "decision_remark", "organ_name")),
        (
            "移出",
            ("removal_ground", "removal_reason", "removal_proposed_by", "removal_decided_by", "removal_remark"),
        ),
    )

    @admin.display(description="事先告知书")
    def prior_notice_text(self, row: ListEntry) -> str:
        if row.prior_notice_id is None:
            return "—"
        return link(row.prior_notice.number, reverse("admin:documents_document_change", args=[row.prior_notice_id]))

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
            ("名单", row.get_kind_display(), KIND_TONES.get(ListKind(row.kind), "ok")),
            ("状态", row.get_state_display(), TONES[ListState(row.state)]),
            *([("依据", f"{len(void)}条记录已作废", "bad")] if (void := queries.void_records(row)) else []),
            *([("申辩期至", window.due_on, "notice")] if (window := clocks.window_of(row)) else []),
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
    pages = (IssueNotice,)
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


@admin.register(ListRule)
class ListRuleAdmin(RegisterAdmin):
    view_rule = rules.can_view_lists
    menu = Menu("名单与评价", 30, "rule")
    empty_text = "还没有名单规则。"
    pages = (list_rules.SetRule,)
    list_display = (
        *("kind", "place", "published", "needs_defence", "months", "lowest_grade"),
        *("effective_from", "effective_to"),
    )
    list_filter = ("kind", "published")
    list_select_related = ("jurisdiction",)
    ordering = ("kind", "jurisdiction__code", "-effective_from")
    sections = (
        ("名单", ("kind", "place", "effective_from", "effective_to", "published", "needs_defence", "basis")),
        ("期限", ("months", "severe_months", "until_permit_end")),
        (
            "列入条件",
            ("needs_licence", "lowest_grade", "years_of_a", "needs_no_open_order", "excluded"),
        ),
        ("移出", ("repair_after_months", "removal")),
    )

    @admin.display(description="适用地区", ordering="jurisdiction__code")
    def place(self, row: ListRule) -> str:
        return str(row.jurisdiction) if row.jurisdiction_id else "全省"

    @admin.display(description="不得同时列入")
    def excluded(self, row: ListRule) -> str:
        return "、".join(ListKind(kind).label for kind in row.excludes)

    def visible(self, actor: Actor) -> QuerySet[ListRule]:
        """How lists are kept is no secret among staff: whoever may see the lists sees all their rules."""
        return ListRule.objects.all() if rules.can_view_lists(actor) else ListRule.objects.none()

    def timeline(self, actor: Actor, row: ListRule) -> list:
        return timeline(row)
