"""Each line of the bank gets its meaning and its posting, exactly once; what is understood later takes back its
unexplained posting. Keys of the books come from the line.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from banking import events, expecting, matching, rules
from banking.booking import bookable, custody_of, held, lent
from banking.enums import Means
from banking.matching import Expected
from banking.models import BankLine, LineMeaning
from banking.models.meanings import NAMES
from contracts.models import Payment
from contracts.models.payments import deposit_key
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert_all
from foundation.core.errors import Conflict, DomainError
from foundation.core.operation import authorize, operation
from foundation.deadlines.rules import RUN_DEADLINES
from funds.models import SupervisedAccount
from ledger.enums import Kind
from ledger.models import Account, Entry
from ledger.operations.posting import Line, post_batch, reverse_entry
from payouts.enums import RefundState, ReleaseState
from payouts.models import Refund, Release
from payouts.operations.books import confirm_deposit
from payouts.operations.refunds import pay_refund
from payouts.operations.releases import pay_release

log = logging.getLogger(__name__)

SOURCE = "banking.line"
OWN = (Means.FEE, Means.INTEREST)


@operation
def settle_lines(*, account: SupervisedAccount, by: Actor, at: datetime) -> int:
    """Say what every line means that nobody understands yet; returns how many are understood now.

    New ones that mean nothing known stand as unexplained in the books. A second run finds nothing more to do.
    Raises NotAllowed.
    """
    row = held(account)
    authorize(by, rules.can_reconcile, row)
    lines = list(expecting.open_lines(row))
    if not lines:
        return 0
    expected, words = expecting.expected_of(row), expecting.words_of(row)
    understood, rest = 0, []
    for line in lines:
        verdict = matching.judged(expecting.said_by(line), expected, words)
        if verdict.expected is not None and _tied(row, line, verdict.expected, by=by, at=at):
            expected.remove(verdict.expected)
            understood += 1
        else:
            rest.append((line, verdict.means if verdict.expected is None else Means.UNEXPLAINED))
    return understood + _posted(row, rest, by=by, at=at)


@operation
def tie_line(*, line: BankLine, key: str, by: Actor, at: datetime) -> LineMeaning:
    """A person says which payment, release or refund a line is; the sums must agree.

    Raises NotAllowed, Conflict (it is understood already, no such thing is waited for), and what the books refuse.
    """
    account = held(line.account)
    authorize(by, rules.can_explain, account)
    row = expecting.open_lines(account).filter(pk=line.pk).first()
    if row is None:
        raise Conflict("这笔明细已经认定，请刷新页面。", code="line_settled")
    found = [one for one in expecting.expected_of(account) if one.key == key and one.fen == row.fen]
    if not found or found[0].since > row.day:
        raise Conflict("没有这样一笔待对上的缴费、核拨或退费，或金额不符。", code="nothing_expected")
    return _tie(account, row, found[0], by=by, at=at)


def _tied(account: SupervisedAccount, line: BankLine, expected: Expected, *, by: Actor, at: datetime) -> bool:
    """Whether it was possible; what the books refuse leaves no trace, and the line unexplained."""
    try:
        with transaction.atomic():
            _tie(account, line, expected, by=by, at=at)
    except DomainError as refusal:
        log.info("bank line %s is not %s: %s", line.pk, expected.key, refusal.code)
        return False
    return True


def _tie(account: SupervisedAccount, line: BankLine, expected: Expected, *, by: Actor, at: datetime) -> LineMeaning:
    """Money in: booked before its unexplained posting goes, so that the account never falls short; money out after."""
    meaning = getattr(line, "meaning", None) or LineMeaning(line=line)
    was = meaning.entry
    worker = by.allowed(rules.SETTLE, RUN_DEADLINES, scope=frozenset({account.institution.jurisdiction_id}))
    if line.fen < 0:
        _take_back(line, was, by=by, at=at)
    about = _BOOKED[expected.means](line, expected.pk, by=worker, at=at)
    if line.fen > 0:
        _take_back(line, was, by=by, at=at)
    _mean(meaning, expected.means, about, at=at)
    record(events.LINE_MATCHED, subject=line, by=by, at=at, changes={"means": [None, f"{meaning} {about}"]})
    return meaning


def _mean(meaning: LineMeaning, means: Means, about: Payment | Release | Refund, *, at: datetime) -> None:
    meaning.means, meaning.settled_at, meaning.refusal, meaning.entry = means, at, "", None
    setattr(meaning, NAMES[means], about)
    meaning.save()


def _deposit(line: BankLine, pk: int, *, by: Actor, at: datetime) -> Payment:
    payment = Payment.objects.get(pk=pk)
    if Entry.objects.filter(key=deposit_key(pk)).exists():  # an officer was faster
        return payment
    return confirm_deposit(payment=payment, arrived_on=line.day, by=by, at=at)


def _release(line: BankLine, pk: int, *, by: Actor, at: datetime) -> Release:
    release = Release.objects.get(pk=pk)
    if release.state == ReleaseState.PAID:
        return release
    return pay_release(release=release, paid_on=line.day, bank_reference=_receipt(line), by=by, at=at)


def _refund(line: BankLine, pk: int, *, by: Actor, at: datetime) -> Refund:
    refund = Refund.objects.get(pk=pk)
    if refund.state == RefundState.PAID:
        return refund
    return pay_refund(refund=refund, paid_on=line.day, bank_reference=_receipt(line), by=by, at=at)


_BOOKED = {Means.DEPOSIT: _deposit, Means.RELEASE: _release, Means.REFUND: _refund}


def _receipt(line: BankLine) -> str:
    return line.serial or f"对账明细{line.pk}"


def _take_back(line: BankLine, entry: Entry | None, *, by: Actor, at: datetime) -> None:
    """Of the line's own unexplained posting; where there is none, nothing."""
    if entry is None:
        return
    reverse_entry(
        entry=entry,
        happened_on=bookable(line.account, entry.happened_on, at),
        key=f"bankline:{line.pk}:back",
        reason="银行明细已认定",
        by=lent(line.account, by),
        at=at,
    )


