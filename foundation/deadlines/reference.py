"""The shipped calendar years and statutory limits, as rows for the first migration. Sources: ``data/README.md``."""

from __future__ import annotations

import csv
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SOURCE = "随系统提供：开源日历数据 holidays 0.109，依据国务院办公厅历年通知"
LIMITS_SINCE = date(2021, 7, 15)  # the revised 行政处罚法 took effect


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_calendar(year_model: Any, day_model: Any, *, at: datetime, using: str) -> int:
    """Insert the confirmed years as their first version; returns how many days were named."""
    years = year_model.objects.using(using).bulk_create(
        year_model(
            year=int(row["year"]),
            version=1,
            confirmed=True,
            notice_no=row["notice_no"],
            notice_on=date.fromisoformat(row["notice_on"]),
            source=SOURCE,
            recorded_at=at,
            recorded_by="系统",
        )
        for row in _read("years.csv")
    )
    ids = {year.year: year.pk for year in years}
    days = [
        day_model(
            calendar_id=ids[date.fromisoformat(row["date"]).year],
            date=date.fromisoformat(row["date"]),
            kind=row["kind"],
            name=row["name"],
        )
        for row in _read("days.csv")
    ]
    return len(day_model.objects.using(using).bulk_create(days))


def load_missing_limits(model: Any, *, using: str) -> int:
    """Insert those shipped limits of which an installation has no row yet; returns how many."""
    known = set(model.objects.using(using).values_list("code", flat=True))
    return load_limits(model, using=using, but=known)


def load_limits(model: Any, *, using: str, but: Collection[str] = ()) -> int:
    """Insert the shipped limits, valid everywhere, without some codes; returns how many."""
    rows = [
        model(
            code=row["code"],
            name=row["name"],
            amount=int(row["amount"]),
            unit=row["unit"],
            rolls_over=row["rolls_over"] == "yes",
            needs_review=row["needs_review"] == "yes",
            clause=row["clause"],
            remark=row["remark"],
            effective_from=LIMITS_SINCE,
        )
        for row in _read("limits.csv")
        if row["code"] not in but
    ]
    return len(model.objects.using(using).bulk_create(rows))
