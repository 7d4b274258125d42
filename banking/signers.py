"""Which key signed a request, and the one refusal of all that is wrong with it."""

from __future__ import annotations

from datetime import datetime

from foundation.core.errors import NotAllowed

from .models import CallbackKey
from .signing import CLOCK_MAY_DIFFER, Signed

NOBODYS = "0" * 64


def refused(why: str) -> NotAllowed:
    """One refusal for all; ``why`` is for our own log."""
    error = NotAllowed("未通过验证。", code="refused")
    error.add_note(why)
    return error


def key_of(signed: Signed, *, at: datetime) -> CallbackKey:
    """The key that signed; an unknown one takes as long to refuse as a wrong signature. Raises NotAllowed."""
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
