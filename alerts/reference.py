"""The shipped thresholds (``data/thresholds.csv``), as plain values and as rows for the first migration."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "thresholds.csv"
SINCE = date(2021, 1, 1)


def shipped() -> dict[str, int]:
    """Code: value."""
    return {line["code"]: int(line["value"]) for line in _lines()}


def load_thresholds(model: Any, *, at: datetime, using: str) -> None:
    """Insert the shipped thresholds, set by nobody but the release, and in force."""
    model.objects.using(using).bulk_create(
        model(
            code=line["code"],
            value=line["value"],
            source=line["source"],
            effective_from=SINCE,
            set_at=at,
            state="approved",
            state_at=at,
        )
        for line in _lines()
    )


def _lines() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
