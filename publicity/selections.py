"""Selected providers of after-school services as rows for page, file and program: in force, over or left, on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from afterschool import published
from afterschool.models import Selection
from foundation.core.clock import local_date

from .rows import Area, areas

DAY = timedelta(days=1)
VALID, OVER, LEFT = "有效", "已到期", "已退出"


class OddPlace(ValueError):
    """A place that no page named."""


@dataclass(frozen=True)
class SelectionRow:
    """One selection as it may be read; ``state`` is one of the three words."""

    public_id: str
    name: str
    credit_code: str
    href: str
    county: str
    county_code: str
    kind: str
    services: str
    round: str
    selected_on: date
    starts_on: date
    ends_on: date
    exited_on: date | None
    state: str

    @property
    def tone(self) -> str:
        """Of its chip."""
        return "ok" if self.state == VALID else "plain"


class Changed(NamedTuple):
    """One selection of the feed; ``gone``: its institution was taken out of the register."""

    public_id: str
    changed_on: date
    gone: bool


def row_of(row: Selection, known: Mapping[int, Area], *, on: date) -> SelectionRow:
    """An institution of the register stands under its name of today."""
    home, area = row.provider.institution, known[row.provider.jurisdiction_id]
    left = row.exited_on is not None and row.exited_on <= on
    return SelectionRow(
        public_id=row.public_id,
        name=home.name if home else row.provider.name,
        credit_code=row.provider.credit_code,
        href=reverse("publicity:institution", args=[home.public_id]) if home else "",
        county=area.name,
        county_code=area.code,
        kind=row.provider.get_kind_display(),
        services=row.provider.services,
        round=row.round.name,
        selected_on=row.round.selected_on,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        exited_on=row.exited_on if left else None,
        state=LEFT if left else OVER if row.ends_on < on else VALID,
    )


def page(*, on: date, county: int = 0, after: str = "", size: int) -> tuple[list[SelectionRow], str]:
    """(up to ``size`` selections by public id, after a place; the place after them or ""). Raises OddPlace."""
    rows = published.selections(on=on)
    if county:
        rows = rows.filter(provider__jurisdiction=county)
    found = _after(rows, after, size)
    known = areas()
    return [row_of(row, known, on=on) for row in found[:size]], _following(found, size)


def number(*, on: date, county: int = 0) -> int:
    """How many there are."""
    rows = published.selections(on=on)
    return (rows.filter(provider__jurisdiction=county) if county else rows).order_by().count()


def changed_since(since: date, *, on: date, after: str, size: int) -> tuple[list[Changed], list[SelectionRow], str]:
    """(selections begun, left, over, taken out or back on ``since`` or later, by public id; those shown; the place).

    Days, not instants: a day's changes come again when it is asked for again.
    """
    start = timezone.make_aware(datetime.combine(since, time()))
    came = Q(decided_at__gte=start) | Q(starts_on__gte=since)
    went = Q(exited_on__gte=since) | Q(exited_at__gte=start) | Q(ends_on__gte=since - DAY, ends_on__lt=on)
    out = Q(provider__institution__withdrawn_at__gte=start)
    back = Q(provider__institution__registered_at__gte=start)
    rows = published.decided(on=on).filter(came | went | out | back)
    found = _after(rows, after, size)
    taken, known = found[:size], areas()
    return (
        [_changed(row, on=on) for row in taken],
        [row_of(row, known, on=on) for row in taken if not _gone(row)],
        _following(found, size),
    )


def _after(rows: QuerySet[Selection], after: str, size: int) -> Sequence[Selection]:
    if after and not Selection.objects.filter(public_id=after).exists():
        raise OddPlace(after)
    return list(rows.filter(public_id__gt=after).order_by("public_id")[: size + 1])


def _following(found: Sequence[Selection], size: int) -> str:
    return found[size - 1].public_id if len(found) > size else ""


def _gone(row: Selection) -> bool:
    home = row.provider.institution
    return home is not None and home.withdrawn_at is not None


def _changed(row: Selection, *, on: date) -> Changed:
    """The last of what happened to it by the day."""
    if _gone(row):
        return Changed(row.public_id, local_date(row.provider.institution.withdrawn_at), True)
    days = [row.starts_on, local_date(row.decided_at), row.ends_on + DAY]
    if row.provider.institution is not None:  # entered anew, when it had been taken out
        days.append(local_date(row.provider.institution.registered_at))
    if row.exited_on is not None:
        days += [row.exited_on, local_date(row.exited_at)]
    return Changed(row.public_id, max(day for day in days if day <= on), False)
