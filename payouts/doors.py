"""Which contract a guardian's code opens: the code of its slip, or what a text to its phone opened for half an hour."""

from __future__ import annotations

from datetime import datetime

from contracts.models import Contract
from foundation.accounts.links import locked_by, subject_of
from foundation.core.locking import lock

from .enums import MONEY_LINK
from .models import PhoneCode
from .moving import hold_accounts


def opened_by_phone(code: str, *, at: datetime) -> int | None:
    """The id of the contract that this hash of a code opens through a phone now."""
    door = PhoneCode.objects.filter(session_hash=code).exclude(session_hash="").first()
    return door.contract_id if door is not None and door.is_open(at) else None


def contract_opened_by(code: str, *, at: datetime) -> Contract:
    """The contract, locked, for operations that take in what its guardian says. Raises Conflict (no such code).

    They post, so its institution's special accounts are held before it.
    """
    by_phone = opened_by_phone(code, at=at)
    asked = Contract.objects.filter(pk=by_phone or subject_of(MONEY_LINK, code, at=at))
    hold_accounts(asked.values("institution"))
    return locked_by(MONEY_LINK, Contract, code, at=at) if by_phone is None else lock(Contract, by_phone)
