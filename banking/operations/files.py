"""A bank's file is accepted whole or sent back whole; handing in the same money again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from banking import events, notices, rules
from banking.enums import FileState
from banking.identities import identified
from banking.intake import Taken
from banking.models import AccountDay, BankFile, BankLine
from banking.statements import FileFault, Line, Statement
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert, insert_all
from foundation.core.locking import lock
from foundation.core.money import yuan
from foundation.core.operation import authorize, operation
from foundation.imports.faults import FileRefused
from funds.models import Bank, SupervisedAccount
from funds.operations.accounts import hashed


@dataclass(frozen=True)
class _Part:
    """One account's statement against what is known of it."""

    account: SupervisedAccount
    statement: Statement
    days: list[tuple[date, int, int, int]]  # day, opening, closing, lines
    fresh: list[tuple[str, str, Line]]  # identity, content, line


@operation
def receive_file(*, bank: Bank, taken: Taken, by: Actor, at: datetime) -> BankFile:
    """Take a day file: new lines are added, known ones recognised; of one that does not fit, nothing is.

    A file fits when each account is one of the bank's, what it had before is what the last file left, and no line that
    is known is missing or altered. The same bytes again give the same row. Raises NotAllowed.
    """
    bank = lock(Bank, bank.pk)
    authorize(by, rules.can_hand_in, bank)
    again = BankFile.objects.filter(bank=bank, sha256=taken.sha256, state=FileState.ACCEPTED).first()
    if again is not None:
        return again
    try:
        if taken.fault is not None:
            raise taken.fault
        parts = [_fitted(account, statement) for account, statement in _accounts(bank, taken.statements)]
    except FileRefused as fault:
        return _sent_back(bank, taken, fault, by=by, at=at)
    return _accepted(bank, taken, parts, by=by, at=at)


def _accounts(bank: Bank, statements: Iterable[Statement]) -> list[tuple[SupervisedAccount, Statement]]:
    """The bank's accounts that the file speaks of, locked in the order of their keys."""
    asked = {hashed(statement.number): statement for statement in statements}
    known = SupervisedAccount.objects.filter(bank=bank, number_hash__in=asked).order_by("pk")
    rows = list(known.select_for_update(no_key=True, of=("self",)))
    found = {row.number_hash for row in rows}
    if strange := [statement.number[-4:] for key, statement in asked.items() if key not in found]:
        raise FileFault(f"账户尾号{'、'.join(sorted(strange))}没有登记为本行的监管账户。", code="account_unknown")
    return [(row, asked[row.number_hash]) for row in rows]


def _fitted(account: SupervisedAccount, statement: Statement) -> _Part:
    """Raises FileFault where the statement contradicts what is known of the account."""
    days = list(_days(statement))
    first, last = statement.opened_on, statement.closed_on
    near = AccountDay.objects.filter(account=account)
    before = near.filter(day__lt=first).order_by("-day").first()
    if before is not None and before.closing_fen != statement.opening_fen:
        raise _broken_chain(account, f"期初余额{yuan(statement.opening_fen)}元", before.day, before.closing_fen)
    after = near.filter(day__gt=last).order_by("day").first()
    if after is not None and after.opening_fen != statement.closing_fen:
        raise _broken_chain(account, f"期末余额{yuan(statement.closing_fen)}元", after.day, after.opening_fen)
    openings = dict(near.filter(day__range=(first, last)).values_list("day", "opening_fen"))
    for day, opening, _, _ in days:
        if openings.get(day, opening) != opening:
            raise _broken_chain(account, f"{day}的期初余额{yuan(opening)}元", day, openings[day])
    return _Part(account, statement, days, _fresh(account, statement))


def _broken_chain(account: SupervisedAccount, says: str, day: date, known: int) -> FileFault:
    return FileFault(
        f"账户尾号{account.number_tail}：文件写的{says}，与已接收的{day}的余额{yuan(known)}元接不上，"
        "可能缺少中间的文件，整份退回。",
        code="chain_broken",
    )


