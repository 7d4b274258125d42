"""The register's part of a spreadsheet batch: set-based, inside the import's operation, which locks and records.

The batch's own rows are the source: they hold what was checked and shown, personal values sealed for their column. So
nothing is fetched, and a batch of 100,000 rows costs the memory of one.
"""

from __future__ import annotations

import json
from datetime import datetime

from django.db import connection

from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.operation import authorize, operation
from foundation.imports.models import Batch
from foundation.imports.places import default_divisions
from institutions import rules

from . import batch_sql as statements

REASON, TAKEN_BACK = "数据导入", "撤销数据导入"


@operation
def write_imported(*, batch: Batch, by: Actor, at: datetime) -> None:
    """New institutions with address, first status and permit under the ids reserved for them; changed facts of known
    ones with the history that a single change would leave; campuses. Withdrawn institutions come back to life.

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
        cursor.execute(statements.INSERT, given)
        if batch.counts.get("updated"):
            for statement in statements.UPDATE:
                cursor.execute(statement, given)
        if batch.counts.get("campus"):
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
        for statement in statements.TAKE_BACK:
            cursor.execute(statement, given)


def _jurisdictions(batch: Batch) -> set[int]:
    """The jurisdictions that the batch's rows concern, those that institutions leave included."""
    with connection.cursor() as cursor:
        cursor.execute(statements.JURISDICTIONS, {"batch": batch.pk})
        return {pk for (pk,) in cursor.fetchall()}


def _whole(jurisdictions: set[int]) -> str:
    """Jurisdiction -> the place that stands for all of it, as JSON."""
    return json.dumps(default_divisions(jurisdictions))
