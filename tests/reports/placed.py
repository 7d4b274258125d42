"""How rates are printed, reports and their plans, at the places of the authorization matrix."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from foundation.accounts.enums import Role
from foundation.accounts.models import Post, User
from foundation.core import clock
from reports.counting import digest
from reports.enums import ReportState, Rounding, SheetKind
from reports.models import Counting, RatioStyle, Report, ReportPlan
from tests.authz.relations import Objects, Place
from tests.cast import organ
from tests.contracts.placed import somebody
from tests.inspections.placed import filer


def style(place: Place) -> RatioStyle:
    facts = {"code": "reduction_rate", "label": "学科类压减率", "places": 2, "rounding": Rounding.HALF_UP}
    return RatioStyle.objects.create(
        jurisdiction=place.jurisdiction, **facts, reason="按市里口径", set_by=somebody(), set_at=clock.now()
    )


def report(place: Place, state: str = ReportState.PREPARED) -> Report:
    """A report of the place's own bureau that another person than the cast's prepared, of a day of its own."""
    at, day = clock.now(), date(2025, 1, 1) + timedelta(days=Report.objects.count())
    reviewed = {"reviewed_by": _decider(place)} if state == ReportState.REVIEWED else {}
    made = Report.objects.create(
        jurisdiction=place.jurisdiction,
        organ=organ(place.jurisdiction.code),
        kind=SheetKind.MONTH,
        title="测试月报",
        period_from=day,
        period_to=day,
        state=state,
        state_at=at,
        prepared_by=filer(place),
        **reviewed,
    )
    Counting.objects.create(report=made, number=1, counted_at=at, digest=digest([]))
    return made


def _decider(place: Place) -> User:
    facts = {"name": Role.COUNTY_LEADER.label, "organ": organ(place.jurisdiction.code), "password": "!"}
    return User.objects.get_or_create(username=f"decider-{place.jurisdiction.code}", defaults=facts)[0]


def plan(place: Place) -> ReportPlan:
    """The plan of the place's own bureau."""
    bureau, keeper = organ(place.jurisdiction.code), filer(place)
    post = Post.objects.order_by("pk").first()
    facts = {"day": 3, "keeper": post, "set_by": keeper, "set_at": clock.now()}
    return ReportPlan.objects.get_or_create(
        organ=bureau, ended_at=None, defaults={"jurisdiction": place.jurisdiction, **facts}
    )[0]


OBJECTS: dict[str, Objects] = {
    "admin:reports_ratiostyle": Objects(style),
    "admin:reports_report": Objects(report),
    "admin:reports_report_issue": Objects(partial(report, state=ReportState.REVIEWED)),
    "admin:reports_reportplan": Objects(plan),
}
