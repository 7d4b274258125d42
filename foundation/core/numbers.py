"""Numbers of rows that count on within a prefix, such as XS-350203-2026-0001."""

from __future__ import annotations

from django.db import models


def next_number(model: type[models.Model], prefix: str, *, digits: int = 4) -> str:
    """The prefix and one more than how many rows bear it. The caller holds the lock of what the numbers belong to."""
    taken = model._default_manager.filter(number__startswith=prefix).count()
    return f"{prefix}{taken + 1:0{digits}d}"
