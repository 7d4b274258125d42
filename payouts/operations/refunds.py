"""退费: what a guardian asks for is frozen, answered, agreed by a second person in the books, and paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from contracts.models import Contract
from foundation.accounts.links import can_answer
from foundation.accounts.models import User
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.money import yuan
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.queries import open_clocks_of
from foundation.deadlines.rules import RUN_DEADLINES
from ledger.enums import Kind
from ledger.queries import balance
from payouts import clocks, events, notices, rules, workflow
from payouts.doors import contract_opened_by
from payouts.enums import AskedBy
from payouts.models import Refund
from payouts.moving import Move, hold_accounts, money_of, moved, need_reason

SOURCE = "payouts.refund"


@dataclass(frozen=True)
class Asked:
    """What the guardian wants, how it came in, and when."""

    amount_fen: int
    reason: str
    asked_by: str
    asked_on: date


@operation
def ask_refund(*, contract: Contract, asked: Asked, by: Actor, at: datetime) -> Refund:
    """Enter a guardian's wish: what is free of it is frozen at once, and the institution's days to answer begin.

    Raises NotAllowed, InvalidInput (more than is not yet taught, no reason, a day to come, another refund under way),
    Conflict (no money was deposited).
    """
    hold_accounts([contract.institution_id])
    row = lock(Contract, contract.pk)
    authorize(by, rules.can_keep, row)
    if asked.asked_by == AskedBy.ONLINE:
        raise invalid("asked_by", "网上申请由家长本人提交，经办人不能代为登记为网上申请。")
    return _asked(row, asked, by=by, at=at)


@operation
def ask_by_link(*, code: str, amount_fen: int, reason: str, by: Actor, at: datetime) -> Refund:
    """The guardian itself asks, with the code of its slip or phone (``code``: its hash); the officers are told.

    Raises NotAllowed (somebody who is logged in), Conflict (no such code, or no more), InvalidInput as ``ask_refund``.
    """
    authorize(by, can_answer)
    row = contract_opened_by(code, at=at)
    asked = Asked(amount_fen=amount_fen, reason=reason, asked_by=AskedBy.ONLINE, asked_on=local_date(at))
    refund = _asked(row, asked, by=by, at=at)
    outbox.put(notices.ASKED_BY_GUARDIAN, at=at, refund_id=refund.pk)
    return refund


def _asked(row: Contract, asked: Asked, *, by: Actor, at: datetime) -> Refund:
    """Under the contract's lock, for whom the caller has authorized."""
    purse = money_of(row).purse
    if not row.signed_on <= asked.asked_on <= local_date(at):
        raise invalid("asked_on", "申请日期应在合同签订日和今天之间。")
    now = balance(purse.pk)
    if asked.amount_fen > now.unused:
        raise invalid("amount_fen", f"申请金额不能超过未消课的{yuan(now.unused)}元。", code="more_than_unused")
    refund = insert(
        Refund(
            contract=row,
            asked_on=asked.asked_on,
            asked_by=asked.asked_by,
            asked_fen=asked.amount_fen,
            reason=need_reason(asked.reason, "请写明退费原因。"),
            unused_fen=now.unused,
            frozen_fen=max(min(asked.amount_fen, now.free), 0),
            state_at=at,
            entered_by_id=by.user_id,
            entered_at=at,
        )
    )
    _move(refund, [(Kind.FREEZE, refund.frozen_fen, "freeze")], by=by, at=at)
    runner = by if by.is_person else by.allowed(RUN_DEADLINES, scope=frozenset({row.jurisdiction_id}))
    clocks.start(refund, clocks.ANSWER, on=asked.asked_on, by=runner, at=at)
    changes = {"asked_fen": [None, refund.asked_fen], "frozen_fen": [None, refund.frozen_fen]}
    record(events.REFUND_ASKED, subject=refund, by=by, at=at, changes=changes, reason=refund.reason)
    return refund


