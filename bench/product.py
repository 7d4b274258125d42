"""The portal's own import, called as its doors call it. Everything that knows the pipeline's functions is in here.

A file goes the way of one uploaded on the page: read and kept, checked by the worker's handler, its verdicts stored,
applied after a person's yes, and then made findable. The outbox is carried out in this process, so the way over Celery
(milliseconds) is left out.
"""

from __future__ import annotations

from pathlib import Path

from foundation.core import clock, outbox
from foundation.core.actor import Actor, job
from foundation.core.models import OutboxMessage, OutboxState
from foundation.imports import running
from foundation.imports.enums import BatchState, Mode
from foundation.imports.models import Batch
from foundation.imports.operations import apply_batch
from foundation.imports.target import Ground
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_below
from institutions.importing import INSTITUTIONS

from .registry import BUREAU


def upload(path: Path) -> int:
    """What the page does with a large file; returns the batch's id."""
    ground = Ground(Jurisdiction.objects.get(code=BUREAU), today=clock.today())
    with path.open("rb") as file:
        batch = running.upload(
            target=INSTITUTIONS,
            ground=ground,
            file_name=path.name,
            file=file,
            mode=Mode.ALL_OR_NOTHING,
            by=_clerk(ground.bureau),
        )
    return batch.pk


def check(batch_id: int) -> None:
    """The worker's part before the person's yes: every row's verdict, stored."""
    _deliver()
    batch = Batch.objects.get(pk=batch_id)
    if batch.state != BatchState.CHECKED or batch.counts.get("rejected"):
        raise RuntimeError(f"the check went wrong: {batch.state} {batch.counts} {batch.note}")


def apply(batch_id: int) -> None:
    """The worker's part after it: the register, its history, the batch's event."""
    batch = Batch.objects.get(pk=batch_id)
    apply_batch(batch=batch, by=_clerk(batch.jurisdiction), at=clock.now())


def make_findable() -> None:
    """What the application promised: the search rows."""
    _deliver()


def counts(batch_id: int) -> dict[str, int]:
    """How many rows have which verdict; those that occur."""
    return {name: number for name, number in Batch.objects.get(pk=batch_id).counts.items() if number}


def _deliver() -> None:
    outbox.deliver_all(at=clock.now())
    if left := OutboxMessage.objects.exclude(state=OutboxState.DONE).values_list("kind", "last_error"):
        raise RuntimeError(f"an effect failed: {list(left)}")


def _clerk(bureau: Jurisdiction) -> Actor:
    return job("测速", INSTITUTIONS.capability, scope=jurisdictions_below(bureau.pk))
