"""Whether what a row wrote can be taken back: not when it was changed since, or when something was built on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.apps import apps
from django.db import models

from foundation.audit.models import Event

from .enums import Outcome
from .models import BatchRow

CHANGED_SINCE = "导入之后又有改动"
_IDS = frozenset({"jurisdiction", "division"})  # of the places; their names stand in columns


def referred_to(model: type[models.Model], ids: Collection[int], *, beyond: Collection[type] = ()) -> dict[int, str]:
    """Id -> the kind of record that refers to this row of ``model``, whichever app it belongs to: by a foreign key, or
    by a subject's type and id (audit events, which tell of the past, aside)."""
    found: dict[int, str] = {}
    if not ids:
        return found
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.related_model in beyond:
            continue
        referring = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})
        label = str(relation.related_model._meta.verbose_name)
        for pk in referring.values_list(relation.field.attname, flat=True).distinct():
            found.setdefault(pk, label)
    for about in _about_any_subject():
        rows = about._base_manager.filter(subject_type=model._meta.label_lower, subject_id__in=ids)
        for pk in rows.values_list("subject_id", flat=True).distinct():
            found.setdefault(pk, str(about._meta.verbose_name))
    return found


def _about_any_subject() -> list[type[models.Model]]:
    """Models whose rows name what they are about by its type and id (deadlines, documents)."""
    names = {"subject_type", "subject_id"}
    every = (model for model in apps.get_models() if names <= {field.name for field in model._meta.fields})
    return [model for model in every if model is not Event]


def why_kept(
    row: BatchRow,
    now: Mapping[str, Any] | None,
    used: Mapping[int, str],
    *,
    record: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
) -> str:
    """In the words of a clerk why a row stays; empty when it can be taken back.

    ``now``: the object in the sheet's terms, None when it is gone. ``record`` and ``before``: the row's values in
    plain, where they were sealed.
    """
    record = row.record if record is None else record
    before = row.before if before is None else before
    if now is None:
        return "已不存在或已并入其他记录"
    written = before if row.outcome == Outcome.UPDATED else now  # a new object: all that it says
    if any(now[name] != record.get(name) for name in written if name in now and name not in _IDS):
        return CHANGED_SINCE
    if row.subject_id in used:
        return f"导入之后已有{used[row.subject_id]}"
    return ""