# -- fees, interest, and what nobody knows -----------------------------------------------------------------------------
def _posted(account: SupervisedAccount, lines: Sequence[tuple[BankLine, Means]], *, by: Actor, at: datetime) -> int:
    """Post what rests on the line alone, in one batch; one that the books refuse waits, with the reason."""
    fresh = [(line, means) for line, means in lines if means in OWN or _unposted(line)]
    if not fresh:
        return 0
    custody = custody_of(account, by=by, at=at)
    try:
        with transaction.atomic():
            _post_own(account, custody, fresh, by=by, at=at)
    except DomainError:
        for one in fresh:
            _post_or_wait(account, custody, one, by=by, at=at)
    return sum(means in OWN for _, means in fresh)


def _unposted(line: BankLine) -> bool:
    meaning = getattr(line, "meaning", None)
    return meaning is None or meaning.means == Means.UNPOSTED


def _post_or_wait(
    account: SupervisedAccount, custody: Account, one: tuple[BankLine, Means], *, by: Actor, at: datetime
) -> None:
    line = expecting.open_lines(account).get(pk=one[0].pk)  # as it was before the batch failed
    try:
        with transaction.atomic():
            _post_own(account, custody, [(line, one[1])], by=by, at=at)
    except DomainError as refusal:
        if getattr(line, "meaning", None) is None:
            waits = LineMeaning(line=line, means=Means.UNPOSTED, refusal=refusal.message[:300], settled_at=at)
            insert_all([waits])


def _post_own(
    account: SupervisedAccount,
    custody: Account,
    lines: Sequence[tuple[BankLine, Means]],
    *,
    by: Actor,
    at: datetime,
) -> None:
    asked = [_asked(account, custody, line, means, at) for line, means in lines]
    posted = post_batch(lines=asked, by=lent(account, by), at=at)
    new = []
    for (line, means), entry in zip(lines, posted, strict=True):
        meaning = getattr(line, "meaning", None)
        if meaning is None:
            new.append(LineMeaning(line=line, means=means, entry_id=entry.entry_id, settled_at=at))
            continue
        _take_back(line, meaning.entry, by=by, at=at)
        meaning.means, meaning.refusal, meaning.settled_at = means, "", at
        meaning.entry_id = entry.entry_id
        meaning.save()
    insert_all(new)


def _asked(account: SupervisedAccount, custody: Account, line: BankLine, means: Means, at: datetime) -> Line:
    unexplained = Kind.UNEXPLAINED_IN if line.fen > 0 else Kind.UNEXPLAINED_OUT
    kind = {Means.FEE: Kind.FEE, Means.INTEREST: Kind.INTEREST}.get(means, unexplained)
    return Line(
        kind=kind,
        amount_fen=abs(line.fen),
        happened_on=bookable(account, line.day, at),
        key=f"bankline:{line.pk}:{means}" if means in OWN else f"bankline:{line.pk}",
        source_kind=SOURCE,
        source_number=str(line.pk),
        account=custody,
    )
