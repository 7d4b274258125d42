"""How far a check has come: committed by itself, so that the page can show it while the check runs."""

from datetime import datetime

from foundation.core.actor import Actor
from foundation.core.operation import authorize, operation
from foundation.imports import rules
from foundation.imports.enums import BatchState
from foundation.imports.models import Batch


@operation
def note_progress(*, batch: Batch, rows: int, by: Actor, at: datetime) -> None:
    """Keep the number of rows checked so far; a figure for the eye, not a fact, hence without a trace."""
    authorize(by, rules.can_write, batch)
    Batch.objects.filter(pk=batch.pk, state=BatchState.UPLOADED).update(rows_checked=min(rows, batch.rows_total))
