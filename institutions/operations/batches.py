"""The register's part of a spreadsheet batch: set-based, inside the import's operation, which locks and records.

The batch's own rows are the source: they hold what was checked and shown, personal values sealed for their column. So
nothing is fetched, and a batch of 100,000 rows costs the memory of one.
"""

from __future__ import annotations

import json
from datetime import datetime

from django.db import connection
from django.db.models import Max

from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.operation import authorize, operation
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch
from foundation.imports.places import default_divisions
from foundation.imports.underway import Step, note
from institutions import rules

from . import batch_sql as statements

PART = 10_000  # rows of the file that one statement registers: the page's bar moves between two of them
KINDS = (Outcome.CREATED, Outcome.UPDATED, Outcome.CAMPUS)  # in the order of writing
REASON, TAKEN_BACK = "数据导入", "撤销数据导入"


@operation
def write_imported(*, batch: Batch, by: Actor, at: datetime) -> None:
    """New institutions with address, first status (and today's, if that is another) and permit under the ids reserved
    for them; changed facts of known ones with the history that a single change would leave; campuses. Withdrawn
    institutions come back to life.

    Raises NotAllowed when a row lies, before or after, outside the actor's area. The batch's event is the trace.
    """
    jurisdictions = _jurisdictions(batch)
    authorize(by, rules.can_import, jurisdictions)
    given = {
        "batch": batch.pk,
        "at": at,
        "today": local_date(at),
        "reason": REASON,
        "whole": _whole(jurisdictions),
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.BY_INDEX)
        if batch.counts.get("created"):
            last = batch.rows.aggregate(last=Max("number"))["last"] or 0
            for after in range(0, last, PART):
                _tell(batch, Outcome.CREATED, after / last)
                cursor.execute(statements.INSERT, given | {"after": after, "upto": after + PART})
        if batch.counts.get("updated"):
            for number, statement in enumerate(statements.UPDATE):
                _tell(batch, Outcome.UPDATED, number / len(statements.UPDATE))
                cursor.execute(statement, given)
        if batch.counts.get("campus"):
            _tell(batch, Outcome.CAMPUS, 0)
            cursor.execute(statements.CAMPUSES, given)


@operation
def take_back_imported(*, batch: Batch, by: Actor, at: datetime) -> None:
    """What the batch's rows wrote, except the rows kept: new institutions are withdrawn, facts get their former values.

    A withdrawn institution keeps its number and what was written of it; its address and permits go, its status is
    withdrawn. Raises NotAllowed when a row lies, before or after, outside the actor's area. The batch's event is the
    trace.
    """
    authorize(by, rules.can_import, _jurisdictions(batch))
    given = {
        "batch": batch.pk,
        "at": at,
        "applied_at": batch.applied_at,
        "applied_on": local_date(batch.applied_at),
        "reason": TAKEN_BACK,
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.BY_INDEX)
        for number, statement in enumerate(statements.TAKE_BACK):
            note(batch.pk, Step.UNDO, batch.rows_total * number // len(statements.TAKE_BACK), batch.rows_total)
            cursor.execute(statement, given)


def _tell(batch: Batch, kind: str, share: float) -> None:
    """Let the page see that this share of the rows of a kind is written, and all those of the kinds before it."""
    numbers = [batch.counts.get(each, 0) for each in KINDS]
    place = KINDS.index(kind)
    note(batch.pk, Step.WRITE, sum(numbers[:place]) + round(numbers[place] * share), sum(numbers) or 1)


def _jurisdictions(batch: Batch) -> set[int]:
    """The jurisdictions that the batch's rows concern, those that institutions leave included."""
    with connection.cursor() as cursor:
        cursor.execute(statements.JURISDICTIONS, {"batch": batch.pk})
        return {pk for (pk,) in cursor.fetchall()}


def _whole(jurisdictions: set[int]) -> str:
    """Jurisdiction -> the place that stands for all of it, as JSON."""
    return json.dumps(default_divisions(jurisdictions))
