"""What the worker does for imports: check and apply large files, forget files that nobody confirmed."""

from __future__ import annotations

from datetime import time, timedelta

from django.db import transaction

from foundation.accounts.actors import actor_for
from foundation.core import clock, outbox, schedule
from foundation.core.actor import Actor, job
from foundation.core.errors import DomainError
from foundation.core.models import OutboxMessage
from foundation.regions.queries import jurisdictions_below

from .enums import BatchState
from .faults import FileRefused
from .models import Batch
from .notices import APPLY, CHECK, FORGET, UNDO
from .operations import apply_batch, discard_batch, give_up_undo, leave_to_worker, recheck_batch, undo_batch
from .running import run_check
from .target import target_named
from .turns import BUSY

KEEP_UNCONFIRMED = timedelta(days=30)

schedule.periodic(FORGET, schedule.Daily(at=time(3, 40)))


@outbox.handles(CHECK, long=True)
def check_uploaded(message: OutboxMessage) -> None:
    """Check a large file. A worker that dies leaves a part of the verdicts; the next attempt begins anew.

    Damage inside a sheet shows only when its rows are read: such a file is given up, and its batch says why.
    """
    batch = Batch.objects.select_related("jurisdiction").get(pk=message.payload["batch_id"])
    if batch.state != BatchState.UPLOADED:
        return
    try:
        run_check(batch, by=_portal(batch))
    except FileRefused as refusal:
        note = f"文件没有读完，未导入任何数据：{refusal.message}"
        discard_batch(batch=batch, note=note, by=_portal(batch), at=clock.now())


@outbox.handles(APPLY, long=True)
def apply_confirmed(message: OutboxMessage) -> None:
    """Apply a large batch for the person who confirmed it; when that is refused, check again and say why."""
    batch = _asked(message)
    if batch.state != BatchState.APPLYING:
        return
    at = clock.now()
    try:
        apply_batch(batch=batch, by=_asker(batch), at=at)
    except DomainError as refusal:
        if refusal.code == BUSY:
            raise  # another batch of this register is being written: the outbox tries again in a while
        by = _portal(batch)
        with transaction.atomic():
            recheck_batch(batch=batch, note=f"没有导入：{refusal.message}", by=by, at=at)
            leave_to_worker(batch=batch, by=by, at=at)


@outbox.handles(UNDO, long=True)
def undo_asked_for(message: OutboxMessage) -> None:
    """Take a large batch back for the person who asked for it; when that is refused, it stands and says why."""
    batch = _asked(message)
    if batch.state != BatchState.UNDOING:
        return
    at = clock.now()
    try:
        undo_batch(batch=batch, reason=batch.undo_reason, by=_asker(batch), at=at)
    except DomainError as refusal:
        if refusal.code == BUSY:
            raise
        give_up_undo(batch=batch, note=f"没有撤销：{refusal.message}", by=_portal(batch), at=at)


@outbox.handles(FORGET)
def forget_unconfirmed(message: OutboxMessage) -> None:
    """Files hold personal data: what nobody confirmed within 30 days is discarded."""
    at = clock.now()
    waiting = Batch.objects.filter(
        state__in=[BatchState.UNMAPPED, BatchState.UPLOADED, BatchState.CHECKED], state_at__lt=at - KEEP_UNCONFIRMED
    )
    for batch in waiting.order_by("pk"):
        discard_batch(batch=batch, by=_portal(batch), at=at)


def _portal(batch: Batch) -> Actor:
    """The portal itself, with no more than this batch needs."""
    return job("数据导入", target_named(batch.target).capability, scope=jurisdictions_below(batch.jurisdiction_id))


def _asked(message: OutboxMessage) -> Batch:
    return Batch.objects.select_related("asked_by__user", "jurisdiction").get(pk=message.payload["batch_id"])


def _asker(batch: Batch) -> Actor:
    """The person in the post that asked for it, with today's rights: a post that ended allows nothing."""
    post = batch.asked_by
    actor = actor_for(post.user, on=clock.today(), post_id=post.pk)
    return actor if actor.post_id == post.pk else Actor(user_id=post.user_id, name=post.user.name)
