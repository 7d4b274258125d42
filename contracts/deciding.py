"""What the second person's yes or no writes, for the operation that has authorized it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model

from foundation.core.actor import Actor
from foundation.core.workflow import Transition, advance


def decided(row: Model, step: Transition, remark: str, by: Actor, at: datetime) -> list[str]:
    """Take the step and note who took it; the names of the fields to write. Of whatever one person proposed."""
    row.decided_by_id, row.remark = by.user_id, remark.strip()
    return [*advance(row, step, at=at), "decided_by", "remark"]
