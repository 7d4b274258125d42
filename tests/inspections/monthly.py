"""Whether the month numbers of visits are what counting the visits gives."""

from __future__ import annotations

from django.db import connection

from inspections.migrations import _visit_months as sql

COUNTED = sql.FILL[sql.FILL.index("SELECT") :]
KEPT = """
    SELECT jurisdiction_id, month, official, evening, sum(visits), sum(person_times), sum(dispersed),
      sum(dispersed_flags)
    FROM inspections_visitmonth GROUP BY 1, 2, 3, 4 HAVING sum(visits) <> 0
"""


def rows(words: str) -> set[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(words)
        return {tuple(row) for row in cursor.fetchall()}


def exact() -> bool:
    """The kept numbers are the counted ones; what was taken back altogether sums to nothing."""
    nothing = "SELECT 1 FROM inspections_visitmonth GROUP BY jurisdiction_id, month, official, evening HAVING "
    left = rows(f"{nothing} sum(visits) = 0 AND (sum(person_times) <> 0 OR sum(dispersed) <> 0)")
    return rows(KEPT) == rows(COUNTED) and not left
