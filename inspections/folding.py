"""Folding the month numbers of visits: many rows of one month become one, and the sums stay what they are."""

from __future__ import annotations

from django.db import connection


def fold_visit_months() -> int:
    """How many rows were folded; none while another process folds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT inspections_fold_visit_months()")
        return cursor.fetchone()[0]
