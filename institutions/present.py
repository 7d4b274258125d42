"""The columns of today on an institution: a copy of what its dated events say, for lists."""

from __future__ import annotations

from datetime import date

from . import queries
from .enums import StandingKind
from .models import Institution, StatusEvent


def refresh_cached(row: Institution, *, on: date) -> Institution:
    """Bring the columns of today up to date with the events; the row must be locked."""
    status = StatusEvent.objects.filter(institution=row).as_of(on).first()
    grade = queries.standing(row, on=on).get((StandingKind.GRADE, ""))
    wanted = {"status": status.status if status else row.status, "grade": grade.value if grade else ""}
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
    return row
