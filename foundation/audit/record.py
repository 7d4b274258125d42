"""``record`` writes one event for one fact, in the transaction of the operation that made it so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models

from foundation.core.actor import Actor
from foundation.core.events import EventKind

from .models import Event


def record(
    kind: EventKind,
    *,
    subject: models.Model,
    by: Actor,
    at: datetime,
    changes: Mapping[str, object] | None = None,
    reason: str = "",
    matter: str = "",
) -> Event:
    """Keep that ``by`` did ``kind`` to ``subject`` at ``at``.

    ``changes`` maps a field to [before, after]; values of personal fields never belong in it (``["***", "***"]``).
    The jurisdiction is the subject's own; the matter number defaults to the subject's.
    """
    event = _event(kind, subject, by, at, changes, reason, matter)
    event.save(force_insert=True)
    return event


def record_many(
    kind: EventKind, facts: Iterable[tuple[models.Model, Mapping[str, object]]], *, by: Actor, at: datetime
) -> int:
    """The same for many facts of one kind, each a (subject, changes) with an event of its own; returns how many."""
    events = [_event(kind, subject, by, at, changes, "", "") for subject, changes in facts]
    Event.objects.bulk_create(events, batch_size=1000)
    return len(events)


def _event(
    kind: EventKind,
    subject: models.Model,
    by: Actor,
    at: datetime,
    changes: Mapping[str, object] | None,
    reason: str,
    matter: str,
) -> Event:
    return Event(
        kind=kind.code,
        label=kind.label,
        at=at,
        actor_id=by.user_id,
        actor_name=by.name,
        post_id=by.post_id,
        role=by.role,
        organ_id=by.organ_id,
        organ_name=by.organ_name,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=str(subject)[:200],
        jurisdiction_id=jurisdiction_of(subject),
        matter=matter or getattr(subject, "matter", ""),
        changes=dict(changes or {}),
        reason=reason,
    )


def jurisdiction_of(subject: models.Model) -> int | None:
    """The jurisdiction id that the subject's own scope names, if it has one."""
    scope = getattr(type(subject), "SCOPE", None)
    if scope is None:
        return None
    value: object = subject
    for name in scope.jurisdiction.split("__"):
        value = getattr(value, name)
    return value if isinstance(value, int) else None
