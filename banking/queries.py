"""Reading bank files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Max, Min, OuterRef, QuerySet, Subquery

from foundation.accounts.enums import Can
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.deadlines.calendars import WorkingCalendar, add_months
from funds.models import Bank, SupervisedAccount
from ledger.enums import AccountKind
from ledger.models import Account, DayTotal

from .enums import CheckState, DifferenceState
from .expecting import CUSTODY
from .models import AccountDay, DayCheck, Difference, MonthStatement
from .rules import can_hand_in_some

#: R12 of the design: a bank's file may be so many working days late before somebody is told.
MISSING_AFTER = 3


def banks_to_hand_in(actor: Actor) -> QuerySet[Bank]:
    """Banks with a layout whose files this actor may hand in, by ``rules.can_hand_in``; for pickers."""
    written = Bank.objects.filter(profile__isnull=False).order_by("name")
    if actor.can(Can.BANK_DESK):
        return written.filter(organ_id=actor.organ_id) if actor.organ_id else written.none()
    return written.filter(jurisdiction_id__in=actor.scope) if can_hand_in_some(actor) else written.none()


def balance_on(account: SupervisedAccount, *, on: date) -> AccountDay | None:
    """What the bank last said that the account had at the end of that day or before."""
    return AccountDay.objects.filter(account=account, day__lte=on).order_by("-day").first()


def behind(bank: Bank, *, on: date, along: WorkingCalendar) -> tuple[date, int] | None:
    """R12: since when files of the bank are missing and for how many accounts, if it is ``MISSING_AFTER`` working days.

    Asked of every account that is open today: what the bank last spoke of, else the day on which it was opened.
    """
    known = AccountDay.objects.filter(account=OuterRef("pk")).order_by("-day").values("day")[:1]
    accounts = SupervisedAccount.objects.active(on).filter(bank=bank).annotate(known_to=Subquery(known))
    asked = (row.known_to or row.opened_on for row in accounts.order_by("pk"))
    days = [last for last in asked if along.working_days_between(last, on).value > MISSING_AFTER]
    return (min(days), len(days)) if days else None


def open_differences(actor: Actor) -> QuerySet[Difference]:
    """Differences that stop releases until they are explained."""
    return Difference.objects.visible_to(actor).filter(state=DifferenceState.OPEN, blocks=True)


def late_differences(actor: Actor) -> QuerySet[Difference]:
    """Those whose last day is over; releases that the bank has not paid in time are among them."""
    return Difference.objects.visible_to(actor).filter(state=DifferenceState.OPEN, due_on__lt=clock.today())


def days_to_sign(actor: Actor) -> QuerySet[DayCheck]:
    """Days on which bank and books are even, or differ by what is explained, that nobody signed; never the own ones."""
    rows = DayCheck.objects.visible_to(actor).filter(state=CheckState.OPEN, waiting=0)
    return rows.filter(bank_fen=F("books_fen") + F("listed_fen")).exclude(prepared_by=actor.user_id)


def uneven_days(actor: Actor) -> QuerySet[DayCheck]:
    """Days with something that nobody explained yet."""
    rows = DayCheck.objects.visible_to(actor).filter(state=CheckState.OPEN)
    return rows.exclude(waiting=0, bank_fen=F("books_fen") + F("listed_fen"))


def differences_of(actor: Actor, *, first: date, last: date) -> QuerySet[Difference]:
    """Differences between bank and books that began in a period."""
    return Difference.objects.visible_to(actor).filter(day__range=(first, last))


def open_ones(rows: QuerySet[Difference]) -> QuerySet[Difference]:
    """Those that nobody has explained or matched yet."""
    return rows.filter(state=DifferenceState.OPEN)


def months_to_state(*, up_to: date) -> Iterator[tuple[SupervisedAccount, list[date]]]:
    """Accounts with the first days of the months that have no statement yet: from the first movement up to a month."""
    custody = Account.objects.filter(kind=AccountKind.CUSTODY, number__startswith=CUSTODY)
    numbers = dict(custody.values_list("number", "pk"))
    moved = _first_days(list(numbers.values()))
    first = {int(number.removeprefix(CUSTODY)): moved[pk] for number, pk in numbers.items() if pk in moved}
    made = dict(MonthStatement.objects.values_list("account").annotate(last=Max("month")).order_by())
    for account in SupervisedAccount.objects.filter(pk__in=first).select_related("institution").order_by("pk"):
        month = add_months(made[account.pk], 1) if account.pk in made else first[account.pk].replace(day=1)
        months = []
        while month <= up_to:
            months.append(month)
            month = add_months(month, 1)
        if months:
            yield account, months


def _first_days(accounts: list[int]) -> dict[int, date]:
    """On which day something first moved on each of these accounts of the ledger."""
    found: dict[int, date] = {}
    for side in ("debit_account", "credit_account"):
        rows = DayTotal.objects.filter(**{f"{side}__in": accounts}).values_list(side)
        for pk, day in rows.annotate(first=Min("day")).order_by():
            found[pk] = min(day, found.get(pk, day))
    return found
