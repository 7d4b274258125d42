"""What a visitor looks at: one of a few sets of institutions, narrowed by words, area and category, in some order.

Statements are SQL text with named parameters around ``institutions.periods.listed``, the one rule of who is on a list.
Any page costs the same: a place in the order is found by its values, never by counting.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import TextChoices

from institutions import periods, search
from institutions.enums import OPERATING, StandingKind

from .moments import Moment

ENOUGH = 1000  # more finds than these are not counted


class Shelf(TextChoices):
    """The sets. Lists are of a day; the others of today."""

    OPERATING = "operating", "在办"
    STOPPED = "stopped", "已停办"
    ALL = "all", "全部"
    WHITE = StandingKind.WHITE_LIST.value, "白名单"
    WARNING = StandingKind.WARNING.value, "预警"
    BLACK = StandingKind.BLACK_LIST.value, "黑名单"


LISTS = frozenset({Shelf.WHITE, Shelf.WARNING, Shelf.BLACK})
_BY_STATUS = {Shelf.OPERATING: "i.status = ANY(%(operating)s)", Shelf.STOPPED: "i.status <> ALL(%(operating)s)"}


class Order(NamedTuple):
    """An order: its label, the column before the id that it goes by, whether the greatest comes first."""

    label: str
    column: str
    descending: bool = False


ORDERS = {
    "name": Order("名称", "i.name"),
    "since": Order("列入日期", "p.since", descending=True),
    "until": Order("期限", "p.over_on"),
}


@dataclass(frozen=True)
class Asked:
    """A shelf, a moment, and what narrows it: words, a jurisdiction's id, a category; ``order`` of ``ORDERS``."""

    shelf: str
    moment: Moment
    term: str = ""
    county: int = 0
    category: str = ""
    order: str = "name"

    def without(self, *names: str) -> Asked:
        """The same question without some of what narrows it."""
        return replace(self, **{name: type(getattr(self, name))() for name in names})

    def given(self) -> dict[str, Any]:
        """The statement's parameters."""
        wanted = search.normal(self.term)
        return {
            "kind": self.shelf,
            "on": self.moment.on,
            "known_at": self.moment.known_at,
            "operating": sorted(OPERATING),
            "county": self.county,
            "category": self.category,
            "term": wanted,
            "terms": search.query_terms(wanted) if wanted else [],
        }

    def source(self, *, join: str = "") -> str:
        """``FROM`` and ``WHERE`` for institutions ``i``, on lists with their period ``p``."""
        if self.shelf in LISTS:
            parts = [periods.listed(known=self.moment.known_at is not None, join=join)]
        else:
            parts = [f"FROM institutions_institution i WHERE {periods.CURRENT}"]
            if self.shelf in _BY_STATUS:
                parts.append(_BY_STATUS[Shelf(self.shelf)])
        if self.county:
            parts.append("i.jurisdiction_id = %(county)s")
        if self.category:
            parts.append("i.category = %(category)s")
        if search.normal(self.term):
            parts.append(search.CONTAINS if len(search.normal(self.term)) > 2 else search.CONTAINS_SHORT)
        return " AND ".join(parts)


def slice_of(asked: Asked, columns: str, *, after: str, size: int) -> tuple[list[tuple[Any, ...]], str]:
    """(up to ``size`` rows after a place, the place after them or "" at the end).

    ``columns`` may name ``i`` and, on lists, ``p`` and its event ``e``. An unknown place is the beginning.
    """
    order = ORDERS[asked.order]
    given = asked.given() | {"size": size + 1}
    source = asked.source(join="JOIN institutions_standingevent e ON e.id = p.event_id")
    with connection.cursor() as cursor:
        if place := _place(cursor, order, after):
            given |= {"value": place[0], "last": place[1]}
            kind = "text" if order.column == "i.name" else "date"
            source += f" AND ({order.column}, i.id) {'<' if order.descending else '>'} (%(value)s::{kind}, %(last)s)"
        keys = f"{order.column} DESC, i.id DESC" if order.descending else f"{order.column}, i.id"
        cursor.execute(f"SELECT {columns}, i.public_id, {order.column} {source} ORDER BY {keys} LIMIT %(size)s", given)
        rows = cursor.fetchall()
    if len(rows) <= size:
        return [row[:-2] for row in rows], ""
    public_id, value = rows[size - 1][-2:]
    return [row[:-2] for row in rows[:size]], f"{value:%Y%m%d}{public_id}" if isinstance(value, date) else public_id


def _place(cursor, order: Order, after: str) -> tuple[Any, int] | None:
    """The value and the id after which the next rows come: the public id, behind the day in orders by day."""
    if not after:
        return None
    cursor.execute("SELECT name, id FROM institutions_institution WHERE public_id = %s", [after[-12:]])
    found = cursor.fetchone()
    if found is None or order.column == "i.name":
        return found
    try:
        return datetime.strptime(after[:-12], "%Y%m%d").date(), found[1]  # noqa: DTZ007 (a date)
    except ValueError:
        return None


class Counted(NamedTuple):
    """How many institutions a question finds by jurisdiction and category; ``many``: more than were counted."""

    groups: dict[tuple[int, str], int]
    many: bool

    @property
    def total(self) -> int:
        return sum(self.groups.values())


def count(asked: Asked) -> Counted:
    """The number of institutions by (jurisdiction, category); with words it stops at ``ENOUGH`` and says so."""
    groups = "SELECT f.jurisdiction_id, f.category, count(*) FROM ({}) f GROUP BY 1, 2"
    found = f"SELECT i.jurisdiction_id, i.category {asked.source()}"
    limit = f" LIMIT {ENOUGH + 1}" if asked.term else ""
    with connection.cursor() as cursor:
        cursor.execute(groups.format(found + limit), asked.given())
        counts = {(county, category): number for county, category, number in cursor.fetchall()}
    return Counted(counts, many=bool(asked.term) and sum(counts.values()) > ENOUGH)
