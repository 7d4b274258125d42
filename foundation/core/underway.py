"""How far a piece of work has come inside of its one transaction, for the pages outside of it.

What a transaction writes nobody sees before it ends; the name that its session bears everybody sees at once
(``pg_stat_activity``). So the session is named after its work. PostgreSQL takes the name back when the transaction
ends, done or failed, and with the session when the worker is killed: nothing to clean up, nothing to grow stale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import connection

_NAME = re.compile(r"(.+) (\w+) (\d+)/(\d+)")


@dataclass(frozen=True)
class Underway:
    """``done`` of ``total`` in this step."""

    step: str
    done: int
    total: int


def note(work: str, step: str, done: int, total: int) -> None:
    """Show from within the present transaction how much of this step is done; ``work`` is ASCII, such as import 5."""
    with connection.cursor() as cursor:
        name = f"{work} {step} {min(done, total)}/{total}"
        cursor.execute("SELECT set_config('application_name', %s, true)", [name])


def underway(work: str) -> Underway | None:
    """What the session that has this work in hand says of itself; None when there is none, or it said nothing yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT application_name FROM pg_stat_activity
            WHERE datname = current_database() AND usename = current_user AND application_name LIKE %s
            """,
            [f"{work} %"],
        )
        said = cursor.fetchone()
    found = _NAME.fullmatch(said[0]) if said else None
    return Underway(found[2], int(found[3]), int(found[4])) if found else None
