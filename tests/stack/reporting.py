"""What the proof of monthly reports fills and finds: ``python -m tests.stack.reporting fill LANE | found LANE``.

``fill`` gives every bureau of the lane an institution, some reports that were asked for by hand and a plan that is due,
and takes the slot of the plans away, so that beat promises it anew: the morning on which the reports are counted.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.db.models import Count, QuerySet  # noqa: E402

from foundation.accounts.enums import Role  # noqa: E402
from foundation.core import clock  # noqa: E402
from foundation.core.models import OutboxMessage, OutboxState  # noqa: E402
from foundation.notifications.models import Message  # noqa: E402
from foundation.regions.enums import DivisionLevel  # noqa: E402
from foundation.regions.models import Division, Jurisdiction  # noqa: E402
from reports import notices  # noqa: E402
from reports.counting import digest  # noqa: E402
from reports.models import Report, ReportPlan  # noqa: E402
from reports.operations import prepare_report, set_plan  # noqa: E402
from reports.plans import title_of  # noqa: E402
from reports.seasons import month_before  # noqa: E402
from tests.cast import acting, organ, person  # noqa: E402
from tests.institutions.factories import credit_code, institution  # noqa: E402

BY_HAND = 4  # reports of each bureau, beside the planned one
SLOT = f"slot:{notices.PLANS}:"
LANES = {"kept": ("3501", "3502", "3503", "3504", "3505", "3506"), "hasty": ("3507",)}


def _bureaus(lane: str) -> QuerySet[Jurisdiction]:
    """The counties of the lane's cities, of which the register has the towns."""
    with_towns = Division.objects.filter(level=DivisionLevel.TOWN).values("parent__code")
    counties = Jurisdiction.objects.exclude(code__endswith="00").filter(code__in=with_towns)
    return counties.filter(code__regex=f"^({'|'.join(LANES[lane])})").order_by("code")


def fill(lane: str) -> dict:
    at = clock.now()
    with transaction.atomic():
        for number, place in enumerate(_bureaus(lane)):
            bureau = organ(place.code)
            keeper, leader = person(Role.COUNTY_OFFICER, bureau), person(Role.COUNTY_LEADER, bureau)
            code = credit_code(8000 + 100 * list(LANES).index(lane) + number)
            institution(acting(keeper), county=place.code, at=at - timedelta(days=90), credit_code=code)
            set_plan(day=1, keeper=keeper, by=acting(leader), at=at)
            for days in range(1, BY_HAND + 1):
                day = clock.local_date(at) - timedelta(days=days)
                facts = {"title": f"前{days}天", "period_from": day, "period_to": day}
                prepare_report(**facts, by=acting(keeper), at=at)
        OutboxMessage.objects.filter(key__startswith=SLOT).delete()
    plans = ReportPlan.objects.filter(jurisdiction__in=_bureaus(lane)).count()
    return {"plans": plans, "reports": plans * (1 + BY_HAND)}


def found(lane: str) -> dict:
    """How often each bureau's report of the month was asked for, counted and told of, and whether it is whole."""
    reports = Report.objects.filter(jurisdiction__in=_bureaus(lane))
    counted = [report for report in reports if report.counting]
    told = Message.objects.filter(kind=notices.COUNTED.code, about_id__in=[str(report.pk) for report in reports])
    jobs = OutboxMessage.objects.filter(kind__in=[notices.ASK, notices.COUNT, notices.PLANS])
    attempts = jobs.values_list("kind", "state", "attempts").annotate(times=Count("pk")).order_by("kind", "attempts")
    return {
        "planned": reports.filter(title=title_of(month_before(clock.today())[0])).values("organ").distinct().count(),
        "reports": reports.count(),
        "states": sorted(set(reports.values_list("state", flat=True))),
        "countings": sum(report.countings.count() for report in reports),
        "broken": [report.pk for report in counted if digest(report.counting.in_order()) != report.counting.digest],
        "fewest_lines": min((report.counting.lines.count() for report in counted), default=0),
        "told": told.count(),
        "told_of": told.values("about_id").distinct().count(),
        "attempts": [f"{kind}: {times} {state} after {tries}" for kind, state, tries, times in attempts],
        "dead": OutboxMessage.objects.filter(state=OutboxState.DEAD).count(),
    }


if __name__ == "__main__":
    name, *words = sys.argv[1:]
    sys.stdout.write(json.dumps({"fill": fill, "found": found}[name](*words)))
