"""Whether what a row wrote can be taken back: not when it was changed since, or when something was built on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models

from .enums import Outcome
from .models import BatchRow


def referred_to(model: type[models.Model], ids: Collection[int], *, beyond: Collection[type] = ()) -> dict[int, str]:
    """Id -> the kind of record that refers to this row of ``model``, whichever app it belongs to."""
    found: dict[int, str] = {}
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.related_model in beyond:
            continue
        referring = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})
        label = str(relation.related_model._meta.verbose_name)
        for pk in referring.values_list(relation.field.attname, flat=True).distinct():
            found.setdefault(pk, label)
    return found


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
    written = before if row.outcome == Outcome.UPDATED else record
    if any(now[name] != record.get(name) for name in written if name in now):
        return "导入之后又有改动"
    if row.subject_id in used:
        return f"导入之后已有{used[row.subject_id]}"
    return ""
