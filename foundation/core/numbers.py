"""Numbers of rows that count on within a prefix, such as XS-350203-2026-0001; shares as people write them."""

from __future__ import annotations

from django.db import models


def next_number(model: type[models.Model], prefix: str, *, digits: int = 4) -> str:
    """The prefix and one more than how many rows bear it. The caller holds the lock of what the numbers belong to."""
    taken = model._default_manager.filter(number__startswith=prefix).count()
    return f"{prefix}{taken + 1:0{digits}d}"


def percent(part: int, whole: int, *, places: int = 2) -> str:
    """``part`` of ``whole``, cut off after ``places`` decimals (domain note 6-A1): 19 of 120 is 15.83%; of nothing it
    is 0.00%."""
    one = 10**places
    cut = 100 * one * part // whole if whole else 0
    return f"{cut // one}.{cut % one:0{places}d}%"
