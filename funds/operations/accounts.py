"""监管专户 opened and closed, and the mode of supervision: dated facts that a county's officers keep."""

from __future__ import annotations

from datetime import date, datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from funds import events, queries, rules
from funds.enums import CUSTODY
from funds.models import AccountEvent, Bank, ModeEvent, SupervisedAccount
from funds.models.accounts import V14
from funds.numbers import account_number, hashed, same_name
from institutions.enums import ENDED
from institutions.models import Institution
from institutions.operations.register import change_institution

from .flags import revoke_flag


@operation
def open_account(
    *,
    institution: Institution,
    bank: Bank,
    number: str,
    holder: str,
    opened_on: date,
    by: Actor,
    at: datetime,
) -> SupervisedAccount:
    """Register the institution's special account; the register of institutions shows its bank and last four from now.

    Raises NotAllowed, Conflict (an institution that ended), InvalidInput: a bank that was not chosen for this place, a
    number that is none, a holder other than the institution, a day to come, a second account (V14), a number that is
    another's.
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_keep, row)
    if row.status in ENDED:
        raise Conflict(f"机构已{row.get_status_display()}，不能新开监管账户。", code="ended")
    if not Bank.objects.serving(row.jurisdiction).filter(pk=bank.pk).exists():
        raise invalid("bank", "该银行不是本地入选的监管银行。")
    plain = account_number(number)
    if not same_name(holder, row.name):
        raise invalid("holder", f"户名应与机构名称“{row.name}”一致。")
    if opened_on > local_date(at):
        raise invalid("opened_on", "开户日期不能晚于今天。")
    if any(one.closed_on is None or one.closed_on > opened_on for one in row.supervised_accounts.all()):
        raise InvalidInput(V14, code="V14")
    facts = {"number": plain, "number_tail": plain[-4:], "number_hash": hashed(plain), "holder": holder.strip()}
    account = insert(SupervisedAccount(institution=row, bank=bank, opened_on=opened_on, recorded_at=at, **facts))
    insert(AccountEvent(account=account, active=True, effective_on=opened_on, recorded_at=at, reason="开户"))
    _show_in_register(row, bank=bank.name[:60], tail=account.number_tail, by=by, at=at)
    changes = {"bank": [None, bank.name], "number_tail": [None, account.number_tail], "opened_on": [None, opened_on]}
    record(events.ACCOUNT_OPENED, subject=account, by=by, at=at, changes=changes)
    return account


def _show_in_register(row: Institution, *, bank: str, tail: str, by: Actor, at: datetime) -> None:
    """The rule of the calling operation has decided already: whoever keeps funds keeps the county's register too."""
    change_institution(institution=row, facts={"bank": bank, "account_tail": tail}, reason="监管账户登记", by=by, at=at)


@operation
def close_account(
    *, account: SupervisedAccount, closed_on: date, reason: str, by: Actor, at: datetime
) -> SupervisedAccount:
    """The account is open no more from a day on, and the institution's flags go down with it.

    Raises NotAllowed, Conflict (closed before), InvalidInput (no reason, a day before the opening or to come).
    """
    institution = lock(Institution, account.institution_id)
    row = lock(SupervisedAccount, account.pk)
    authorize(by, rules.can_keep, institution)
    need_words(reason, "reason", "请填写销户原因。")
    if row.closed_on is not None:
        raise Conflict("该账户已销户。", code="closed")
    if not row.opened_on <= closed_on <= local_date(at):
        raise invalid("closed_on", f"销户日期应在开户日期{row.opened_on}至今天之间。")
    row.closed_on = closed_on
    changes = update(row, "closed_on")
    insert(AccountEvent(account=row, active=False, effective_on=closed_on, recorded_at=at, reason=reason.strip()))
    for flag, event in queries.flags_on(institution, on=local_date(at)).items():
        if event.up:
            down_on = max(closed_on, event.effective_on)
            revoke_flag(institution=institution, flag=flag, effective_on=down_on, reason="监管账户销户", by=by, at=at)
    _show_in_register(institution, bank="", tail="", by=by, at=at)
    record(events.ACCOUNT_CLOSED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def set_mode(
    *,
    institution: Institution,
    mode: str,
    effective_on: date,
    reason: str,
    by: Actor,
    at: datetime,
    deposit_fen: int = 0,
) -> ModeEvent:
    """Supervise the institution's fees in another mode from a day on (today or earlier).

    Raises NotAllowed, InvalidInput (no reason, a day to come or before the last change, nothing that changes, custody
    without an account on that day, a deposit mode without amount).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_keep, row)
    need_words(reason, "reason", "请填写事由。")
    last = queries.mode_on(row, on=local_date(at))
    if effective_on > local_date(at) or (last is not None and effective_on < last.effective_on):
        raise invalid("effective_on", "生效日期不能晚于今天，也不能早于上一次变更。")
    if last is not None and (last.mode, last.deposit_fen) == (mode, deposit_fen):
        raise invalid("mode", "与现行监管方式相同。")
    if mode in CUSTODY and not row.supervised_accounts.active(effective_on).exists():
        raise invalid("mode", "银行托管须先登记监管账户；该日没有在用的监管账户。", code="no_account")
    words = {"mode": mode, "deposit_fen": deposit_fen, "reason": reason.strip()}
    event = insert(ModeEvent(institution=row, effective_on=effective_on, recorded_at=at, **words))
    changes = {
        "mode": [last.get_mode_display() if last else None, event.get_mode_display()],
        "deposit_fen": [last.deposit_fen if last else None, deposit_fen],
        "effective_on": [None, effective_on],
    }
    record(events.MODE_SET, subject=row, by=by, at=at, changes=changes, reason=reason)
    return event
