"""核拨: proposed from what was earned, agreed by another person in the books, paid by the bank or taken back."""

from __future__ import annotations

from datetime import date, datetime

from foundation.accounts.enums import Can
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from funds.models import SupervisedAccount
from funds.queries import account_on
from institutions.models import Institution
from ledger.enums import Kind
from ledger.operations.posting import reverse_entry
from payouts import events, queries, rules, workflow
from payouts.models import ContractPurse, Release, ReleaseLine
from payouts.moving import Move, hold_accounts, moved, need_reason


@operation
def propose_release(*, institution: Institution, by: Actor, at: datetime, remark: str = "") -> Release:
    """Put together all that the institution earned and that is neither released nor frozen: a line for each contract.

    Raises NotAllowed, InvalidInput (nothing to release, a release is under way), Conflict (held, blocked, no special
    account).
    """
    home = lock(Institution, institution.pk)
    authorize(by, rules.can_propose_release, home)
    today = local_date(at)
    _refuse_held(home, today)
    account = account_on(home, on=today)
    if account is None:
        raise Conflict("机构没有在用的监管专户，不能核拨。", code="no_account")
    _refuse_blocked(account)
    found = queries.releasable(home)
    if not found:
        raise invalid("institution", "该机构没有可以核拨的已消课费用。", code="nothing_earned")
    row = insert(
        Release(
            institution=home,
            account=account,
            up_to=today,
            amount_fen=sum(amount for _, amount in found),
            lines_count=len(found),
            state_at=at,
            proposed_by_id=by.user_id,
            proposed_at=at,
            remark=remark.strip(),
        )
    )
    insert_all(ReleaseLine(release=row, contract=money.contract, amount_fen=amount) for money, amount in found)
    changes = {"amount_fen": [None, row.amount_fen], "lines_count": [None, row.lines_count]}
    record(events.RELEASE_PROPOSED, subject=row, by=by, at=at, changes=changes)
    return row


def _refuse_held(institution: Institution, on: date) -> None:
    if held := queries.hold_on(institution, on=on):
        raise Conflict(f"该机构自{held.from_on}至{held.until_on}暂停核拨：{held.reason}", code="held")


def _refuse_blocked(account: SupervisedAccount) -> None:
    if blocked := queries.block_of(account):
        raise Conflict(f"监管账户尾号{account.number_tail}停付：{blocked.reason}", code="blocked")


@operation
def approve_release(*, release: Release, by: Actor, at: datetime, remark: str = "") -> Release:
    """The second person agrees: every line is posted at once, or none.

    Raises NotAllowed, IllegalTransition, Conflict (held, blocked), InvalidInput (a line is no longer covered, with
    figures).
    """
    hold_accounts([release.institution_id])
    account = SupervisedAccount.objects.get(pk=release.account_id)
    row = lock(Release, release.pk)
    authorize(by, rules.can_decide_release, row)
    fields = advance(row, workflow.APPROVE_RELEASE, at=at)
    _refuse_held(row.institution, local_date(at))
    _refuse_blocked(account)
    lines = list(row.lines.order_by("pk"))
    purses = {
        one.contract_id: one.purse
        for one in ContractPurse.objects.filter(contract__release_lines__release=row).select_related("purse")
    }
    moves = [
        Move(Kind.RELEASE, purses[line.contract_id], line.amount_fen, f"release:{line.pk}", "payouts.release")
        for line in lines
    ]
    for line, posted in zip(lines, moved(moves, on=local_date(at), by=by, at=at, maker=row.proposed_by), strict=True):
        line.entry_id = posted.entry_id
    ReleaseLine.objects.bulk_update(lines, ["entry"])
    return _decided(row, fields, events.RELEASE_APPROVED, remark, by, at)


@operation
def refuse_release(*, release: Release, reason: str, by: Actor, at: datetime) -> Release:
    """The second person sends it back. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(Release, release.pk)
    authorize(by, rules.can_decide_release, row)
    fields = advance(row, workflow.REFUSE_RELEASE, at=at)
    return _decided(row, fields, events.RELEASE_REFUSED, need_reason(reason), by, at)


def _decided(row: Release, fields: list[str], kind, remark: str, by: Actor, at: datetime) -> Release:
    row.decided_by_id, row.decided_at, row.remark = by.user_id, at, remark.strip()
    changes = update(row, *fields, "decided_by", "decided_at", "remark")
    record(kind, subject=row, by=by, at=at, changes=changes, reason=row.remark)
    return row


@operation
def pay_release(*, release: Release, paid_on: date, bank_reference: str, by: Actor, at: datetime) -> Release:
    """The bank paid. Raises NotAllowed, IllegalTransition, InvalidInput (no receipt, a day before it was agreed)."""
    row = lock(Release, release.pk)
    authorize(by, rules.can_tell_payment, row)
    fields = advance(row, workflow.PAY_RELEASE, at=at)
    need_words(bank_reference, "bank_reference", "请填写银行回单号。")
    if not local_date(row.decided_at) <= paid_on <= local_date(at):
        raise invalid("paid_on", f"付款日期应在审核通过的{local_date(row.decided_at)}和今天之间。")
    row.paid_on, row.bank_reference = paid_on, bank_reference.strip()
    changes = update(row, *fields, "paid_on", "bank_reference")
    record(events.RELEASE_PAID, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def fail_release(*, release: Release, reason: str, by: Actor, at: datetime) -> Release:
    """The bank could not pay: every line is reversed in the books, and may be released anew.

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason).
    """
    hold_accounts([release.institution_id])
    row = lock(Release, release.pk)
    authorize(by, rules.can_tell_payment, row)
    fields = advance(row, workflow.FAIL_RELEASE, at=at)
    row.remark = need_reason(reason)
    scope = frozenset({row.institution.jurisdiction_id})
    poster = by.allowed(Can.POST_LEDGER, scope=scope)
    checker = Actor(user_id=row.decided_by_id, name=row.decided_by.get_full_name())
    for line in row.lines.select_related("entry").order_by("entry__purse_id"):
        reverse_entry(
            entry=line.entry,
            happened_on=local_date(at),
            key=f"release:{line.pk}:back",
            reason=row.remark,
            by=poster,
            at=at,
            checker=checker,
        )
    changes = update(row, *fields, "remark")
    record(events.RELEASE_FAILED, subject=row, by=by, at=at, changes=changes, reason=row.remark)
    return row
