"""社会监督员 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip, copyable
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from supervisors import duties, exporting, rules  # noqa: F401  (exporting declares what ExportPage writes)
from supervisors.enums import Identity, SupervisorState
from supervisors.models import Supervisor
from supervisors.months import Month
from supervisors.pages import office as pages

TONES = {
    SupervisorState.IN_OFFICE: "ok",
    SupervisorState.EXPIRED: "plain",
    SupervisorState.DISMISSED: "bad",
    SupervisorState.RESIGNED: "plain",
}


@admin.register(Supervisor)
class SupervisorAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("监督员", 10, "badge")
    search_help = "姓名或监督员编号"
    empty_text = "还没有社会监督员。请先开展征集，经推荐、审核、公示后聘任。"
    pages = (
        pages.Overview,
        ExportPage,
        pages.Visits,
        pages.MonthRows,
        pages.IssueReport,
        pages.ReviewYear,
        pages.Renew,
        pages.ChangeArea,
        pages.LetResign,
        pages.Dismiss,
    )
    list_display = ("number", "name", "standing", "level", "area", "identity_words", "term_from_on", "term_until_on")
    list_filter = ("state", "level", "recruitment", "area")
    list_select_related = ("area",)
    search_fields = ("name", "number")
    ordering = ("state_at", "number", "pk")
    sections = (
        ("监督员", ("number", "name", "identity_words", "level", "area", "jurisdiction", "organ")),
        ("聘期", ("recruitment", "term_from_on", "term_until_on", "last_day_on", "end_reason")),
        ("账号", ("login", "candidate")),
    )

    @admin.display(description="身份类别")
    def identity_words(self, row: Supervisor) -> str:
        return "、".join(Identity(one).label for one in row.identities)

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Supervisor) -> SafeString:
        return chip(row.get_state_display(), TONES[SupervisorState(row.state)])

    @admin.display(description="登录名")
    def login(self, row: Supervisor) -> SafeString:
        return copyable(row.user.username)

    def summary(self, actor: Actor, row: Supervisor) -> list[tuple[str, object, str]]:
        month = Month.of(clock.today())
        required, done = duties.requirement_for(row, month), duties.done_in(row, month)
        return [
            ("状态", row.get_state_display(), TONES[SupervisorState(row.state)]),
            ("本月", f"{done}/{required.target} 家次", "ok" if done >= required.target else "notice"),
            ("累计监督", f"{duties.visits_of(row).count()} 家次", "plain"),
            ("聘期止", row.term_until_on, "plain"),
        ]

    def timeline(self, actor: Actor, row: Supervisor) -> list:
        return timeline(row)
