"""What the proof of kills books: ``python -m tests.stack.booking fill | load LANE LOG | found LANE``.

``fill`` makes lanes that do not touch each other: payments and lessons that an officer will confirm through the web
server, and a bank's accounts whose files the worker will book. ``load`` hands in a file after another and tells of
lessons to which nobody objected, and writes into LOG what was committed. ``found`` says what the books hold.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from banking.models import BankLine, LineMeaning  # noqa: E402
from banking.notices import RECONCILE  # noqa: E402
from banking.operations.profiles import set_profile  # noqa: E402
from contracts.models import Contract, Payment  # noqa: E402
from contracts.operations.money import Paid, Taken, record_lesson, record_payment  # noqa: E402
from foundation.accounts.middleware import POST_KEY  # noqa: E402
from foundation.accounts.models import Post, User  # noqa: E402
from foundation.audit.models import Event  # noqa: E402
from foundation.core import clock, outbox  # noqa: E402
from foundation.core.actor import Actor  # noqa: E402
from foundation.core.models import OutboxMessage, OutboxState  # noqa: E402
from funds.models import Bank, SupervisedAccount  # noqa: E402
from institutions.models import Institution  # noqa: E402
from ledger.models import Entry  # noqa: E402
from payouts import events  # noqa: E402
from payouts.models import Consumption  # noqa: E402
from payouts.operations.books import confirm_deposit  # noqa: E402
from payouts.operations.lessons import note_reached, propose_lessons  # noqa: E402
from payouts.tasks import SILENCE  # noqa: E402
from tests.banking.bank_files import PROFILE, Moved, Truth, rows, text  # noqa: E402
from tests.banking.factories import hand_in  # noqa: E402
from tests.cast import acting, build_cast  # noqa: E402
from tests.contracts.factories import signed  # noqa: E402
from tests.funds.factories import opened, selected  # noqa: E402
from tests.institutions.factories import AT, institution  # noqa: E402

FIRST = AT.date() - timedelta(days=200)
PAYER, LESSONS = "李某", 30
#: Of a lane for the web server: contracts, and payments of each. Of one for the worker: accounts, payments in a file.
WEB = {"web": (8, 80), "hasty_web": (2, 60)}
WORKER = {"worker": (12, 5), "hasty_worker": (40, 20)}
BACKLOG = 12  # jobs that wait for the worker while it is loaded


def fill() -> dict:
    cast = build_cast()
    bank = selected(cast.leader)
    set_profile(
        bank=bank, by=cast.officer, at=AT, **PROFILE, fee_words=["手续费"], interest_words=["利息"], fee_most_fen=100
    )
    made = {"session": _session(cast.officer), "cookie": settings.SESSION_COOKIE_NAME}
    with transaction.atomic():
        for lane, (count, payments) in {**WEB, **WORKER}.items():
            home = [_school(cast.officer, bank, f"{lane}{number}") for number in range(count)]
            made[lane] = [fact for row in home for fact in _lane(cast.officer, row, lane, payments)]
    return made


def _session(officer: Actor) -> str:
    client = Client()
    client.force_login(User.objects.get(pk=officer.user_id))
    session = client.session
    session[POST_KEY] = officer.post_id
    session.save()
    return session.session_key


def _school(by: Actor, bank: Bank, number: str) -> Institution:
    row = institution(by)
    opened(row, by, bank=bank, on=FIRST)
    contract = signed(by, row, number, signed_on=FIRST)
    _pay(by, row, f"{number}-whole", contract.total_fen, contract.number)
    return row


def _pay(by: Actor, home: Institution, reference: str, fen: int, number: str) -> Payment:
    paid = Paid(payer=PAYER, amount_fen=fen, paid_on=FIRST, reference=reference, contract_no=number)
    return record_payment(institution=home, paid=paid, by=by, at=AT, checks=False)


def _lane(by: Actor, home: Institution, lane: str, payments: int) -> list[tuple[str, int]]:
    """What is to be pressed, with its key: the payments, and the lessons of a contract that is paid in full."""
    contract = Contract.objects.get(institution=home)
    confirm_deposit(payment=Payment.objects.get(institution=home), arrived_on=FIRST, by=by, at=AT)
    wanted = payments if lane in WEB else payments * (20 if lane == "worker" else 1)
    found = [_pay(by, home, f"{contract.number}-{each}", 100 + each, contract.number) for each in range(wanted)]
    if lane not in WEB:
        return []
    told = [_told(by, contract, number, at=clock.now()) for number in range(LESSONS - 2)]
    return [*(("payment", row.pk) for row in found), *(("lessons", row.pk) for row in told)]


def _told(by: Actor, contract: Contract, number: int, *, at) -> Consumption:
    held_on = FIRST + timedelta(days=number)
    record_lesson(contract=contract, taken=Taken(held_on=held_on), by=by, at=AT, checks=False)
    told = propose_lessons(contract=contract, up_to=held_on, by=by, at=at)
    return note_reached(consumption=told, by=by, at=at)


# -- load for the worker -----------------------------------------------------------------------------------------------
def load(lane: str, log: Path) -> dict:
    """A file after another until it is enough, as fast as the worker takes them; a line of the log is committed."""
    officer = acting(Post.objects.get(user__username="second-officer"))
    accounts, size = WORKER[lane]
    contracts = list(Contract.objects.filter(number__in=[f"{lane}{at}" for at in range(accounts)]).order_by("pk"))
    truths = {row.pk: _truth(row, size) for row in contracts}
    days = range(min(len(truth.days) for truth in truths.values()))
    with log.open("w", encoding="utf-8") as committed:
        for day, contract in ((day, contract) for day in days for contract in contracts):
            while waiting() > BACKLOG and not log.with_suffix(".over").exists():
                time.sleep(0.1)
            if log.with_suffix(".over").exists():
                break
            account = SupervisedAccount.objects.select_related("bank").get(institution=contract.institution_id)
            file = hand_in(account.bank, text(rows(truths[contract.pk], day, day + 1)), officer, at=clock.now())
            committed.write(f"file {file.pk} {file.state}\n")
            if lane == "worker" and day < LESSONS - 2:
                told = _told(officer, contract, day, at=AT)
                outbox.put(SILENCE, at=clock.now())
                committed.write(f"lessons {told.pk} told\n")
            committed.flush()
    return {}


def _truth(contract: Contract, size: int) -> Truth:
    """As many payments a day, and a fee, interest and something that nobody knows."""
    account = SupervisedAccount.objects.get(institution=contract.institution_id)
    waiting = Payment.objects.filter(contract=contract).exclude(reference__endswith="whole").order_by("pk")
    paid = [Moved(row.amount_fen, "网上缴费", PAYER, row.reference) for row in waiting]
    others = [Moved(-50, "手续费", ""), Moved(7, "利息", ""), Moved(999, "来账", "王某")]
    days = [paid[at : at + size] + others for at in range(0, len(paid), size)]
    return Truth(account.number, FIRST + timedelta(days=1), contract.total_fen, days)


# -- what is there -----------------------------------------------------------------------------------------------------
def waiting() -> int:
    """How many jobs the worker has still to do."""
    rows = OutboxMessage.objects.filter(kind__in=[RECONCILE, SILENCE])
    return rows.exclude(state__in=[OutboxState.DONE, OutboxState.DEAD]).count()


def found(lane: str) -> dict:
    """Keys of standing entries with how often each stands, and what was committed and is not in the books."""
    standing = Entry.objects.filter(reverses__isnull=True, reversals__isnull=True)
    keys = Counter(standing.values_list("key", flat=True))
    sources = Counter(standing.values_list("source_kind", "source_number"))
    told = Event.objects.filter(kind=events.DEPOSITED.code).values_list("subject_id", flat=True)
    home = Contract.objects.filter(number__startswith=lane).values("institution")
    lines = BankLine.objects.filter(account__institution__in=home)
    tied = LineMeaning.objects.filter(line__in=lines)
    attempts = Counter(OutboxMessage.objects.filter(kind__in=[RECONCILE, SILENCE]).values_list("state", "attempts"))
    return {
        "keys": list(keys),
        "doubled": [str(source) for source, times in sources.items() if times > 1],
        "told_twice": [subject for subject, times in Counter(told).items() if times > 1],
        "lines": lines.count(),
        "unbooked": lines.count() - tied.exclude(entry=None, payment=None).count(),
        "attempts": {f"{state} after {times}": count for (state, times), count in attempts.items()},
    }


if __name__ == "__main__":
    name, *words = sys.argv[1:]
    answer = {"fill": fill, "found": found}.get(name)
    result = answer(*words) if answer else load(words[0], Path(words[1]))
    sys.stdout.write(json.dumps(result))
