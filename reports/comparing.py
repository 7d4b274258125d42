"""What later records have changed in a report since it was counted (修订)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from foundation.core.actor import Actor

from . import rules
from .addresses import LINE, rows_url
from .counting import count
from .kpis import kpi_of
from .models import Report, ReportLine
from .papers import differing, named


@dataclass(frozen=True)
class Difference:
    """One number: as counted, as it is now, and where the rows of either can be opened (nothing where not)."""

    label: str
    was: str
    now: str
    unit: str
    was_url: str
    now_url: str


@dataclass(frozen=True)
class Compared:
    """``changed`` of ``of`` numbers are no longer the same."""

    counted_at: datetime
    of: int
    changed: list[Difference]


def compared(report: Report, actor: Actor) -> Compared:
    """Count the report anew, keep nothing, and tell what is different."""
    counting = report.counting
    lines = list(counting.in_order())
    changed = [
        _difference(report, counting.counted_at, was, now, actor) for was, now in differing(lines, count(report))
    ]
    return Compared(counting.counted_at, len(lines), changed)


def _difference(
    report: Report, counted_at: datetime, was: ReportLine | None, now: ReportLine | None, actor: Actor
) -> Difference:
    line = now or was
    return Difference(
        label=named(line),
        was=was.printed if was else "—",
        now=now.printed if now else "—",
        unit=line.unit,
        was_url=line_url(report, was, counted_at, actor) if was else "",
        now_url=line_url(report, now, None, actor) if now else "",
    )


def line_url(report: Report, line: ReportLine, known_at: datetime | None, actor: Actor) -> str:
    """Where the rows of a number open, as known at an instant (None: now); nothing for whom they are closed."""
    kpi = kpi_of(line.code)
    if kpi is None or not rules.can_open(actor, kpi):
        return ""
    query = {
        "place": str(line.place_id or report.jurisdiction_id),
        "first": line.first.isoformat(),
        "last": line.last.isoformat(),
        "on": report.period_to.isoformat(),
        "known_at": f"{timezone.localtime(known_at):%Y-%m-%d %H:%M:%S.%f}" if known_at else "",
        "campaign": str(line.campaign_id or ""),
        "town": str(line.town_id or ""),
        LINE: str(line.pk or "") if known_at else "",
    }
    return rows_url(kpi, query)
