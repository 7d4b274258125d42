"""Rows as the public sees them, for a shelf or for given institutions: three statements, whatever the number of rows.

Names, addresses and permits are those that the register holds now; status, lists and warnings are those of the moment.
"""
# ruff: noqa: S608 (put together from constants; values are parameters)

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db import connection
from django.urls import reverse

from foundation.regions.models import Jurisdiction
from institutions import periods
from institutions.enums import Category, LegalType, Stage, StandingKind, Subcategory
from institutions.models import StatusEvent

from .memory import kept
from .moments import Moment
from .shelves import LISTS, Asked, slice_of
from .shown import Row
from .verdicts import NOT_YET, verdict

LISTED_KINDS = [StandingKind.WHITE_LIST, StandingKind.BLACK_LIST, StandingKind.WARNING]


class Facts(NamedTuple):
    """What the register holds of one institution, in the order of ``COLUMNS``."""

    id: int
    public_id: str
    name: str
    trade_name: str
    jurisdiction_id: int
    category: str
    subcategory: str
    stages: list[str]
    legal_type: str
    address: str
    credit_code: str | None
    bank: str
    account_tail: str
    status: str
    licence_status: str
    site_type: str
    since: date | None = None
    until: date | None = None
    reason: str = ""


COLUMNS = ", ".join(f"i.{name}" for name in Facts._fields[:-3])
OF_THE_LIST = f"{COLUMNS}, p.since, e.until, e.reason"

HELD = f"""
SELECT p.institution_id, p.kind FROM {{source}} p
WHERE p.institution_id = ANY(%(ids)s) AND p.kind = ANY(%(kinds)s) AND {periods.on_day("p")}
"""
PERMITS = """
SELECT institution_id, coalesce(ended_on, valid_to),
       coalesce(valid_from <= %(on)s, true) AND coalesce(valid_to >= %(on)s, true) AND coalesce(ended_on > %(on)s, true)
FROM institutions_permit WHERE institution_id = ANY(%(ids)s) ORDER BY institution_id, id
"""


class Area(NamedTuple):
    """A jurisdiction's code and name."""

    code: str
    name: str


@kept
def areas() -> dict[int, Area]:
    """All jurisdictions by id."""
    return {pk: Area(code, name) for pk, code, name in Jurisdiction.objects.values_list("pk", "code", "name")}


def shelf_rows(asked: Asked, *, after: str = "", size: int) -> tuple[list[Row], str]:
    """(up to ``size`` rows of a shelf after a place, the place after them or "" at the end)."""
    columns = OF_THE_LIST if asked.shelf in LISTS else COLUMNS
    found, following = slice_of(asked, columns, after=after, size=size)
    return shown([Facts(*row) for row in found], asked.moment), following


def rows_of(ids: Sequence[int], moment: Moment) -> list[Row]:
    """Rows of these institutions that the register shows, by id."""
    sql = f"SELECT {COLUMNS} FROM institutions_institution i WHERE i.id = ANY(%s) AND {periods.CURRENT} ORDER BY i.id"
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(ids)])
        return shown([Facts(*row) for row in cursor.fetchall()], moment)


def shown(found: Sequence[Facts], moment: Moment) -> list[Row]:
    """What the public sees of these facts at a moment."""
    ids = [facts.id for facts in found]
    given = {"ids": ids, "kinds": LISTED_KINDS, "on": moment.on, "known_at": moment.known_at}
    held: dict[int, set[str]] = {}
    permits: dict[int, list[tuple[date | None, bool]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(HELD.format(source=periods.source(known=moment.known_at is not None)), given)
        for pk, kind in cursor.fetchall():
            held.setdefault(pk, set()).add(kind)
        cursor.execute(PERMITS, given)
        for pk, until, valid in cursor.fetchall():
            permits.setdefault(pk, []).append((until, valid))
    then = _statuses(ids, moment) if moment.asked else {facts.id: facts.status for facts in found}
    known = areas()
    return [
        _row(
            facts,
            known[facts.jurisdiction_id],
            status=then.get(facts.id),
            held=held.get(facts.id, ()),
            permits=permits.get(facts.id, []),
        )
        for facts in found
    ]


def _statuses(ids: list[int], moment: Moment) -> dict[int, str]:
    events = StatusEvent.objects.filter(institution__in=ids).as_of(moment.on, moment.known_at)
    return dict(events.values_list("institution_id", "status"))


def _row(
    facts: Facts, area: Area, *, status: str | None, held: Iterable[str], permits: list[tuple[date | None, bool]]
) -> Row:
    valid = [until for until, in_force in permits if in_force]
    ends = valid or [until for until, _ in permits]
    fine = _SUBCATEGORIES.get(facts.subcategory, "")
    return Row(
        public_id=facts.public_id,
        href=_page_path().replace(_ANY, facts.public_id),
        name=facts.name,
        trade_name=facts.trade_name if facts.trade_name != facts.name else "",
        county=area.name,
        county_code=area.code,
        category=f"{_CATEGORIES[facts.category]}·{fine}" if fine else _CATEGORIES[facts.category],
        stages="、".join(_STAGES[stage] for stage in facts.stages),
        legal_type=_LEGAL_TYPES[facts.legal_type],
        address=facts.address,
        credit_code=facts.credit_code or "",
        permit_until=max(ends, default=None) if None not in ends else None,
        has_permit=bool(permits),
        bank=facts.bank,
        account_tail=facts.account_tail,
        verdict=NOT_YET
        if status is None
        else verdict(
            status=status,
            licence=facts.licence_status,
            site_type=facts.site_type,
            lists=frozenset(held),
            permit_over=bool(permits) and not valid,
        ),
        since=facts.since,
        until=facts.until,
        reason=facts.reason,
    )


_ANY = "0" * 12


@cache
def _page_path() -> str:
    """The path of the page of an institution with the public id ``_ANY``: resolving it for every row costs more."""
    return reverse("publicity:institution", args=[_ANY])


_CATEGORIES = {value: str(label) for value, label in Category.choices}
_SUBCATEGORIES = {value: str(label) for value, label in Subcategory.choices if value}
_STAGES = {value: str(label) for value, label in Stage.choices}
_LEGAL_TYPES = {value: str(label) for value, label in LegalType.choices}
