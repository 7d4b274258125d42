"""The shipped clauses (``data/violations.csv``; sources in domain.md 2.5), each from its law's day on.

Of 教育部令第53号 since 2023-10-15; what 民办教育促进法 punished before has rows of its own until the day before.
"""

from __future__ import annotations

import csv
from pathlib import Path

FILE = Path(__file__).parent / "data" / "violations.csv"


def load_violations(model, *, using: str) -> None:
    """Write the clauses with the words of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            row | {"needs_review": row["needs_review"] == "yes", "effective_to": row["effective_to"] or None}
            for row in csv.DictReader(file)
        ]
    model.objects.using(using).bulk_create(model(**row) for row in rows)
