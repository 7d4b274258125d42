"""How far a batch has come inside of its one transaction, for the pages outside of it.

What a transaction writes nobody sees before it ends; the name that its session bears everybody sees at once
(``pg_stat_activity``). So the session is named after its work. PostgreSQL takes the name back when the transaction
ends, done or failed, and with the session when the worker is killed: nothing to clean up, nothing to grow stale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

_NAME = re.compile(r"import \d+ (\w+) (\d+)/(\d+)")


class Step(StrEnum):
    COMPARE = "compare"
    WRITE = "write"
    UNDO = "undo"


@dataclass(frozen=True)
class Underway:
    """``done`` of ``total`` rows in this step."""

    step: Step
    done: int
    total: int


def note(batch_id: int, step: Step, done: int, total: int) -> None:
    """Show from within the present transaction how many rows of this step are done."""
    name = f"import {batch_id} {step} {min(done, total)}/{total}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', %s, true)", [name])


def underway(batch_id: int) -> Underway | None:
    """What the session that has this batch in hand says of itself; None when there is none, or it said nothing yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT application_name FROM pg_stat_activity
            WHERE datname = current_database() AND usename = current_user AND application_name LIKE %s
            """,
            [f"import {batch_id} %"],
        )
        said = cursor.fetchone()
    found = _NAME.fullmatch(said[0]) if said else None
    return Underway(Step(found[1]), int(found[2]), int(found[3])) if found else None
