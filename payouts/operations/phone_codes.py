"""Parents see their own money by receipt number and a code to the guardian's phone."""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta

from contracts.models import Contract, Payment
from contracts.people import opened_party, phone_blind
from foundation.accounts import codes
from foundation.accounts.links import COLUMN, can_answer
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from payouts import events, notices, rules
from payouts.models import PhoneCode, Refund

#: A contract's guardian gets at most so many codes in a day, however many addresses ask.
MOST_A_DAY = 5
_MOBILE = re.compile(r"1\d{10}", re.ASCII)


@operation
def ask_phone_code(*, receipt: str, phone: str, by: Actor, at: datetime) -> PhoneCode | None:
    """A text is promised where the receipt's contract has this phone; else nothing, and nobody is told which.

    Raises NotAllowed (somebody who is logged in).
    """
    authorize(by, can_answer)
    contract = _contract_of(receipt, phone)
    if contract is None:
        return None
    row = lock(Contract, contract.pk)
    if row.phone_codes.filter(asked_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        return None
    door = insert(PhoneCode(contract=row, asked_at=at))
    outbox.put(notices.PHONE_CODE, at=at, code_id=door.pk)
    return door


@operation
def open_by_phone(*, receipt: str, phone: str, digits: str, by: Actor, at: datetime) -> str | None:
    """The sixteen digits with which the page goes on, for the newest code of this receipt and phone; else None.

    A wrong code counts as a try, so nothing is raised; after five the next one must be asked for. Raises NotAllowed.
    """
    authorize(by, can_answer)
    contract = _contract_of(receipt, phone)
    newest = contract.phone_codes.order_by("-asked_at", "-pk").first() if contract is not None else None
    if newest is None:
        return None
    door = lock(PhoneCode, newest.pk)
    if not door.waits(at):
        return None
    if not hmac.compare_digest(door.digits.encode(), digits.encode()):
        door.tries += 1
        update(door, "tries")
        return None
    code = codes.new_code()
    door.opened_at, door.session_hash = at, codes.hashed(code, column=COLUMN)
    update(door, "opened_at", "session_hash")
    record(events.MONEY_OPENED, subject=door.contract, by=by, at=at)
    return code


@operation
def read_phone(*, contract: Contract, why: str, by: Actor, at: datetime) -> str:
    """The guardian's number, for one text of the portal; empty where there is none or no more. Raises NotAllowed."""
    row = lock(Contract, contract.pk)
    authorize(by, rules.can_text, row)
    consent = getattr(row, "consent", None)
    party = getattr(consent, "party", None)
    phone = opened_party(party).phone if party is not None and party.destroyed_at is None else ""
    if phone:
        record(events.GUARDIAN_TEXTED, subject=row, by=by, at=at, reason=why)
    return phone


@operation
def read_institutions_phone(*, refund: Refund, by: Actor, at: datetime) -> str:
    """The mobile number of an institution that is to answer; empty where it has none. Raises NotAllowed."""
    row = lock(Refund, refund.pk)
    authorize(by, rules.can_text, row.contract)
    phone = row.contract.institution.phone
    if not _MOBILE.fullmatch(phone):
        return ""
    record(events.INSTITUTION_TEXTED, subject=row, by=by, at=at)
    return phone


def _contract_of(receipt: str, phone: str) -> Contract | None:
    """The newest contract of a payment with this number whose guardian has this phone, with money in the books."""
    if not receipt or not phone:
        return None
    same = Payment.objects.filter(reference=receipt, voided_at__isnull=True, contract__voided_at__isnull=True)
    theirs = same.filter(contract__consent__party__phone_blind=phone_blind(phone), contract__money__isnull=False)
    found = theirs.select_related("contract").order_by("-paid_on", "-pk").first()
    return found.contract if found is not None else None
