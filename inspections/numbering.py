"""Numbers of visits: one row per bureau, kind and month, taken under its lock."""

from __future__ import annotations

from datetime import date

from foundation.core.constraints import update
from foundation.core.locking import lock
from foundation.regions.models import Jurisdiction
from inspections.models import VisitSeries

OFFICIAL, SUPERVISORS = "JC", "JD"


def held_series(jurisdiction: Jurisdiction, *, supervisors: bool, on: date) -> VisitSeries:
    """The series of a month, locked: whoever holds it decides alone what is new."""
    prefix = SUPERVISORS if supervisors else OFFICIAL
    series, _ = VisitSeries.objects.get_or_create(jurisdiction=jurisdiction, prefix=prefix, month=f"{on:%Y%m}")
    held = lock(VisitSeries, series.pk)
    held.jurisdiction = jurisdiction
    return held


def take_numbers(series: VisitSeries, amount: int = 1) -> list[str]:
    """The next numbers of a series that is held, such as JD-350203-202405-0031."""
    first = series.last_no + 1
    series.last_no += amount
    update(series, "last_no")
    return [f"{series}-{number:04d}" for number in range(first, first + amount)]
