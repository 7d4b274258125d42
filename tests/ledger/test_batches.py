"""Many postings in one call: the same books as one by one, all or none, replays among them."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from foundation.core.errors import InvalidInput
from ledger.enums import OF_A_PURSE, Kind
from ledger.models import Account, DayTotal, Entry, Purse
from ledger.operations.posting import Line, post, post_batch
from tests.cast import NEIGHBOUR, OWN, Cast
from tests.institutions.factories import institution
from tests.ledger.factories import AT, line, posted, poster, purse, risk_account

pytestmark = pytest.mark.django_db


def books(*, without: tuple[str, ...] = ("id", "recorded_at")) -> list:
    """All that the ledger holds, ids of entries and instants of recording apart."""
    return [
        sorted(map(str, model.objects.values_list(*(f.attname for f in model._meta.fields if f.name not in without))))
        for model in (Account, Purse, Entry, DayTotal)
    ]


def mixed(cast: Cast, count: int) -> list[Line]:
    """Lines of all kinds over two institutions that never overdraw as a whole."""
    dice, rows = random.Random(7), [institution(cast.officer) for _ in range(2)]
    purses = [purse(dice.choice(rows), cast.officer) for _ in range(9)]
    banks = [*(held.custody for held in purses), *(risk_account(row, cast.officer) for row in rows)]
    lines = [line(Kind.DEPOSIT, 1_000_000, held) for held in purses]
    lines += [line(Kind.RISK_IN, 1_000_000, bank) for bank in banks if bank.kind == "risk_bank"]
    lines += [line(Kind.CONSUME, 300_000, held) for held in purses]
    for _ in range(count):
        kind = dice.choice([kind for kind in Kind if kind not in (Kind.RISK_IN, Kind.UNFREEZE, Kind.REPAY)])
        of_risk = kind == Kind.RISK_OUT
        about = dice.choice(purses if kind in OF_A_PURSE else [b for b in banks if (b.kind == "risk_bank") == of_risk])
        lines.append(line(kind, dice.randint(1, 900), about, reason=dice.choice(["", "课\t后\n\"'\\N"])))
    return lines


def test_a_batch_leaves_the_books_that_single_postings_leave(cast):
    lines = mixed(cast, 120)
    people = {"by": poster(cast.officer), "at": AT, "checker": cast.leader}
    empty = books()
    before = transaction.savepoint()
    for one in lines:
        post(line=one, **people)
    singly = books()
    transaction.savepoint_rollback(before)
    assert books() == empty
    answers = post_batch(lines=lines, **people)
    assert books() == singly
    keys = dict(Entry.objects.values_list("pk", "key"))
    assert [keys[answer.entry_id] for answer in answers] == [one.key for one in lines]
    assert not any(answer.replayed for answer in answers)


def test_a_batch_again_posts_only_what_is_new(cast):
    lines = mixed(cast, 40)
    people = {"by": poster(cast.officer), "at": AT, "checker": cast.leader}
    first = post_batch(lines=lines[:30], **people)
    stands = books()
    again = post_batch(lines=lines[:30], **people)
    assert [(a.entry_id, a.replayed) for a in again] == [(a.entry_id, True) for a in first]
    assert books() == stands
    shuffled = random.Random(3).sample(lines, len(lines))
    answers = post_batch(lines=shuffled, **people)
    assert [a.replayed for a in answers] == [one in lines[:30] for one in shuffled]
    assert Entry.objects.count() == len(lines)


def test_one_bad_line_and_nothing_is_posted(cast):
    lines = mixed(cast, 20)
    stranger = purse(institution(cast.neighbour, county=NEIGHBOUR), cast.neighbour)
    people = {"by": poster(cast.officer), "at": AT, "checker": cast.leader}
    stands = books()
    bad = {
        "第5笔：": replace(lines[4], amount_fen=10_000_001, kind=Kind.CONSUME),
        "不能为这家机构记账": line(Kind.DEPOSIT, 5, stranger),
        "重复的幂等键": lines[0],
    }
    for words, one in bad.items():
        with pytest.raises(Exception, match=words):
            post_batch(lines=[*lines[:4], one, *lines[5:]], **people)
        assert books() == stands
    assert post_batch(lines=[], **people) == []


def test_a_bank_account_must_suffice_for_all_lines_together(cast):
    held = purse(institution(cast.officer), cast.officer)
    posted(Kind.DEPOSIT, 1_000, held, by=cast.officer, checker=cast.leader)
    two = [line(Kind.FEE, 600, held.custody), line(Kind.FEE, 600, held.custody)]
    with pytest.raises(InvalidInput, match=r"银行账户余额10\.00元"):
        post_batch(lines=two, by=poster(cast.officer), at=AT)
    post_batch(lines=[*two, line(Kind.INTEREST, 200, held.custody)], by=poster(cast.officer), at=AT)
    assert Account.objects.get(pk=held.custody_id).at_bank_fen == 0


def test_a_thousand_lines_are_one_statement(cast):
    held = purse(institution(cast.officer), cast.officer)
    lines = [line(Kind.DEPOSIT, number, held) for number in range(1, 1_001)]
    with CaptureQueriesContext(connection) as asked:
        post_batch(lines=lines, by=poster(cast.officer), at=AT)
    assert len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]) == 1
    held.refresh_from_db()
    assert held.deposited_fen == 500_500
    assert DayTotal.objects.get().entries == 1_000
    assert Purse.objects.get(jurisdiction__code=OWN) == held
