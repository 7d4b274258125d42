"""Statements of a month, for each special account in the books."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import BigIntegerField, Case, F, Q, Sum, When
from django.db.models.functions import Coalesce

from banking import events, rules
from banking.expecting import custody_of
from banking.models import MonthStatement
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert
from foundation.core.errors import Conflict
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.deadlines.calendars import add_months
from funds.models import SupervisedAccount
from ledger.enums import Kind
from ledger.models import Account, Entry
from ledger.queries import account_balance

ONE_DAY = timedelta(days=1)


@operation
def make_statement(*, account: SupervisedAccount, month: date, by: Actor, at: datetime) -> MonthStatement:
    """The statement of a month that is over, as the books say now; the one that is there stays as it was made.

    Raises NotAllowed, Conflict (the month is not over, the books do not know the account).
    """
    row = lock(SupervisedAccount, account.pk)
    authorize(by, rules.can_make_statement, row)
    first = month.replace(day=1)
    last = add_months(first, 1) - ONE_DAY
    there = MonthStatement.objects.filter(account=row, month=first).first()
    if there is not None:
        return there
    custody = custody_of(row)
    if last >= local_date(at) or custody is None:
        raise Conflict("这个月还没有结束，或账簿里没有这个账户。", code="no_statement")
    opening = account_balance(custody, on=first - ONE_DAY)
    before = MonthStatement.objects.filter(account=row, month__lt=first).order_by("-month").first()
    made = insert(
        MonthStatement(
            account=row,
            month=first,
            opening_fen=opening,
            closing_fen=account_balance(custody, on=last),
            frozen_fen=_frozen(custody, on=last),
            carried_fen=opening - before.closing_fen if before is not None else 0,
            made_at=at,
            **_moved(custody, first, last),
        )
    )
    changes = {name: [None, getattr(made, name)] for name in ("month", "opening_fen", "closing_fen")}
    record(events.STATEMENT_MADE, subject=made, by=by, at=at, changes=changes)
    return made


def _moved(custody: Account, first: date, last: date) -> dict[str, int]:
    """What came (plus) and went (minus) on the account by kind; a reversal moves the other way by itself."""
    rows = Entry.objects.filter(Q(debit_account=custody.pk) | Q(credit_account=custody.pk))
    side = Case(When(debit_account=custody.pk, then=F("amount_fen")), default=-F("amount_fen"))
    sums = rows.filter(happened_on__range=(first, last)).order_by().values_list("kind")
    net = dict(sums.annotate(net=Sum(side, output_field=BigIntegerField())))
    deposited, released, repaid = (net.pop(kind, 0) for kind in (Kind.DEPOSIT, Kind.RELEASE, Kind.REPAY))
    return {
        "deposited_fen": deposited,
        "released_fen": -released,
        "repaid_fen": -repaid,
        "other_fen": sum(net.values()),
    }


def _frozen(custody: Account, *, on: date) -> int:
    """What of the contracts whose money lies there was frozen at the end of a day."""
    rows = Entry.objects.filter(purse__custody=custody.pk, happened_on__lte=on)
    signed = Case(
        When(kind=Kind.FREEZE, reverses__isnull=True, then=F("amount_fen")),
        When(kind=Kind.UNFREEZE, reverses__isnull=False, then=F("amount_fen")),
        default=-F("amount_fen"),
    )
    held = rows.filter(kind__in=(Kind.FREEZE, Kind.UNFREEZE))
    return held.aggregate(fen=Coalesce(Sum(signed, output_field=BigIntegerField()), 0))["fen"]
