"""Drawing up an account: its differences with owner and deadline, its days, and whether anything may be released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count

from banking import books as reading
from banking import clocks, events, listing, rules, workflow
from banking.booking import held
from banking.enums import OPEN_MEANINGS, CheckState, DifferenceState
from banking.listing import Found
from banking.models import AccountDay, BankLine, DayCheck, Difference
from foundation.accounts.enums import Can
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.money import yuan
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.notifications.recipients import people_who_can
from funds.models import SupervisedAccount
from payouts.operations.blocks import block_account, unblock_account

from .opening import open_books

WRITTEN = ("kind", "day", "bank_fen", "books_fen", "effect_fen", "blocks", "ended_on")
ABOUT = ("line", "payment", "release", "refund", "entry")


@operation
def draw_up(*, account: SupervisedAccount, by: Actor, at: datetime) -> list[DayCheck]:
    """List what bank and books say differently, hold each day against the books, block or free the account.

    The books' balance with the listed differences is the bank's, to the fen, or the account is blocked (I10). A second
    run changes nothing. Raises NotAllowed.
    """
    row = held(account)
    authorize(by, rules.can_reconcile, row)
    days = list(AccountDay.objects.filter(account=row).select_related("file").order_by("day"))
    if not days:
        return []
    open_books(account=row, by=by, at=at)
    books = reading.books_of(row)
    listed = _listed(row, listing.found(row, books, [day.day for day in days]), by=by, at=at)
    checks = _checked(row, days, books.on([day.day for day in days]), listed, by=by, at=at)
    _block(row, checks[-1], listed, by=by, at=at)
    return checks


# -- differences -------------------------------------------------------------------------------------------------------
def _listed(account: SupervisedAccount, found: Sequence[Found], *, by: Actor, at: datetime) -> list[Difference]:
    known = {row.key: row for row in Difference.objects.filter(account=account).order_by("pk")}
    for one in found:
        row = known.pop(one.key, None)
        if row is None:
            _list(account, one, by=by, at=at)
        else:
            _keep(row, one, by=by, at=at)
    for row in known.values():
        _end(row, by=by, at=at)
    return list(Difference.objects.filter(account=account).order_by("day", "pk"))


def _list(account: SupervisedAccount, one: Found, *, by: Actor, at: datetime) -> None:
    home = account.institution
    keepers = people_who_can(
        Can.KEEP_FUNDS,
        jurisdiction_id=home.jurisdiction_id,
        on=local_date(at),
        division_id=home.division_id,
        category=home.category,
    )
    state = DifferenceState.OPEN if one.until is None else DifferenceState.MATCHED
    due_on = clocks.due_on(local_date(at))
    row = Difference(account=account, key=one.key, state=state, found_at=at, state_at=at, due_on=due_on)
    _fill(row, one)
    row.owner_id = min(keepers, default=None)
    insert(row)
    record(events.DIFFERENCE_FOUND, subject=row, by=by, at=at, changes={"effect_fen": [None, row.effect_fen]})
    if row.state == DifferenceState.OPEN:
        clocks.start(row, by=by, at=at)


def _fill(row: Difference, one: Found) -> None:
    row.kind, row.day, row.bank_fen, row.books_fen = one.kind, one.day, one.bank_fen, one.books_fen
    row.effect_fen, row.blocks, row.ended_on = one.effect_fen, one.blocks, one.until
    for name in ABOUT:
        setattr(row, f"{name}_id", one.about.get(name))


def _keep(row: Difference, one: Found, *, by: Actor, at: datetime) -> None:
    """The same thing still stands open, or ended; what was explained is open again when its sums changed."""
    was = (row.bank_fen, row.books_fen, row.blocks)
    before = tuple(getattr(row, name) for name in WRITTEN)
    _fill(row, one)
    fields: list[str] = []
    if one.until is not None:
        if row.state != DifferenceState.MATCHED:
            fields = advance(row, workflow.MATCH, at=at)
    elif row.state == DifferenceState.MATCHED or (
        row.state == DifferenceState.EXPLAINED and was != (row.bank_fen, row.books_fen, row.blocks)
    ):
        fields = advance(row, workflow.REOPEN, at=at)
    if fields or before != tuple(getattr(row, name) for name in WRITTEN):
        changes = update(row, *fields, *WRITTEN, *ABOUT)
        if fields:
            _told(row, changes, by=by, at=at)


def _end(row: Difference, *, by: Actor, at: datetime) -> None:
    """It is no longer found: a line was understood, or the opening balance came to nothing."""
    if row.state == DifferenceState.MATCHED:
        return
    fields = advance(row, workflow.MATCH, at=at)
    row.effect_fen = 0
    _told(row, update(row, *fields, "effect_fen"), by=by, at=at)


def _told(row: Difference, changes: dict[str, list], *, by: Actor, at: datetime) -> None:
    kind = events.DIFFERENCE_REOPENED if row.state == DifferenceState.OPEN else events.DIFFERENCE_MATCHED
    record(kind, subject=row, by=by, at=at, changes=changes)
    if row.state == DifferenceState.OPEN:
        clocks.start(row, by=by, at=at)
    else:
        clocks.meet(row, by=by, at=at)


# -- days --------------------------------------------------------------------------------------------------------------
def _checked(
    account: SupervisedAccount,
    days: Sequence[AccountDay],
    balances: Sequence[int],
    listed: Sequence[Difference],
    *,
    by: Actor,
    at: datetime,
) -> list[DayCheck]:
    """One check a known day, written where its figures changed; a changed one that was signed is to be signed anew."""
    known = {row.day: row for row in DayCheck.objects.filter(account=account).order_by("day")}
    understood = BankLine.objects.filter(account=account).exclude(meaning__means__in=OPEN_MEANINGS)
    matched = dict(understood.order_by("day").values_list("day").annotate(n=Count("pk")))
    checks = []
    for day, books_fen in zip(days, balances, strict=True):
        there = [one for one in listed if one.day <= day.day and (one.ended_on is None or day.day < one.ended_on)]
        figures = {
            "bank_fen": day.closing_fen,
            "books_fen": books_fen,
            "listed_fen": sum(one.effect_fen for one in there),
            "matched": matched.get(day.day, 0),
            "waiting": sum(one.state == DifferenceState.OPEN and one.blocks for one in there),
            "prepared_by_id": day.file.received_by_id,
        }
        checks.append(_write_day(known.get(day.day) or DayCheck(account=account, day=day.day), figures, by=by, at=at))
    return checks


def _write_day(row: DayCheck, figures: dict[str, int], *, by: Actor, at: datetime) -> DayCheck:
    if row.pk and all(getattr(row, name) == value for name, value in figures.items()):
        return row
    for name, value in figures.items():
        setattr(row, name, value)
    if row.pk is None:
        row.state_at = at
        return insert(row)
    fields = [name.removesuffix("_id") for name in figures]
    if row.state == CheckState.SIGNED:
        fields += [*advance(row, workflow.UNSIGN, at=at), "signed_by"]
        row.signed_by = None
        record(events.DAY_UNSIGNED, subject=row, by=by, at=at, changes=update(row, *fields))
    else:
        update(row, *fields)
    return row


def _block(
    account: SupervisedAccount, last: DayCheck, listed: Sequence[Difference], *, by: Actor, at: datetime
) -> None:
    """Nothing is released while something is unexplained; freed with the last of it."""
    worker = by.allowed(rules.BLOCK, scope=frozenset({account.institution.jurisdiction_id}))
    waiting = sum(one.state == DifferenceState.OPEN and one.blocks for one in listed)
    if last.residue_fen:
        reason = f"{last.day}银行余额与账上相差{yuan(abs(last.residue_fen))}元，没有差异可以说明。"
        block_account(account=account, reason=reason, by=worker, at=at)
    elif waiting:
        block_account(account=account, reason=f"有{waiting}项对账差异待查清。", by=worker, at=at)
    else:
        unblock_account(account=account, by=worker, at=at)
