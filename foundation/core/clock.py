"""The one clock that all doors read. Operations get ``at`` passed in; only demo, tests and backups may set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date

_set_to: datetime | None = None


def now() -> datetime:
    """The present instant, aware."""
    return _set_to or timezone.now()


def today() -> date:
    """The present date in Asia/Shanghai."""
    return local_date(now())


def local_date(at: datetime) -> date:
    """The date in Asia/Shanghai of an instant."""
    return timezone.localtime(at).date()


def parse_day(text: str) -> date | None:
    """A day of an address, or None for what is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def end_of(day: date | None) -> datetime | None:
    """The last instant of a day in Asia/Shanghai; None stays None."""
    if day is None:
        return None
    return datetime.combine(day, time.max, tzinfo=timezone.get_default_timezone())


@contextmanager
def set_to(at: datetime) -> Iterator[None]:
    """Let the clock stand at ``at`` (demo replay, tests, and backups: a copy is judged by its own day)."""
    global _set_to
    before, _set_to = _set_to, at
    try:
        yield
    finally:
        _set_to = before


def advance(by: timedelta) -> None:
    """Move a set clock on; refuses to touch the real one."""
    global _set_to
    if _set_to is None:
        raise RuntimeError("the clock is not set")
    _set_to += by
