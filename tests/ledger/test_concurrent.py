"""Processes at once drift by no fen; the naive way of the same overspends. Copies of one request post once.

At full size (``script/prove concurrent``) 8 processes, 100,000 operations, 1,000 keys x 16; here 4, 1,200, 20 x 8.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context

import pytest
from django.db import connection, connections

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.errors import DomainError
from foundation.regions.models import Jurisdiction
from ledger import invariants
from ledger.enums import OF_A_PURSE, Kind
from ledger.models import Account, DayTotal, Entry, Purse
from ledger.operations.opening import close_day
from ledger.operations.posting import Line, post, post_batch
from tests import databases
from tests.cast import OWN, Cast, build_cast
from tests.institutions.factories import institution
from tests.ledger.factories import AT, DAY, line, poster, purse
from tests.racing import together

pytestmark = pytest.mark.prove
FULL = os.environ.get("PROVE_FULL") == "1"
PROCESSES, OPERATIONS = (8, 100_000) if FULL else (4, 1_200)
KEYS, COPIES = (1_000, 16) if FULL else (20, 8)
DRAWS, ROOM = (1_200, 600) if FULL else (120, 60)


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    """A database for all tests of this file, where commits are real; each test has institutions of its own."""
    with django_db_blocker.unblock():
        name = databases.clone(databases.template(), "commit")
        with databases.pointed_at(name):
            yield build_cast()
        databases.drop(name)


def purses_of(cast: Cast, count: int) -> list[Purse]:
    rows = [institution(cast.officer) for _ in range(2)]
    return [purse(rows[number % 2], cast.officer) for number in range(count)]


def one_line(dice: random.Random, purses: list[Purse], key: str) -> Line:
    """Mostly what fits; a fifth of single lines does not."""
    held = dice.choice(purses)
    kind = dice.choice([*OF_A_PURSE, Kind.DEPOSIT, Kind.CONSUME, Kind.FEE, Kind.INTEREST])
    return line(kind, dice.randint(1, 40) * (4 if kind == Kind.DEPOSIT else 1), held_or_bank(held, kind), key=key)


def held_or_bank(held: Purse, kind: Kind) -> Purse | Account:
    return held if kind in OF_A_PURSE else held.custody


def hammer(number: int) -> Counter[str]:
    """One process: single postings, and batches of deposits and bank items, as fast as they go."""
    dice, counted, done = random.Random(number), Counter[str](), 0
    purses = list(Purse.objects.select_related("custody").order_by("-pk")[:6])
    scope = frozenset(held.jurisdiction_id for held in purses)
    by = Actor(number + 1, f"经办{number}", capabilities=frozenset({Can.POST_LEDGER}), scope=scope)
    people = {"by": by, "at": AT, "checker": Actor(999, "复核")}
    while sum(counted.values()) < OPERATIONS // PROCESSES:
        size = dice.choice([1, 1, 1, 1, 20])
        lines = [one_line(dice, purses, f"h{number}:{done + place}") for place in range(size)]
        lines = lines if size == 1 else [one for one in lines if one.kind in (Kind.DEPOSIT, Kind.INTEREST)]
        done += size
        if not lines:
            continue
        try:
            posted = [post(line=lines[0], **people)] if size == 1 else post_batch(lines=lines, **people)
            counted["posted"] += len(posted)
        except DomainError as refused:
            counted[refused.code] += len(lines)
    connections.close_all()
    return counted


def test_processes_at_once_drift_by_no_fen(cast):
    before = set(Entry.objects.values_list("pk", flat=True))
    purses_of(cast, 6)
    name = connection.settings_dict["NAME"]
    # Not forked: this process has threads (browsers, servers of other tests), and a fork may find their locks held.
    with get_context("spawn").Pool(PROCESSES, databases.begin_at, [name]) as pool:
        counted = sum(pool.map(hammer, range(PROCESSES), chunksize=1), Counter[str]())
    sys.stdout.write(f"{PROCESSES} processes, {OPERATIONS} operations: {dict(counted)}\n")
    assert invariants.broken() == []
    assert set(counted) <= {"posted", "ledger_overdrawn", "ledger_short"}
    assert Entry.objects.count() - len(before) == counted["posted"] > OPERATIONS / 4


def at_once(act, count: int) -> list[str]:
    """The act from as many threads, so many times in all: what it was answered, or refused with."""

    def once(number: int) -> str:
        try:
            return act(number)
        except DomainError as refused:
            return refused.code

    def work(first: int) -> list[str]:
        try:
            return [once(number) for number in range(first, count, PROCESSES)]
        finally:
            connection.close()

    with ThreadPoolExecutor(PROCESSES) as pool:
        return [answer for part in pool.map(work, range(PROCESSES)) for answer in part]


def consumed(cast: Cast, amount: int) -> Purse:
    [held] = purses_of(cast, 1)
    for kind in (Kind.DEPOSIT, Kind.CONSUME):
        post(line=line(kind, amount, held), by=poster(cast.officer), at=AT)
    return held


def test_more_releases_than_there_is_money_for_are_refused_to_the_fen(cast):
    held = consumed(cast, ROOM)
    people = {"by": poster(cast.officer), "at": AT, "checker": cast.leader}
    answers = Counter(at_once(lambda _: "posted" if post(line=line(Kind.RELEASE, 1, held), **people) else "", DRAWS))
    assert answers == {"posted": ROOM, "ledger_overdrawn": DRAWS - ROOM}
    held.refresh_from_db()
    assert (held.released_fen, held.custody.__class__.objects.get(pk=held.custody_id).at_bank_fen) == (ROOM, 0)
    assert invariants.broken() == []


def test_control_read_then_write_overspends(cast):
    """What ``ledger_post`` is for: the same race, read in Python and written back, pays more than there is."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE naive (id int PRIMARY KEY, left_fen bigint)")
        cursor.execute("CREATE TABLE naive_paid (fen bigint)")
        cursor.execute("INSERT INTO naive VALUES (1, %s)", [ROOM])
        cursor.execute("GRANT ALL ON naive, naive_paid TO PUBLIC")

    def naive(_: int) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT left_fen FROM naive")
            [left] = cursor.fetchone()
            if left < 1:
                return "refused"
            cursor.execute("UPDATE naive SET left_fen = %s", [left - 1])
            cursor.execute("INSERT INTO naive_paid VALUES (1)")
            return "posted"

    at_once(naive, DRAWS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(fen), (SELECT left_fen FROM naive) FROM naive_paid")
        paid, left = cursor.fetchone()
    sys.stdout.write(f"naive: paid {paid} of {ROOM}, still says {left}\n")
    assert paid + left > ROOM


def test_copies_of_a_request_post_once_and_get_the_same_answer(cast):
    held = purses_of(cast, 4)
    requests = [line(Kind.DEPOSIT, 100 + number, held[number % 4]) for number in range(KEYS)]
    answers: list[tuple[int, int, bool]] = []

    def send(number: int) -> str:
        answer = post(line=requests[number // COPIES], by=poster(cast.officer), at=AT)
        answers.append((number // COPIES, answer.entry_id, answer.replayed))
        return "replayed" if answer.replayed else "posted"

    counted = Counter(at_once(send, KEYS * COPIES))
    assert counted == {"posted": KEYS, "replayed": KEYS * (COPIES - 1)}
    assert (
        len({(number, entry) for number, entry, _ in answers}) == KEYS == Entry.objects.filter(purse__in=held).count()
    )
    assert invariants.broken() == []


def test_the_same_key_for_two_purses_at_once_posts_one(cast):
    held = purses_of(cast, 2)
    one, other = (line(Kind.DEPOSIT, 100, each, key="same") for each in held)
    answers = together(
        lambda: post(line=one, by=poster(cast.officer), at=AT), lambda: post(line=other, by=poster(cast.officer), at=AT)
    )
    assert len(answers) == 2
    assert sum(isinstance(answer, str) for answer in answers) == 1
    assert invariants.broken() == []


def test_nothing_slips_into_a_day_while_it_is_closed(cast):
    held = purses_of(cast, 2)
    place = Jurisdiction.objects.get(code=OWN)
    yesterday, seen = DAY - timedelta(days=1), []

    def act(number: int) -> str:
        if number == 20:
            close_day(jurisdiction=place, day=yesterday, by=poster(cast.officer), at=AT)
            seen.append(Entry.objects.filter(purse__in=held).count())
            return "closed"
        post(line=line(Kind.DEPOSIT, 5, held[number % 2], happened_on=yesterday), by=poster(cast.officer), at=AT)
        return "posted"

    counted = Counter(at_once(act, 60))
    assert set(counted) <= {"posted", "closed", "ledger_closed"}
    assert counted["closed"] == 1
    totals = DayTotal.objects.filter(institution__in=[each.institution_id for each in held])
    assert [counted["posted"]] == seen == [Entry.objects.filter(purse__in=held).count()]
    assert counted["posted"] == sum(totals.values_list("entries", flat=True))
    assert invariants.broken() == []
