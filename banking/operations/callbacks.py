"""Keys with which banks sign what they announce, and what they announced. An announcement moves no money."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from banking import events, rules
from banking.models import CallbackEvent, CallbackKey
from banking.signing import CLOCK_MAY_DIFFER, Signed
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from funds.models import Bank

#: So long the bank may go on signing with the key before the new one.
BOTH_VALID = timedelta(hours=24)
#: What a bank may announce.
KINDS = ("file_ready", "money_moved")
NOBODYS = "0" * 64


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
    key = lock(CallbackKey, _key_of(signed, at).pk)  # two copies at once are answered one after the other
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


def refused(why: str) -> NotAllowed:
    """One refusal for all; ``why`` is for our own log."""
    error = NotAllowed("未通过验证。", code="refused")
    error.add_note(why)
    return error


def _key_of(signed: Signed, at: datetime) -> CallbackKey:
    """The key that signed; an unknown one takes as long to refuse as a wrong signature."""
    if not signed.is_whole:
        raise refused("headers")
    key = CallbackKey.objects.filter(public_id=signed.key).first()
    by_this_key = signed.is_by(key.secret if key else NOBODYS)
    if key is None or not by_this_key:
        raise refused("signature")
    if key.ends_at is not None and key.ends_at <= at:
        raise refused("key ended")
    signed_at = signed.signed_at()
    if signed_at is None or abs(at - signed_at) > CLOCK_MAY_DIFFER:
        raise refused("clock")
    return key


def _kind(body: bytes) -> str:
    try:
        kind = json.loads(body).get("event")
    except (ValueError, AttributeError) as error:
        raise InvalidInput("内容不是JSON对象。", code="body") from error
    if kind not in KINDS:
        raise InvalidInput(f"event应为{'或'.join(KINDS)}。", code="event")
    return kind
