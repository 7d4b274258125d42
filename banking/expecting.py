"""What an account waits for: payments that should arrive, releases and refunds that should leave."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from contracts.models import Payment
from contracts.people import name_blind
from foundation.core.clock import local_date
from funds.models import SupervisedAccount
from ledger.enums import AccountKind
from ledger.models import Account
from payouts.enums import RefundState, ReleaseState
from payouts.models import Refund, Release

from .enums import OPEN_MEANINGS, Means
from .matching import Expected, Said, Words
from .models import BankLine, BankProfile

#: How the ledger names special accounts; then comes their id.
CUSTODY = "account:"
AGREED_RELEASES = (ReleaseState.APPROVED, ReleaseState.PAID)
AGREED_REFUNDS = (RefundState.APPROVED, RefundState.PAID)
#: What stands on the order to the bank, and so in the line's memo.
RELEASE_ORDER, REFUND_ORDER = "HB{}", "TF{}"


def custody_number(account: SupervisedAccount) -> str:
    """The account as the ledger knows it (``payouts.operations.books``)."""
    return f"{CUSTODY}{account.pk}"


def custody_of(account: SupervisedAccount) -> Account | None:
    """The account in the books; None while the ledger does not know it."""
    known = {"institution": account.institution_id, "kind": AccountKind.CUSTODY, "number": custody_number(account)}
    return Account.objects.filter(**known).first()


def open_lines(account: SupervisedAccount) -> QuerySet[BankLine]:
    """Lines that nobody understands yet, in the order of the days."""
    waiting = Q(meaning__isnull=True) | Q(meaning__means__in=OPEN_MEANINGS)
    return (
        BankLine.objects.filter(waiting, account=account).select_related("meaning__entry").order_by("day", "identity")
    )


def said_by(line: BankLine) -> Said:
    return Said(line.fen, line.day, line.serial, line.memo, name_blind(line.name) if line.name else "")


def words_of(account: SupervisedAccount) -> Words:
    profile = BankProfile.objects.filter(bank=account.bank_id).first()
    if profile is None:
        return Words()
    return Words(frozenset(profile.fee_words), frozenset(profile.interest_words), profile.fee_most_fen)


def expected_of(account: SupervisedAccount) -> list[Expected]:
    """Everything without a line that this account waits for; each is of this account's purses alone."""
    return [*_payments(account), *_releases(account), *_refunds(account)]


def _payments(account: SupervisedAccount) -> list[Expected]:
    here = Q(contract__money__isnull=True) | Q(contract__money__purse__custody__number=custody_number(account))
    rows = Payment.objects.filter(
        here,
        institution=account.institution_id,
        contract__isnull=False,
        voided_at__isnull=True,
        bank_line__isnull=True,
        account_tail__in=("", account.number_tail),
    )
    return [
        Expected(
            Means.DEPOSIT,
            row.pk,
            row.amount_fen,
            row.paid_on,
            frozenset({row.reference}),
            row.name_blind,
            row.contract_id,
        )
        for row in rows.only("pk", "amount_fen", "paid_on", "reference", "name_blind", "contract_id")
    ]


def _releases(account: SupervisedAccount) -> list[Expected]:
    rows = Release.objects.filter(account=account, state__in=AGREED_RELEASES, bank_line__isnull=True)
    payee = name_blind(account.institution.name)
    return [
        Expected(
            Means.RELEASE,
            row.pk,
            -row.amount_fen,
            local_date(row.decided_at),
            frozenset({RELEASE_ORDER.format(row.pk), row.bank_reference} - {""}),
            payee,
            row.pk,
        )
        for row in rows
    ]


def _refunds(account: SupervisedAccount) -> list[Expected]:
    rows = Refund.objects.filter(
        contract__money__purse__custody__number=custody_number(account),
        contract__institution=account.institution_id,
        state__in=AGREED_REFUNDS,
        bank_line__isnull=True,
    ).select_related("contract__consent__party")
    return [
        Expected(
            Means.REFUND,
            row.pk,
            -row.agreed_fen,
            local_date(row.approved_at),
            frozenset({REFUND_ORDER.format(row.pk), row.bank_reference} - {""}),
            _guardian(row),
            row.contract_id,
        )
        for row in rows
    ]


def _guardian(row: Refund) -> str:
    consent = getattr(row.contract, "consent", None)
    party = getattr(consent, "party", None)
    return party.guardian_blind if party else ""
