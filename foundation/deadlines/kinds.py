"""Kinds of matters that clocks run over, and who keeps each: every app declares its own, none knows the others.

In an app's ``panels.py``::

    kept(Order, kind=MatterKind("order", "通知书", 40), keeper=named_in(Order, "issued_by"))

``keeper`` is a query for the id of the one person who answers for the subject whose id is ``OuterRef("subject_id")``;
None where a matter is an organ's and no person's.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import OuterRef, QuerySet

from foundation.core.actor import Actor


@dataclass(frozen=True)
class MatterKind:
    """``watched_with``: a capability with which confidential clocks of the kind are seen, though not kept."""

    code: str
    label: str
    order: int
    watched_with: str = ""


OTHER = MatterKind("other", "其他", 999)
_kinds: dict[str, MatterKind] = {}
_keepers: dict[str, QuerySet] = {}


def kept(model: type[models.Model], *, kind: MatterKind, keeper: QuerySet | None = None) -> None:
    """Declare of which kind a subject of clocks is, and who keeps it."""
    label = model._meta.label_lower
    if label in _kinds:
        raise RuntimeError(f"two kinds for {label}")
    _kinds[label] = kind
    if keeper is not None:
        _keepers[label] = keeper


def named_in(model: type[models.Model], path: str) -> QuerySet:
    """The keeper is the user whom the subject itself names, at the end of a path of foreign keys."""
    return model._base_manager.filter(pk=OuterRef("subject_id")).values(f"{path}_id")


def kind_of(subject_type: str) -> MatterKind:
    return _kinds.get(subject_type, OTHER)


def subjects_of(code: str) -> list[str]:
    """The types of subjects of a kind."""
    return [label for label, kind in _kinds.items() if kind.code == code]


def declared() -> list[str]:
    """All types of subjects that some app declared."""
    return list(_kinds)


def all_kinds() -> list[MatterKind]:
    """Each kind once, in order; what nobody declared comes last."""
    return sorted({*_kinds.values(), OTHER}, key=lambda kind: (kind.order, kind.code))


def keepers() -> dict[str, QuerySet]:
    return dict(_keepers)


def watched_by(actor: Actor) -> list[str]:
    """Types of subjects whose confidential clocks this actor may see without keeping them."""
    return [label for label, kind in _kinds.items() if kind.watched_with and actor.can(kind.watched_with)]