@operation
def agree_refund(*, refund: Refund, amount_fen: int, answer: str, answered_on: date, by: Actor, at: datetime) -> Refund:
    """The institution agrees to an amount. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = lock(Refund, refund.pk)
    authorize(by, rules.can_handle_refund, row)
    fields = advance(row, workflow.AGREE, at=at)
    _answered(row, answer, answered_on, at)
    return _agreed(row, fields, amount_fen, answered_on, events.REFUND_ANSWERED, by, at)


@operation
def agree_by_silence(*, refund: Refund, by: Actor, at: datetime) -> Refund:
    """The institution did not answer in its days: it agreed to all that was asked.

    Raises NotAllowed, IllegalTransition, Conflict (its days are not over).
    """
    row = lock(Refund, refund.pk)
    authorize(by, rules.can_handle_refund, row)
    clock = open_clocks_of(row).filter(code=clocks.ANSWER).first()
    fields = advance(row, workflow.AGREE, at=at)
    if clock is None or local_date(at) <= clock.due_on:
        until = clock.due_on if clock else local_date(at)
        raise Conflict(f"机构可在{until}（含当日）前答复，还不能视为同意。", code="too_early")
    row.silent = True
    return _agreed(row, fields, row.asked_fen, local_date(at), events.REFUND_ANSWERED, by, at)


@operation
def object_refund(*, refund: Refund, answer: str, answered_on: date, by: Actor, at: datetime) -> Refund:
    """The institution does not agree: the bureau coordinates. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = lock(Refund, refund.pk)
    authorize(by, rules.can_handle_refund, row)
    fields = advance(row, workflow.OBJECT, at=at)
    _answered(row, answer, answered_on, at)
    _taken_over(row, by)
    clocks.meet(row, clocks.ANSWER, by=by, at=at)
    changes = update(row, *fields, "entered_by", "answer", "answered_on")
    record(events.REFUND_ANSWERED, subject=row, by=by, at=at, changes=changes, reason=row.answer)
    return row


def _answered(row: Refund, answer: str, answered_on: date, at: datetime) -> None:
    need_words(answer, "answer", "请写明机构的答复。")
    if not row.asked_on <= answered_on <= local_date(at):
        raise invalid("answered_on", "答复日期应在申请日期和今天之间。")
    row.answer, row.answered_on = answer.strip(), answered_on


