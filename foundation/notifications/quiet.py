"""Quiet hours: pure arithmetic on wall-clock times in Asia/Shanghai."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone


def is_quiet(at: datetime, start: time | None, end: time | None) -> bool:
    """Whether the instant lies in the hours from ``start`` until ``end``, which may run over midnight."""
    if start is None or end is None:
        return False
    now = timezone.localtime(at).time()
    return start <= now < end if start < end else now >= start or now < end


def next_allowed(at: datetime, start: time | None, end: time | None) -> datetime:
    """The instant itself, or the end of the quiet hours that it lies in."""
    if not is_quiet(at, start, end):
        return at
    local = timezone.localtime(at)
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, end))
