"""Batches of one register take turns; a large one may take longer than a page."""

from __future__ import annotations

from django.db import OperationalError, connection

from foundation.core.errors import Conflict

from .target import Target

LARGE = 1000  # rows from which the worker does the work
LONGEST = "30min"  # below the worker's own limit
BUSY = "busy"


def one_at_a_time(target: Target) -> None:
    """Batches of one register are written one after the other; who waits too long is told so."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"imports.{target.code}"])
    except OperationalError as error:
        raise Conflict("另一批数据正在写入，请稍后再确认。", code=BUSY) from error


def allow_long_statements(rows: int) -> None:
    """A large batch is written by statements that take longer than a page may."""
    if rows > LARGE:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{LONGEST}'")
