"""约谈, the institutions summoned, and study visits in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from enforcement import exporting, rules  # noqa: F401  (declares what ExportPage writes)
from enforcement.enums import InterviewState, PartyState
from enforcement.models import Interview, InterviewParty, StudyVisit
from enforcement.pages import answers
from enforcement.pages import interviews as pages
from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip, link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from institutions.models import Institution

TONES = {InterviewState.PLANNED: "notice", InterviewState.HELD: "ok", InterviewState.CANCELLED: "plain"}
PARTY_TONES = {
    PartyState.SUMMONED: "notice",
    PartyState.OPEN: "notice",
    PartyState.FIXED: "ok",
    PartyState.TALKED: "ok",
    PartyState.DROPPED: "plain",
}

ANSWERS = (answers.IssuePartySlip, answers.StopPartySlip, answers.EnterReport)

for page in (pages.Summon, pages.SummonMany, pages.RecordStudyVisit):
    contribute(Institution, page)


@admin.register(Interview)
class InterviewAdmin(RegisterAdmin):
    view_rule = rules.can_view_orders
    menu = Menu("执法", 20, "record_voice_over")
    search_help = "编号或事由"
    empty_text = "还没有约谈。点“安排约谈”，再在机构名录中勾选机构“批量加入约谈”。"
    pages = (pages.Plan, pages.Hold, pages.Cancel)
    list_display = ("number", "title", "kind", "planned_on", "parties_count", "fixed_count", "state_chip")
    list_filter = ("state", "kind", "planned_on")
    search_fields = ("number", "title")
    ordering = ("-planned_on", "-pk")
    sections = (
        ("约谈", ("number", "title", "kind", "organ", "planned_on", "place", "problems_text", "due_on", "campaign")),
        ("情况", ("state", "held_on", "host", "present", "requirements", "commitments", "document_text")),
        ("登记", ("planned_by", "planned_at", "cancel_reason")),
    )

    def visible(self, actor: Actor) -> QuerySet[Interview]:
        there = ~Q(parties__state=PartyState.DROPPED)
        return (
            super()
            .visible(actor)
            .annotate(
                summoned=Count("parties", filter=there & Q(parties__isnull=False)),
                fixed=Count("parties", filter=Q(parties__state=PartyState.FIXED)),
            )
        )

    @admin.display(description="约谈机构")
    def parties_count(self, row: Interview) -> str:
        return f"{row.summoned}家"

    @admin.display(description="已整改")
    def fixed_count(self, row: Interview) -> str:
        return f"{row.fixed}家" if row.due_on else "—"

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: Interview) -> str:
        return chip(row.get_state_display(), TONES[InterviewState(row.state)])

    @admin.display(description="要整改的问题")
    def problems_text(self, row: Interview) -> str:
        return "；".join(row.problems.order_by("pk").values_list("name", flat=True))

    @admin.display(description="约谈记录")
    def document_text(self, row: Interview) -> str:
        if row.document is None:
            return ""
        return link(row.document.number, reverse("admin:documents_document_change", args=[row.document_id]))

    def summary(self, actor: Actor, row: Interview) -> list[tuple[str, object, str]]:
        return [
            ("种类", row.get_kind_display(), "plain"),
            ("状态", row.get_state_display(), TONES[InterviewState(row.state)]),
            ("约谈机构", f"{row.summoned}家", "plain"),
            ("已整改", self.fixed_count(row), "plain"),
        ]

    def timeline(self, actor: Actor, row: Interview) -> list:
        return timeline(row)


@admin.register(InterviewParty)
class InterviewPartyAdmin(RegisterAdmin):
    view_rule = rules.can_view_orders
    menu = Menu("执法", 21, "groups")
    search_help = "机构名称或约谈编号"
    empty_text = "还没有约谈对象。"
    pages = (ExportPage, pages.Drop, *ANSWERS, pages.Fixed)
    list_display = ("institution", "interview_text", "attendee", "due_text", "state_chip")
    list_filter = ("state", "attended", "interview__kind", "interview__planned_on")
    search_fields = ("institution__name", "interview__number")
    ordering = ("-interview__planned_on", "-pk")
    sections = (
        ("约谈对象", ("institution", "interview", "attended", "attendee")),
        ("整改", ("state", "due_on", "closing_visit", "remark")),
    )

    @admin.display(description="约谈", ordering="interview__planned_on")
    def interview_text(self, row: InterviewParty) -> str:
        return f"{row.interview.planned_on} {row.interview.title}"

    @admin.display(description="整改期限", ordering="due_on")
    def due_text(self, row: InterviewParty) -> str:
        if row.due_on is None:
            return "—"
        late = row.state == PartyState.OPEN and row.due_on < clock.today()
        return chip(f"{row.due_on} 已逾期", "bad") if late else str(row.due_on)

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: InterviewParty) -> str:
        return chip(row.get_state_display(), PARTY_TONES[PartyState(row.state)])

    def visible(self, actor: Actor) -> QuerySet[InterviewParty]:
        return super().visible(actor).select_related("institution", "interview")

    def summary(self, actor: Actor, row: InterviewParty) -> list[tuple[str, object, str]]:
        return [
            ("状态", row.get_state_display(), PARTY_TONES[PartyState(row.state)]),
            ("整改期限", self.due_text(row), "plain"),
        ]

    def timeline(self, actor: Actor, row: InterviewParty) -> list:
        return timeline(row)


@admin.register(StudyVisit)
class StudyVisitAdmin(RegisterAdmin):
    view_rule = rules.can_view_orders
    menu = Menu("执法", 30, "tour")
    search_help = "观摩机构名称"
    empty_text = "还没有观摩学习。请在机构页面“登记观摩学习”。"
    list_display = ("institution", "held_on", "organ", "persons", "topics")
    list_filter = ("held_on",)
    list_select_related = ("institution", "organ")
    search_fields = ("institution__name",)
    ordering = ("-held_on", "-pk")
    sections = (("观摩学习", ("institution", "held_on", "organ", "topics", "persons", "recorded_by", "recorded_at")),)

    def timeline(self, actor: Actor, row: StudyVisit) -> list:
        return timeline(row)
