"""The shipped clauses (``data/violations.csv``; sources in domain.md 2.5): in force since 2023-10-15 or earlier."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

FILE = Path(__file__).parent / "data" / "violations.csv"
SINCE = date(2023, 10, 15)  # 教育部令第53号


def load_violations(model, *, using: str) -> None:
    """Write the clauses with the words of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row | {"needs_review": row["needs_review"] == "yes"} for row in csv.DictReader(file)]
    model.objects.using(using).bulk_create(model(effective_from=SINCE, **row) for row in rows)
