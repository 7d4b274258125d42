"""Every day: files that no row names go, accounts are reconciled, months stated."""

from __future__ import annotations

from datetime import time, timedelta

from foundation.core import clock, outbox, private_files, schedule
from foundation.core.actor import Actor, job
from funds.models import SupervisedAccount

from . import notices, queries, rules
from .intake import FOLDER
from .models import BankFile
from .operations.months import make_statement
from .operations.reconciling import reconcile_account

SWEEP = "banking.sweep_files"
NIGHTLY = "banking.reconcile_all"
STATE = "banking.state_months"
#: By then banks have handed in the last days of the month before.
STATED_FROM = 5

schedule.periodic(NIGHTLY, schedule.Daily(at=time(4, 10)))
schedule.periodic(STATE, schedule.Daily(at=time(5, 20)))
schedule.periodic(SWEEP, schedule.Daily(at=time(3, 50)))


@outbox.handles(SWEEP)
def sweep(message) -> None:
    """Files whose row never came to be: a process died between the file and its row."""
    private_files.sweep(FOLDER, named_by=BankFile, at=clock.now())


def reconciler(account: SupervisedAccount) -> Actor:
    """The job, for this account alone: it settles what was agreed by people, and agrees to nothing itself."""
    return job("银行对账", rules.RECONCILE, scope=frozenset({account.institution.jurisdiction_id}))


@outbox.handles(notices.RECONCILE)
def reconcile_one(message) -> None:
    """After a file was accepted; a second run finds nothing more to do."""
    account = SupervisedAccount.objects.select_related("institution").get(pk=message.payload["account"])
    reconcile_account(account=account, by=reconciler(account), at=clock.now())


@outbox.handles(NIGHTLY)
def reconcile_all(message) -> None:
    """Every night each account of which a bank has spoken, by a promise of its own: one that fails stops no other."""
    accounts = SupervisedAccount.objects.filter(accountday__isnull=False).distinct().order_by("pk")
    slot = f"{clock.today():%Y-%m-%d}"
    for pk in accounts.values_list("pk", flat=True):
        outbox.put(notices.RECONCILE, at=clock.now(), key=f"{NIGHTLY}:{slot}:{pk}", account=pk)


@outbox.handles(STATE)
def state_months(message) -> None:
    """From the fifth on, the month before and any that was missed, each once; a second run finds nothing to do."""
    at = clock.now()
    today = clock.local_date(at)
    over = today.replace(day=1) - timedelta(days=1)
    if today.day < STATED_FROM:
        over = over.replace(day=1) - timedelta(days=1)
    for account, months in queries.months_to_state(up_to=over.replace(day=1)):
        by = job("月结单", rules.STATE_MONTH, scope=frozenset({account.institution.jurisdiction_id}))
        for month in months:
            make_statement(account=account, month=month, by=by, at=at)
