"""A contract's place in the ledger, and how its money gets there."""

from __future__ import annotations

from datetime import date, datetime

from contracts.models import Contract, Payment
from contracts.models.payments import deposit_key
from foundation.accounts.enums import Can
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert
from foundation.core.errors import Conflict, invalid
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from funds.queries import account_on
from ledger.enums import Kind
from ledger.models import Entry
from ledger.operations.opening import open_account, open_purse
from payouts import events, rules
from payouts.models import ContractPurse
from payouts.moving import Move, hold_accounts, moved


@operation
def open_money(*, contract: Contract, by: Actor, at: datetime) -> ContractPurse:
    """Give a contract its purse on the institution's special account; the one that is there stays.

    Raises NotAllowed, Conflict (the institution has no special account).
    """
    hold_accounts([contract.institution_id])
    row = lock(Contract, contract.pk)
    authorize(by, rules.can_settle, row)
    there = ContractPurse.objects.filter(contract=row).select_related("purse").first()
    if there is not None:
        return there
    account = account_on(row.institution, on=local_date(at))
    if account is None:
        raise Conflict("机构没有在用的监管专户，不能建立合同资金。请先登记监管账户。", code="no_account")
    poster = by.allowed(Can.POST_LEDGER)
    custody = open_account(institution=row.institution, number=f"account:{account.pk}", by=poster, at=at)
    purse = open_purse(institution=row.institution, number=f"contract:{row.pk}", custody=custody, by=poster, at=at)
    money = insert(ContractPurse(contract=row, purse=purse))
    record(events.PURSE_OPENED, subject=row, by=by, at=at)
    return money


@operation
def confirm_deposit(*, payment: Payment, arrived_on: date, by: Actor, at: datetime) -> Payment:
    """A payment lies on the special account: it is deposited into its contract's purse, once.

    Raises NotAllowed, InvalidInput (no contract, paid to another account: V07, a day before it was paid or to come),
    Conflict (deposited already, no special account).
    """
    hold_accounts([payment.institution_id])
    if payment.contract_id is not None:
        lock(Contract, payment.contract_id)  # before the payment, as those do who judge a contract's payments
    row = lock(Payment, payment.pk)
    if row.contract is None or row.voided_at is not None:
        raise invalid("contract", "这笔缴费没有对应的合同，请先关联合同。", code="no_contract")
    authorize(by, rules.can_settle, row.contract)
    if not row.paid_on <= arrived_on <= local_date(at):
        raise invalid("arrived_on", "到账日期应在缴费日期和今天之间。")
    money = open_money(contract=row.contract, by=by, at=at)
    account = account_on(row.institution, on=arrived_on)
    if account is None or (row.account_tail and row.account_tail != account.number_tail):
        tail = account.number_tail if account else "—"
        sentence = f"V07：收款账号尾号{row.account_tail or '—'}不是机构的监管专户（尾号{tail}），不能作为入账。"
        raise invalid("payment", sentence, code="V07")
    move = Move(Kind.DEPOSIT, money.purse, row.amount_fen, deposit_key(row.pk), "contracts.payment")
    if Entry.objects.filter(key=move.key).exists():
        raise Conflict("这笔缴费已经入账。", code="deposited")
    moved([move], on=arrived_on, by=by, at=at)
    record(events.DEPOSITED, subject=row, by=by, at=at, changes={"amount_fen": [None, row.amount_fen]})
    return row
