"""A named point in the write-ahead log at which the database was exactly what a snapshot saw."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from .facts import one_view

ATTEMPTS = 120
#: Longer than any flush takes: a transaction whose commit stands in the log is no longer "in progress" after it.
SETTLED_AFTER = 1.0
RUNNING = """
SELECT bool_and(pg_xact_status(x) = 'in progress') FROM pg_snapshot_xip(%s::pg_snapshot) x
"""


class NoPoint(Exception):
    """The database was never quiet enough, or the login may not set restore points."""


@dataclass(frozen=True)
class Point:
    name: str
    lsn: str
    segment: str


@contextmanager
def restore_point(stamp: str) -> Iterator[Point]:
    """Within it, the current transaction sees what recovery to the point gives, to the row.

    No lock is taken. A snapshot before the point and one after it are equal when no transaction began to write or ended
    in between; those that were writing must still be at it a second later, or their commit may already have stood in
    the log. Otherwise the next name is tried.
    """
    aside = connection.copy()
    try:
        for attempt in range(ATTEMPTS):
            name = f"shuanjian-{stamp}-{attempt}"
            with one_view():
                before = _one(aside, "SELECT pg_current_snapshot()::text")
                lsn = _one(aside, "SELECT pg_create_restore_point(%s)::text", name)
                view = _one(connection, "SELECT pg_current_snapshot()::text")
                if before == view and _still_running(aside, view):
                    yield Point(name, lsn, _one(aside, "SELECT pg_walfile_name(%s::pg_lsn)", lsn))
                    return
            time.sleep(0.05)
    finally:
        aside.close()
    raise NoPoint(f"no quiet moment in {ATTEMPTS} attempts: back up at a time when less is written")


def _still_running(aside, view: str) -> bool:
    if not view.rpartition(":")[2]:
        return True
    time.sleep(SETTLED_AFTER)
    return bool(_one(aside, RUNNING, view))


def archived(point: Point, *, patience: float) -> bool:
    """Close the segment of the point and wait until the server says that it was archived."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_switch_wal()")
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        last = _one(connection, "SELECT last_archived_wal FROM pg_stat_archiver") or ""
        if last[:24] >= point.segment:
            return True
        time.sleep(0.2)
    return False


def _one(link, sql: str, *values: str) -> str:
    with link.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
