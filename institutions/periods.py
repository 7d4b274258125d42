"""Which standing holds when, and which institutions a list shows: the one rule of pages, API, search, file and edition.

The rule is SQL text with named parameters, so that a page of 20 rows, a count and ``queries.listed_on`` all use the
very same words. Parameters: ``on`` date, ``kind`` of standing, ``known_at`` instant or None (as known now).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from django.db import connection

from .enums import ENDED, StandingKind

_COMMENDS = f"'{StandingKind.WHITE_LIST}', '{StandingKind.AFTERSCHOOL}', '{StandingKind.RED_LIST}'"
_ENDED = ", ".join(f"'{status}'" for status in sorted(ENDED))

#: Periods (institution_id, kind, detail, value, since, over_on, event_id) out of events of some institutions or kinds.
#: A later event of the same kind and detail ends the one before; of two for one day the one recorded last counts.
_SPANS = """
    SELECT institution_id, kind, detail, value, since, over_on, event_id FROM (
        SELECT id AS event_id, institution_id, kind, detail, value, effective_on AS since,
               least(lead(effective_on) OVER (PARTITION BY institution_id, kind, detail ORDER BY effective_on),
                     until + 1, DATE '9999-12-31') AS over_on
        FROM (
            SELECT DISTINCT ON (e.institution_id, e.kind, e.detail, e.effective_on) e.*
            FROM institutions_standingevent e
            WHERE {chosen} AND {believed}
            ORDER BY e.institution_id, e.kind, e.detail, e.effective_on, e.recorded_at DESC, e.id DESC
        ) newest
    ) spans WHERE value <> '' AND since < over_on
"""
#: Not withdrawn, and not replaced by anything recorded by then (``DatedEventQuerySet.believed``).
_BELIEVED = """
    NOT {e}.withdrawn AND NOT EXISTS (SELECT FROM {table} later WHERE later.replaces_id = {e}.id)
"""
_BELIEVED_THEN = """
    NOT {e}.withdrawn AND {e}.recorded_at <= %(known_at)s AND NOT EXISTS (
        SELECT FROM {table} later WHERE later.replaces_id = {e}.id AND later.recorded_at <= %(known_at)s)
"""
_REFRESH = (
    "DELETE FROM institutions_standingperiod WHERE institution_id = ANY(%(ids)s)",
    "INSERT INTO institutions_standingperiod (institution_id, kind, detail, value, since, over_on, event_id)"
    + _SPANS.format(
        chosen="e.institution_id = ANY(%(ids)s)",
        believed=_BELIEVED.format(e="e", table="institutions_standingevent"),
    ),
)


def refresh(ids: Collection[int]) -> None:
    """Make the periods of these institutions anew from their events; the institutions must be locked."""
    with connection.cursor() as cursor:
        for statement in _REFRESH:
            cursor.execute(statement, {"ids": list(ids)})


def source(*, known: bool) -> str:
    """The periods as a table: as believed now, or (``known``) as they were known at ``known_at``."""
    if not known:
        return "institutions_standingperiod"
    believed = _BELIEVED_THEN.format(e="e", table="institutions_standingevent")
    return f"({_SPANS.format(chosen='true', believed=believed)})"


#: Institutions that the register shows: neither merged into another nor withdrawn with their import.
CURRENT = "i.merged_into_id IS NULL AND i.withdrawn_at IS NULL"


def ended(*, known: bool, each: bool) -> str:
    """Whether institution ``i`` has ended (deregistered, revoked, banned) by ``on``.

    ``each``: asked row by row, for statements that look at few rows; else the planner may gather all that have ended.
    """
    believed = (_BELIEVED_THEN if known else _BELIEVED).format(e="s", table="institutions_statusevent")
    found = f"""
        FROM institutions_statusevent s
        WHERE s.institution_id = i.id AND s.status IN ({_ENDED}) AND s.effective_on <= %(on)s AND {believed}
    """
    return f"(SELECT true {found} LIMIT 1) IS NOT NULL" if each else f"EXISTS (SELECT {found})"


def on_day(period: str) -> str:
    """Whether a period (its alias) holds on the day ``on``."""
    return f"{period}.since <= %(on)s AND {period}.over_on > %(on)s"


def listed(*, known: bool = False, join: str = "", each: bool = False) -> str:
    """``FROM`` and ``WHERE`` of the institutions ``i`` with their period ``p`` of ``kind`` on the day ``on``.

    An institution that has ended is never on a list that commends it, whatever its entry says, nor on a day on which
    it is on the black list (which may be decided later than its day). ``join`` is added to ``FROM``; ``each`` as in
    ``ended``.
    """
    return f"""
        FROM {source(known=known)} p JOIN institutions_institution i ON i.id = p.institution_id {join}
        WHERE p.kind = %(kind)s AND {on_day("p")} AND {CURRENT} AND (
            %(kind)s NOT IN ({_COMMENDS}) OR NOT {ended(known=known, each=each)} AND NOT EXISTS (
                SELECT FROM {source(known=known)} black WHERE black.institution_id = p.institution_id
                    AND black.kind = '{StandingKind.BLACK_LIST}' AND {on_day("black")}))
    """


def positional(sql: str, given: Mapping[str, object]) -> tuple[str, list[object]]:
    """The same statement with its parameters by position, as Django's ``RawSQL`` wants them."""
    names = re.findall(r"%\((\w+)\)s", sql)
    return re.sub(r"%\(\w+\)s", "%s", sql), [given[name] for name in names]
