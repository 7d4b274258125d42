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

from .memory import kept
from .moments import Moment

FEW = 500  # finds of some words that are sought first and then put in order; of more, pages show these
SHORT = 5000  # entries of a list that is put in order whole; a longer one is gone through in order


class Shelf(TextChoices):
    """The sets. Lists are of a day; the others of today."""

    OPERATING = "operating", "在办"
    STOPPED = "stopped", "已停办"
    ALL = "all", "全部"
    WHITE = StandingKind.WHITE_LIST.value, "白名单"
    WARNING = StandingKind.WARNING.value, "预警"
    BLACK = StandingKind.BLACK_LIST.value, "黑名单"
    AFTERSCHOOL = StandingKind.AFTERSCHOOL.value, "课后服务白名单"
    RED = StandingKind.RED_LIST.value, "红榜"


LISTS = frozenset({Shelf.WHITE, Shelf.WARNING, Shelf.BLACK, Shelf.AFTERSCHOOL, Shelf.RED})
#: Those that the directory offers; the other lists have their own page only.
OFFERED = (Shelf.OPERATING, Shelf.STOPPED, Shelf.ALL, Shelf.WHITE, Shelf.WARNING, Shelf.BLACK)
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


_shares = kept(search.common, at_least=60.0)  # the planner's figures change with ANALYZE only
Given = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A shelf, a moment, and what narrows it: words, a jurisdiction's id, a category; ``order`` of ``ORDERS``.

    ``whole``: all finds of common words too, however long it takes (files, interfaces); a page shows ``FEW`` of them.
    """

    shelf: str
    moment: Moment
    term: str = ""
    county: int = 0
    category: str = ""
    order: str = "name"
    whole: bool = False

    def without(self, *names: str) -> Asked:
        """The same question without some of what narrows it."""
        return replace(self, **{name: type(getattr(self, name))() for name in names})

    def source(self, *, join: str = "", words: bool = True, each: bool = False) -> tuple[str, Given]:
        """``FROM`` and ``WHERE`` for institutions ``i``, on lists with their period ``p``; and the parameters.

        ``join`` is for lists only. ``words``: whether the statement looks for them. ``each``: see ``periods.ended``.
        """
        wanted = search.normal(self.term) if words else ""
        joined = search.JOINED if wanted else ""
        if self.shelf in LISTS:
            known = self.moment.known_at is not None
            parts = [periods.listed(known=known, join=f"{join} {joined}", each=each)]
        else:
            parts = [f"FROM institutions_institution i {joined} WHERE {periods.CURRENT}"]
            if self.shelf in _BY_STATUS:
                parts.append(_BY_STATUS[Shelf(self.shelf)])
        if self.county:
            parts.append("i.jurisdiction_id = %(county)s")
        if self.category:
            parts.append("i.category = %(category)s")
        if wanted:
            parts.append(search.CONTAINS)
        shares = _shares() if wanted else {}
        terms = search.rarest(wanted, shares) if wanted else []
        given = {
            "kind": self.shelf,
            "on": self.moment.on,
            "known_at": self.moment.known_at,
            "operating": sorted(OPERATING),
            "county": self.county,
            "category": self.category,
            "term": wanted,
            "terms": terms,
            "rare": bool(terms) and terms[0] not in shares,
        }
        return " AND ".join(parts), given


@kept
def few(asked: Asked, most: int = FEW) -> tuple[list[int], bool]:
    """(``most`` institutions at most that a question finds, in no order; whether there are more).

    Putting all finds of a common word in order would take as long as reading the register.
    """
    source, given = asked.source(each=True)
    with connection.cursor() as cursor:
        if given["rare"]:  # most often nowhere: asked without planning a join
            cursor.execute(search.ANYWHERE, given)
            if cursor.fetchone() is None:
                return [], False
        cursor.execute(f"SELECT i.id {source} LIMIT {most + 1}", given)
        ids = [pk for (pk,) in cursor.fetchall()]
    return ids[:most], len(ids) > most


def _sought(asked: Asked) -> list[int] | None:
    """The institutions to put in order, where they are few or sought by words; None: go through the shelf in order."""
    if asked.whole or not (asked.term or asked.shelf in LISTS) or asked.moment.known_on:
        return None
    ids, more = few(replace(asked, order="name"), FEW if asked.term else SHORT)
    return None if more and not asked.term else ids


def slice_of(asked: Asked, columns: str, *, after: str, size: int) -> tuple[list[tuple[Any, ...]], str]:
    """(up to ``size`` rows after a place, the place after them or "" at the end).

    ``columns`` may name ``i`` and, on lists, ``p`` and its event ``e``. An unknown place is the beginning.
    """
    order = ORDERS[asked.order]
    ids = _sought(asked)
    if ids == []:
        return [], ""
    join = "JOIN institutions_standingevent e ON e.id = p.event_id"
    source, given = asked.source(join=join, words=ids is None, each=True)
    given |= {"size": size + 1, "ids": ids}
    column = order.column
    if ids is not None:
        source += " AND i.id = ANY(%(ids)s)"
        if column == "i.name":
            column = "(i.name || '')"  # not by the index of names: the planner would go through it until it meets them
    with connection.cursor() as cursor:
        if place := _place(cursor, order, after):
            given |= {"value": place[0], "last": place[1]}
            kind = "text" if order.column == "i.name" else "date"
            source += f" AND ({column}, i.id) {'<' if order.descending else '>'} (%(value)s::{kind}, %(last)s)"
        keys = f"{column} DESC, i.id DESC" if order.descending else f"{column}, i.id"
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
    """How many institutions a question finds by jurisdiction and category; ``many``: there are more than ``FEW``."""

    groups: dict[tuple[int, str], int]
    many: bool

    @property
    def total(self) -> int:
        return sum(self.groups.values())


def count(asked: Asked) -> Counted:
    """The number of institutions by (jurisdiction, category); of more than ``FEW`` that hold some words, of those."""
    groups = "SELECT i.jurisdiction_id, i.category, count(*) {} GROUP BY 1, 2"
    more = False
    if asked.term:
        ids, more = few(replace(asked, order="name"))
        source, given = "FROM institutions_institution i WHERE i.id = ANY(%(ids)s)", {"ids": ids}
    else:
        source, given = asked.source()
    with connection.cursor() as cursor:
        cursor.execute(groups.format(source), given)
        return Counted({(county, category): number for county, category, number in cursor.fetchall()}, many=more)
