"""Reading the trees of places and jurisdictions."""

from __future__ import annotations

from django.db import connection

from .enums import JurisdictionLevel
from .models import Division, Jurisdiction

SUBTREE = """
WITH RECURSIVE below AS (
    SELECT id FROM {table} WHERE id = ANY(%s)
    UNION ALL SELECT child.id FROM {table} child JOIN below ON child.parent_id = below.id
) SELECT id FROM below
"""


def jurisdictions_below(*ids: int) -> frozenset[int]:
    """The jurisdictions and everything under them."""
    return _below(Jurisdiction._meta.db_table, ids)


def divisions_below(*ids: int) -> frozenset[int]:
    """The divisions and everything under them; abolished units are not followed to their successor."""
    return _below(Division._meta.db_table, ids)


def _below(table: str, ids: tuple[int, ...]) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(SUBTREE.format(table=connection.ops.quote_name(table)), [list(ids)])
        return frozenset(row[0] for row in cursor.fetchall())


def county_of(division: Division) -> Division | None:
    """The county-level unit that a place lies in, by its successor if it was abolished; None above county level."""
    while division.successor_id:
        division = division.successor
    while division is not None and division.level in {"town", "village"}:
        division = division.parent
    return division if division is not None and division.level == "county" else None


def bureaus():
    """Jurisdictions that have a bureau of their own: cities and counties, by code."""
    return Jurisdiction.objects.exclude(level=JurisdictionLevel.PROVINCE).order_by("code")
