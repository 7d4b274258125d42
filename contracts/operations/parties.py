"""Who signed: asked for by one person, allowed by another for some hours, read on the record, destroyed in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from clues.enums import OpeningState
from clues.operations.senders import LONGEST_HOURS, SHORTEST_PURPOSE
from clues.workflow import ALLOW, REFUSE_OPENING
from contracts import events, notices, rules
from contracts.models import Contract, ContractParty, Invoice, PartyOpening, Payment
from contracts.people import People, opened_party
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock, lock_all
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance

TAKEN_BACK = "导入有误，已撤回。"
BLINDS = ("pupil_blind", "guardian_blind", "phone_blind", "learner_blind")


@operation
def ask_for_party(*, contract: Contract, purpose: str, by: Actor, at: datetime) -> PartyOpening:
    """Ask to read who signed, and say what for. Raises NotAllowed, InvalidInput, Conflict (destroyed already)."""
    row = lock(Contract, contract.pk)
    authorize(by, rules.can_ask_for_party, row)
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise invalid("purpose", f"请写明为什么必须查看，至少{SHORTEST_PURPOSE}个字。")
    if not ContractParty.objects.filter(consent=row.pk, destroyed_at__isnull=True).exists():
        raise Conflict("学员和监护人信息已按保存期限销毁。", code="party_destroyed")
    asked = {"asked_by_id": by.user_id, "asked_at": at, "state_at": at}
    opening = insert(PartyOpening(contract=row, purpose=purpose.strip(), **asked))
    record(events.OPENING_ASKED, subject=row, by=by, at=at, reason=opening.purpose)
    outbox.put(notices.OPENING_ASKED, at=at, opening_id=opening.pk)
    return opening


@operation
def allow_party(*, opening: PartyOpening, hours: int, remark: str = "", by: Actor, at: datetime) -> PartyOpening:
    """Another person allows it for some hours. Raises NotAllowed, IllegalTransition, InvalidInput (too many hours)."""
    row = lock(PartyOpening, opening.pk)
    authorize(by, rules.can_decide_opening, row)
    if not 1 <= hours <= LONGEST_HOURS:
        raise invalid("hours", f"有效时间为1至{LONGEST_HOURS}小时。")
    row.ends_at = at + timedelta(hours=hours)
    shown = [OpeningState.ASKED.label, f"{OpeningState.ALLOWED.label}，{hours}小时"]
    return _decide(row, ALLOW, events.OPENING_ALLOWED, shown, remark, by, at)


@operation
def refuse_party(*, opening: PartyOpening, remark: str, by: Actor, at: datetime) -> PartyOpening:
    """Another person says no, and why. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(PartyOpening, opening.pk)
    authorize(by, rules.can_decide_opening, row)
    need_words(remark, "remark", "请写明不批准的理由。")
    shown = [OpeningState.ASKED.label, OpeningState.REFUSED.label]
    return _decide(row, REFUSE_OPENING, events.OPENING_REFUSED, shown, remark, by, at)


def _decide(row: PartyOpening, step, kind, shown: list[str], remark: str, by: Actor, at: datetime) -> PartyOpening:
    fields = advance(row, step, at=at)
    row.decided_by_id, row.remark = by.user_id, remark.strip()
    update(row, *fields, "decided_by", "remark", "ends_at")
    record(kind, subject=row.contract, by=by, at=at, changes={"openings": shown}, reason=row.remark)
    outbox.put(notices.OPENING_DECIDED, at=at, opening_id=row.pk)
    return row


@operation
def read_party(*, opening: PartyOpening, by: Actor, at: datetime) -> People:
    """Read it; every time is an event. Raises NotAllowed (another's), Conflict (not allowed, over, destroyed)."""
    row = lock(PartyOpening, opening.pk)
    authorize(by, rules.can_read_party, row)
    if row.ends_at is None or at > row.ends_at:
        raise Conflict("查看没有获得批准，或已过有效时间，请重新申请。", code="opening_over")
    people = opened_party(ContractParty.objects.get(consent=row.contract_id))
    record(events.PARTY_READ, subject=row.contract, by=by, at=at, reason=row.purpose)
    return people


@operation
def destroy_party(*, contract: Contract, reason: str, by: Actor, at: datetime) -> Contract:
    """Destroy the keys and what lies under them: of who signed, who paid and who was invoiced. Nothing brings it back.

    Raises NotAllowed, InvalidInput (no reason), Conflict (destroyed already).
    """
    row = lock(Contract, contract.pk)
    authorize(by, rules.can_destroy_party, row)
    need_words(reason, "reason", "请写明销毁的理由。")
    _erase(row, at=at)
    record(events.PARTY_DESTROYED, subject=row, by=by, at=at, reason=reason.strip())
    return row


@operation
def erase_party(*, row: Contract | Payment | Invoice, by: Actor, at: datetime) -> None:
    """The same for one row that is taken back with its import: it should never have been here. Raises NotAllowed."""
    row = lock(type(row), row.pk)
    authorize(by, rules.can_import_contracts, {row.jurisdiction_id})
    if isinstance(row, Contract):
        _erase(row, at=at)
    elif row.destroyed_at is None:
        _forget(row, at=at)
    record(events.PARTY_DESTROYED, subject=row, by=by, at=at, reason=TAKEN_BACK)


def _erase(row: Contract, *, at: datetime) -> None:
    """The writing of it, under the contract's lock. Raises Conflict (destroyed already)."""
    party = ContractParty.objects.select_for_update(of=("self",)).get(consent=row.pk)
    if party.destroyed_at is not None:
        raise Conflict("学员和监护人信息已经销毁。", code="party_destroyed")
    party.key = party.sealed = ""
    for blind in BLINDS:
        setattr(party, blind, "")
    party.destroyed_at = at
    update(party, "key", "sealed", *BLINDS, "destroyed_at")
    for model in (Payment, Invoice):
        ours = model.objects.filter(contract=row.pk, destroyed_at__isnull=True)
        for named in lock_all(model, ours.values_list("pk", flat=True)):
            _forget(named, at=at)


def _forget(named: Payment | Invoice, *, at: datetime) -> None:
    named.key = named.sealed_name = named.name_blind = ""
    named.destroyed_at = at
    update(named, "key", "sealed_name", "name_blind", "destroyed_at")
