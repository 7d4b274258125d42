"""What the annual check shows: an institution's checks, the year's records, what waits."""

from __future__ import annotations

from django.urls import reverse

from foundation.accounts.panels import slip_panel
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import entered, link
from foundation.core.panels import Panel, panel
from foundation.deadlines.kinds import MatterKind, kept, named_in
from institutions.models import Institution
from listings import yearly, yearly_rules
from listings.enums import CHECK_CONCLUDED, CHECK_LINK, CheckState
from listings.models import AnnualCheck

kept(AnnualCheck, kind=MatterKind("annual_check", "年检", 70), keeper=named_in(AnnualCheck, "check_year__opened_by"))

LIST = "admin:listings_annualcheck_changelist"


@panel(Institution, label="年检", order=37)
def of_institution(actor: Actor, institution: Institution) -> Panel | None:
    if not yearly_rules.can_view_checks(actor):
        return None
    found = AnnualCheck.objects.visible_to(actor).filter(institution=institution).select_related("check_year")
    rows = [
        (
            link(f"{row.check_year.year}年度", reverse("admin:listings_annualcheck_change", args=[row.pk])),
            row.get_state_display(),
            row.conclusion or "—",
            row.notice_until or "—",
        )
        for row in found.order_by("-check_year__year", "-pk")
    ]
    return Panel(("年度", "状态", "结论", "公示至"), rows, empty="还没有参加过年检")


@panel(AnnualCheck, label="机构自查", order=10)
def report(actor: Actor, check: AnnualCheck) -> Panel:
    rows = [tuple(pair) for pair in check.report]
    if rows:
        by = entered(check.entered_by)
        rows.append(("报送", f"{check.reported_by}，{local_date(check.reported_at)}，{by}"))
    return Panel(("自查项目", "自查情况"), rows, empty="机构还没有报送自查")


@panel(AnnualCheck, label="网上回执", order=15)
def slip_of_check(actor: Actor, check: AnnualCheck) -> Panel | None:
    return slip_panel(CHECK_LINK, check) if check.state == CheckState.OPEN else None


@panel(AnnualCheck, label="年度记录", order=20)
def year_rows(actor: Actor, check: AnnualCheck) -> Panel:
    """As kept with the conclusion; before it, as it stands now."""
    rows = check.rows if check.state in CHECK_CONCLUDED else yearly.year_rows(check)
    return Panel(("类别", "日期", "事项", "结果"), [tuple(row) for row in rows], empty="本年度没有记录")


def _tile(actor: Actor, label: str, count: int, waiting: str, tone: str) -> Tile | None:
    return Tile(label, count, f"{reverse(LIST)}?waiting={waiting}", unit="家", tone=tone) if count else None


@todo_tile(order=36)
def to_handle(actor: Actor) -> Tile | None:
    """Checks whose next step is this actor's; opens exactly these rows."""
    count = yearly.to_handle(actor).count() if yearly_rules.can_view_checks(actor) else 0
    return _tile(actor, "年检待办理", count, "handle", "notice")


@todo_tile(order=37)
def to_decide(actor: Actor) -> Tile | None:
    """Conclusions that another person drew; opens exactly these rows."""
    count = yearly.to_decide(actor).count() if yearly_rules.can_view_checks(actor) else 0
    return _tile(actor, "年检待我审定", count, "decide", "notice")


@todo_tile(order=38)
def late(actor: Actor) -> Tile | None:
    """Institutions whose report is overdue; opens exactly these rows."""
    count = yearly.not_reported(actor, on=clock.today()).count() if yearly_rules.can_view_checks(actor) else 0
    return _tile(actor, "逾期未报年检自查", count, "late", "bad")
