"""Booking on an account, for operations whose own rule has decided; they lend the right to post."""

from __future__ import annotations

from datetime import date, datetime

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.locking import lock
from funds.models import SupervisedAccount
from ledger.models import Account, ClosedDay
from ledger.operations.opening import open_account
from payouts.moving import hold_accounts

from .expecting import custody_number


def held(account: SupervisedAccount) -> SupervisedAccount:
    """The account as it is now, locked together with the others of its institution, as by everybody who posts."""
    hold_accounts([account.institution_id])
    return lock(SupervisedAccount, account.pk)


def custody_of(account: SupervisedAccount, *, by: Actor, at: datetime) -> Account:
    """The account in the books; opened with its first line."""
    number = custody_number(account)
    return open_account(institution=account.institution, number=number, by=lent(account, by), at=at)


def lent(account: SupervisedAccount, by: Actor) -> Actor:
    """The actor with the right to post, which the calling operation's rule has granted."""
    return by.allowed(Can.POST_LEDGER, scope=frozenset({account.institution.jurisdiction_id}))


def bookable(account: SupervisedAccount, day: date, at: datetime) -> date:
    """The day, or today when the books of that day are closed."""
    closed = ClosedDay.objects.filter(jurisdiction=account.institution.jurisdiction_id, day__gte=day)
    return local_date(at) if closed.exists() else day