@operation
def settle_refund(
    *, refund: Refund, amount_fen: int, outcome: str, coordinated_on: date, by: Actor, at: datetime
) -> Refund:
    """协调退费: both sides agreed on an amount. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = lock(Refund, refund.pk)
    authorize(by, rules.can_handle_refund, row)
    fields = advance(row, workflow.SETTLE, at=at)
    _coordinated(row, outcome, coordinated_on, by, at)
    return _agreed(row, fields, amount_fen, coordinated_on, events.REFUND_SETTLED, by, at)


@operation
def decline_refund(*, refund: Refund, outcome: str, coordinated_on: date, by: Actor, at: datetime) -> Refund:
    """Coordination ended without a refund; the guardian is told of courts. What was frozen is free again.

    Raises NotAllowed, IllegalTransition, InvalidInput.
    """
    hold_accounts([refund.contract.institution_id])
    row = lock(Refund, refund.pk)
    authorize(by, rules.can_handle_refund, row)
    fields = advance(row, workflow.DECLINE, at=at)
    _coordinated(row, outcome, coordinated_on, by, at)
    return _ended(row, fields, events.REFUND_DECLINED, row.outcome, by, at)


def _coordinated(row: Refund, outcome: str, on: date, by: Actor, at: datetime) -> None:
    need_words(outcome, "outcome", "请写明协调情况。")
    if not row.asked_on <= on <= local_date(at):
        raise invalid("coordinated_on", "协调日期应在申请日期和今天之间。")
    row.coordinator_id, row.coordinated_on, row.outcome = by.user_id, on, outcome.strip()


def _taken_over(row: Refund, by: Actor) -> None:
    """What the guardian asked online is from its first step on the matter of who took that: never the approver."""
    if row.entered_by_id is None:
        row.entered_by_id = by.user_id


def _agreed(row: Refund, fields: list[str], amount: int, on: date, kind, by: Actor, at: datetime) -> Refund:
    """Write the amount; the days to pay begin with it."""
    _taken_over(row, by)
    if not 0 < amount <= row.asked_fen:
        raise invalid("amount_fen", f"同意金额应大于零，不超过申请的{yuan(row.asked_fen)}元。")
    row.agreed_fen = amount
    clocks.meet(row, clocks.ANSWER, by=by, at=at)
    clocks.start(row, clocks.PAYMENT, on=on, by=by, at=at)
    written = ("agreed_fen", "silent", "answer", "answered_on", "coordinator", "coordinated_on", "outcome")
    changes = update(row, *fields, "entered_by", *written)
    record(kind, subject=row, by=by, at=at, changes=changes, reason=row.outcome or row.answer)
    return row


@operation
def approve_refund(*, refund: Refund, by: Actor, at: datetime) -> Refund:
    """The second person agrees: what was frozen for it is let go, and the refund stands in the books.

    Raises NotAllowed, IllegalTransition, InvalidInput (the contract's money no longer suffices, with the figures).
    """
    hold_accounts([refund.contract.institution_id])
    row = lock(Refund, refund.pk)
    authorize(by, rules.can_approve_refund, row)
    fields = advance(row, workflow.APPROVE_REFUND, at=at)
    steps = [(Kind.UNFREEZE, row.frozen_fen, "unfreeze"), (Kind.REFUND, row.agreed_fen, "refund")]
    _move(row, steps, by=by, at=at, maker=row.entered_by)
    row.approved_by_id, row.approved_at = by.user_id, at
    changes = update(row, *fields, "approved_by", "approved_at")
    record(events.REFUND_APPROVED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def pay_refund(*, refund: Refund, paid_on: date, bank_reference: str, by: Actor, at: datetime) -> Refund:
    """The money went back to where it came from. Raises NotAllowed, IllegalTransition, InvalidInput."""
    hold_accounts([refund.contract.institution_id])
    row = lock(Refund, refund.pk)
    authorize(by, rules.can_pay_refund, row)
    fields = advance(row, workflow.PAY_REFUND, at=at)
    need_words(bank_reference, "bank_reference", "请填写银行回单号。")
    if not local_date(row.approved_at) <= paid_on <= local_date(at):
        raise invalid("paid_on", f"退款日期应在核定的{local_date(row.approved_at)}和今天之间。")
    row.paid_on, row.bank_reference = paid_on, bank_reference.strip()
    _move(row, [(Kind.REPAY, row.agreed_fen, "repay")], by=by, at=at, on=paid_on)
    clocks.meet(row, clocks.PAYMENT, by=by, at=at)
    changes = update(row, *fields, "paid_on", "bank_reference")
    record(events.REFUND_PAID, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def withdraw_refund(*, refund: Refund, reason: str, by: Actor, at: datetime) -> Refund:
    """The guardian no longer asks; what was frozen is free. Raises NotAllowed, IllegalTransition, InvalidInput."""
    hold_accounts([refund.contract.institution_id])
    row = lock(Refund, refund.pk)
    authorize(by, rules.can_handle_refund, row)
    fields = advance(row, workflow.WITHDRAW, at=at)
    row.agreed_fen = None
    return _ended(row, [*fields, "agreed_fen"], events.REFUND_WITHDRAWN, need_reason(reason), by, at)


def _ended(row: Refund, fields: list[str], kind, reason: str, by: Actor, at: datetime) -> Refund:
    _move(row, [(Kind.UNFREEZE, row.frozen_fen, "unfreeze")], by=by, at=at)
    clocks.drop(row, reason, by=by, at=at)
    changes = update(row, *fields, "coordinator", "coordinated_on", "outcome")
    record(kind, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


def _move(
    row: Refund,
    steps: list[tuple[Kind, int, str]],
    *,
    by: Actor,
    at: datetime,
    maker: User | None = None,
    on: date | None = None,
) -> None:
    """Post the steps that move anything, under keys of the refund's own; no words, for receipts show them."""
    purse = money_of(row.contract).purse
    moves = [Move(kind, purse, fen, f"refund:{row.pk}:{word}", SOURCE) for kind, fen, word in steps if fen]
    if moves:
        moved(moves, on=on or local_date(at), by=by, at=at, maker=maker)
