"""Keys with which banks sign what they announce, and what they announced. An announcement moves no money."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from banking import events, rules
from banking.models import CallbackEvent, CallbackKey
from banking.signers import key_of, refused
from banking.signing import Signed
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from funds.models import Bank

#: So long the bank may go on signing with the key before the new one.
BOTH_VALID = timedelta(hours=24)
#: What a bank may announce.
KINDS = ("file_ready", "money_moved")


@dataclass(frozen=True)
class Made:
    """A new key with its secret: shown now and never again."""

    row: CallbackKey
    secret: str


@operation
def make_key(*, bank: Bank, by: Actor, at: datetime) -> Made:
    """Make a bank's key; the one before it stays valid for a day, while the bank changes over. Raises NotAllowed."""
    bank = lock(Bank, bank.pk)
    authorize(by, rules.can_keep_keys, bank)
    for old in CallbackKey.objects.filter(bank=bank, ends_at__isnull=True):
        old.ends_at = at + BOTH_VALID
        update(old, "ends_at")
    secret = secrets.token_urlsafe(32)
    row = CallbackKey(bank=bank, public_id=secrets.token_hex(8), secret=secret, made_by_id=by.user_id, made_at=at)
    insert(row)
    record(events.KEY_MADE, subject=row, by=by, at=at)
    return Made(row, secret)


@operation
def end_keys(*, bank: Bank, by: Actor, at: datetime) -> Bank:
    """From now on no key of the bank is valid. Raises NotAllowed, Conflict (it has none)."""
    bank = lock(Bank, bank.pk)
    authorize(by, rules.can_keep_keys, bank)
    rows = [row for row in CallbackKey.objects.filter(bank=bank) if row.ends_at is None or row.ends_at > at]
    if not rows:
        raise Conflict("该银行没有有效的回调密钥。", code="no_key")
    for row in rows:
        row.ends_at = at
        record(events.KEY_ENDED, subject=row, by=by, at=at, changes=update(row, "ends_at"))
    return bank


@operation
def receive_announcement(*, signed: Signed, by: Actor, at: datetime) -> CallbackEvent:
    """Note what a bank announced, once an event; the same again gives the same row. The signature is the right.

    Raises NotAllowed, always the same: unknown key, wrong signature, a clock that differs, a nonce or an event used
    for something else. Raises InvalidInput for a signed body that says nothing.
    """
    key = lock(CallbackKey, key_of(signed, at=at).pk)  # two copies at once are answered one after the other
    authorize(by, rules.can_announce, key)
    there = CallbackEvent.objects.filter(bank=key.bank_id, event_id=signed.event).first()
    if there is not None:
        if there.body_sha256 != signed.body_sha256:
            raise refused("event reused")
        return there
    if CallbackEvent.objects.filter(bank=key.bank_id, nonce=signed.nonce).exists():
        raise refused("nonce reused")
    return insert(
        CallbackEvent(
            bank_id=key.bank_id,
            event_id=signed.event,
            nonce=signed.nonce,
            kind=_kind(signed.body),
            body_sha256=signed.body_sha256,
            signed_at=signed.signed_at(),
            received_at=at,
        )
    )


def _kind(body: bytes) -> str:
    try:
        kind = json.loads(body).get("event")
    except (ValueError, AttributeError) as error:
        raise InvalidInput("内容不是JSON对象。", code="body") from error
    if kind not in KINDS:
        raise InvalidInput(f"event应为{'或'.join(KINDS)}。", code="event")
    return kind
