"""The shipped fee limits (``data/limits.csv``; sources in the rows themselves), as rows for the first migration."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "limits.csv"


def load_contract_limits(model: Any, places: Any, *, at: datetime, using: str) -> int:
    """Insert the shipped limits, approved by nobody but the release; returns how many."""
    ids = dict(places.objects.using(using).values_list("code", "pk"))
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [_row(model, line, ids, at) for line in csv.DictReader(file)]
    return len(model.objects.using(using).bulk_create(rows))


def _row(model: Any, line: dict[str, str], ids: dict[str, int], at: datetime) -> Any:
    return model(
        code=line["code"],
        jurisdiction_id=ids[line["place"]] if line["place"] else None,
        category=line["category"],
        delivery=line["delivery"],
        minutes=int(line["minutes"]) if line["minutes"] else None,
        pupils_up_to=int(line["pupils_up_to"]) if line["pupils_up_to"] else None,
        value=int(line["value"]),
        measure=line["measure"],
        effective_from=date.fromisoformat(line["effective_from"]),
        needs_review=line["needs_review"] == "yes",
        source=line["source"],
        state="approved",
        state_at=at,
    )
