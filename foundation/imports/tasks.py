"""What the worker does for imports: check and apply large files, forget files that nobody confirmed."""

from __future__ import annotations

from datetime import time, timedelta

from foundation.accounts.actors import actor_for
from foundation.core import clock, outbox, schedule
from foundation.core.actor import Actor, job
from foundation.core.errors import DomainError
from foundation.core.models import OutboxMessage
from foundation.regions.queries import jurisdictions_below

from .checking import read_table, verdicts
from .enums import BatchState
from .models import Batch
from .notices import APPLY, CHECK, FORGET
from .operations import apply_batch, discard_batch, note_progress, recheck_batch, store_verdicts
from .stored import content_of
from .target import Ground, target_named

KEEP_UNCONFIRMED = timedelta(days=30)

schedule.periodic(FORGET, schedule.Daily(at=time(3, 40)))


@outbox.handles(CHECK)
def check_uploaded(message: OutboxMessage) -> None:
    """Check a large file. Verdicts are stored at the very end, so a worker that dies leaves nothing half done."""
    batch = Batch.objects.get(pk=message.payload["batch_id"])
    if batch.state != BatchState.UPLOADED:
        return
    by, target = _portal(batch), target_named(batch.target)
    table = read_table(content_of(batch), target)
    ground = Ground(batch.jurisdiction, today=clock.today())

    def progress(rows: int) -> None:
        note_progress(batch=batch, rows=rows, by=by, at=clock.now())

    rows = verdicts(table, target, ground, progress=progress)
    store_verdicts(batch=batch, rows=rows, by=by, at=clock.now())


@outbox.handles(APPLY)
def apply_confirmed(message: OutboxMessage) -> None:
    """Apply a large batch for the person who confirmed it; when that is refused, check again and say why."""
    batch = Batch.objects.select_related("asked_by__user").get(pk=message.payload["batch_id"])
    if batch.state != BatchState.APPLYING:
        return
    at = clock.now()
    try:
        apply_batch(batch=batch, by=_confirmer(batch), at=at)
    except DomainError as refusal:
        recheck_batch(batch=batch, rows=None, note=f"没有导入：{refusal.message}", by=_portal(batch), at=at)


@outbox.handles(FORGET)
def forget_unconfirmed(message: OutboxMessage) -> None:
    """Files hold personal data: what nobody confirmed within 30 days is discarded."""
    at = clock.now()
    waiting = Batch.objects.filter(
        state__in=[BatchState.UPLOADED, BatchState.CHECKED], state_at__lt=at - KEEP_UNCONFIRMED
    )
    for batch in waiting.order_by("pk"):
        discard_batch(batch=batch, by=_portal(batch), at=at)


def _portal(batch: Batch) -> Actor:
    """The portal itself, with no more than this batch needs."""
    return job("数据导入", target_named(batch.target).capability, scope=jurisdictions_below(batch.jurisdiction_id))


def _confirmer(batch: Batch) -> Actor:
    """The person in the post that confirmed, with today's rights: a post that ended allows nothing."""
    post = batch.asked_by
    actor = actor_for(post.user, on=clock.today(), post_id=post.pk)
    return actor if actor.post_id == post.pk else Actor(user_id=post.user_id, name=post.user.name)