def _days(statement: Statement) -> Iterable[tuple[date, int, int, int]]:
    """(day, opening, closing, lines) of each day from first to last."""
    by_day, balance, day = statement.days(), statement.opening_fen, statement.opened_on
    while day <= statement.closed_on:
        lines = by_day.get(day, [])
        closing = balance + sum(line.fen for line in lines)
        yield day, balance, closing, len(lines)
        balance, day = closing, day + timedelta(days=1)


def _fresh(account: SupervisedAccount, statement: Statement) -> list[tuple[str, str, Line]]:
    """The lines that are not yet known; raises FileFault when a known one is missing or says something else."""
    said = identified(statement.lines)
    period = BankLine.objects.filter(account=account, day__range=(statement.opened_on, statement.closed_on))
    known = dict(period.values_list("identity", "content"))
    elsewhere = BankLine.objects.filter(account=account, identity__in=said.keys() - known.keys())
    if missing := known.keys() - said.keys():
        raise FileFault(
            f"账户尾号{account.number_tail}：已入库的{len(missing)}笔明细在文件中找不到，整份退回。",
            code="lines_missing",
        )
    if moved := elsewhere.values_list("serial", flat=True).first():
        raise FileFault(f"账户尾号{account.number_tail}：流水号{moved}已在另一天入库。", code="serial_elsewhere")
    for identity, content in known.items():
        if said[identity][0] != content:
            row = said[identity][1]
            raise FileFault(f"第{row.row}行：流水号{row.serial}的内容与已入库的不同，整份退回。", code="line_altered")
    return [(identity, content, line) for identity, (content, line) in said.items() if identity not in known]


def _sent_back(bank: Bank, taken: Taken, fault: FileRefused, *, by: Actor, at: datetime) -> BankFile:
    row = insert(_row(bank, taken, FileState.REFUSED, by, at, code=fault.code, reason=fault.message[:300]))
    record(events.FILE_REFUSED, subject=row, by=by, at=at, reason=row.reason, changes={"sha256": [None, row.sha256]})
    return row


def _accepted(bank: Bank, taken: Taken, parts: list[_Part], *, by: Actor, at: datetime) -> BankFile:
    fresh = sum(len(part.fresh) for part in parts)
    facts = {
        "first_on": min(part.statement.opened_on for part in parts),
        "last_on": max(part.statement.closed_on for part in parts),
        "accounts": len(parts),
        "lines": sum(len(part.statement.lines) for part in parts),
        "fresh": fresh,
    }
    row = insert(_row(bank, taken, FileState.ACCEPTED, by, at, **facts))
    for part in parts:
        _store(part, row)
    told = {"sha256": [None, row.sha256], "lines": [None, row.lines], "fresh": [None, row.fresh]}
    record(events.FILE_ACCEPTED, subject=row, by=by, at=at, changes=told)
    outbox.put_all(notices.RECONCILE, [{"account": part.account.pk} for part in parts], at=at)
    return row


def _row(bank: Bank, taken: Taken, state: FileState, by: Actor, at: datetime, **facts: object) -> BankFile:
    return BankFile(
        bank=bank,
        name=taken.name,
        path=taken.file.path,
        sealed_sha256=taken.file.sha256,
        sha256=taken.sha256,
        size=taken.size,
        received_by_id=by.user_id,
        received_at=at,
        state=state,
        **facts,
    )


def _store(part: _Part, file: BankFile) -> None:
    AccountDay.objects.bulk_create(
        [
            AccountDay(account=part.account, day=day, opening_fen=opening, closing_fen=closing, lines=lines, file=file)
            for day, opening, closing, lines in part.days
        ],
        update_conflicts=True,
        unique_fields=["account", "day"],
        update_fields=["closing_fen", "lines", "file"],
    )
    insert_all(
        BankLine(
            account=part.account,
            day=line.day,
            fen=line.fen,
            serial=line.serial,
            memo=line.memo,
            name=line.name,
            number=line.number,
            identity=identity,
            content=content,
            file=file,
            row=line.row,
        )
        for identity, content, line in part.fresh
    )


@operation
def take_bank_file(*, file: BankFile, by: Actor, at: datetime) -> BankFile:
    """Note that a file is taken out as it came. Raises NotAllowed."""
    authorize(by, rules.can_take, file)
    record(events.FILE_TAKEN, subject=file, by=by, at=at)
    return file
