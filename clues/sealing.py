"""The one way to a sealed sender, for the operations only: the database shows a row to nobody who did not come here.

    with opened(clue, scope=by.scope) as sender:        # inside the operation's transaction
        sender.contact

``set_config(..., true)`` lasts until the transaction ends, so a pooled connection carries nothing to the next request.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from foundation.core import ciphers
from foundation.core.errors import Conflict

from .models import Clue, SealedSender

SHOW = "SELECT set_config('clues.opened', %s, true), set_config('clues.scope', %s, true)"


@dataclass(frozen=True)
class Sender:
    """Who sent it, in plain; exists only while somebody looks."""

    name: str
    contact: str


def sealed(clue: Clue, sender: Sender, *, at: datetime) -> SealedSender:
    """The unsaved row of a sender, under a new key of its own."""
    row, key = _row(clue.pk), ciphers.new_key(row=_row(clue.pk))
    return SealedSender(
        clue=clue,
        key=key,
        name=ciphers.seal_under(key, sender.name, row=row, field="name") if sender.name else "",
        contact=ciphers.seal_under(key, sender.contact, row=row, field="contact"),
        sealed_at=at,
    )


@contextmanager
def opened(clue: Clue, *, scope: Collection[int]) -> Iterator[SealedSender]:
    """The sealed row of a clue of these jurisdictions, seen until the block ends. Raises Conflict (there is none)."""
    _show(str(clue.pk), ",".join(map(str, sorted(scope))))
    try:
        row = SealedSender.objects.filter(clue=clue.pk).first()
        if row is None:
            raise Conflict("没有密封的反映人信息，或不在您的管辖范围内。", code="no_sender")
        yield row
    finally:
        if not connection.needs_rollback:
            _show("", "")


def unsealed(row: SealedSender) -> Sender:
    """What the row says; raises Conflict when its key was destroyed."""
    if row.destroyed_at is not None:
        raise Conflict("反映人信息已按保存期限销毁，无法恢复。", code="sender_destroyed")
    texts = {
        field: ciphers.open_under(row.key, stored, row=_row(row.pk), field=field)
        if (stored := getattr(row, field))
        else ""
        for field in ("name", "contact")
    }
    return Sender(**texts)


def _row(pk: int) -> str:
    return f"{SealedSender._meta.db_table}/{pk}"


def _show(clue: str, scope: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SHOW, [clue, scope])
