"""One posting: what it writes, what it answers a second time, what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from foundation.core.actor import Actor
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.regions.models import Jurisdiction
from institutions.models import Institution
from ledger.enums import AccountKind, Kind
from ledger.models import Account, DayTotal, Entry, Purse
from ledger.operations.opening import close_day, open_purse
from ledger.operations.posting import post, post_batch, reverse_entry
from ledger.queries import account_balance
from tests.cast import NEIGHBOUR, OWN, Cast
from tests.institutions.factories import institution
from tests.ledger.factories import AT, DAY, custody, line, posted, poster, purse, risk_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast: Cast) -> Institution:
    return institution(cast.officer)


def figures(held: Purse) -> tuple[int, ...]:
    held.refresh_from_db()
    return (
        held.deposited_fen, held.consumed_fen, held.released_fen,
        held.refunded_fen, held.repaid_fen, held.frozen_fen,
    )  # fmt: skip


def balances(row: Institution) -> dict[str, int]:
    return {a.kind: fen for a in Account.objects.filter(institution=row) if (fen := account_balance(a))}


#: kind, amount, the purse's figures and the accounts' balances afterwards; one after another on one purse
LIFE = [
    (Kind.DEPOSIT, 100_000, (100_000, 0, 0, 0, 0, 0), {"custody": 100_000, "prepaid": -100_000}),
    (
        Kind.CONSUME, 30_000, (100_000, 30_000, 0, 0, 0, 0),
        {"custody": 100_000, "prepaid": -70_000, "payable": -30_000},
    ),
    (
        Kind.RELEASE, 10_000, (100_000, 30_000, 10_000, 0, 0, 0),
        {"custody": 90_000, "prepaid": -70_000, "payable": -20_000},
    ),
    (
        Kind.FREEZE, 5_000, (100_000, 30_000, 10_000, 0, 0, 5_000),
        {"custody": 90_000, "prepaid": -70_000, "payable": -20_000, "holds": 5_000, "held": -5_000},
    ),
    (
        Kind.UNFREEZE, 5_000, (100_000, 30_000, 10_000, 0, 0, 0),
        {"custody": 90_000, "prepaid": -70_000, "payable": -20_000},
    ),
    (
        Kind.REFUND, 70_000, (100_000, 30_000, 10_000, 70_000, 0, 0),
        {"custody": 90_000, "refunds": -70_000, "payable": -20_000},
    ),
    (
        Kind.REPAY, 70_000, (100_000, 30_000, 10_000, 70_000, 70_000, 0),
        {"custody": 20_000, "payable": -20_000},
    ),
    (Kind.RELEASE, 20_000, (100_000, 30_000, 30_000, 70_000, 70_000, 0), {}),
]  # fmt: skip


def test_the_life_of_one_contracts_money(cast, row):
    held = purse(row, cast.officer)
    for kind, amount, stands, accounts in LIFE:
        posted(kind, amount, held, by=cast.officer, checker=cast.leader)
        assert (figures(held), balances(row)) == (stands, accounts), kind
    totals = {t.kind: (t.entries, t.amount_fen) for t in DayTotal.objects.filter(institution=row, day=DAY)}
    assert totals[Kind.RELEASE] == (2, 30_000)
    assert len(totals) == 7


#: kind, where, and what the accounts come to; each on its own bank account with 1,000.00 yuan on it
OF_THE_BANK = [
    (Kind.FEE, {"custody": 99_000, "bank_items": 1_000}),
    (Kind.INTEREST, {"custody": 101_000, "bank_items": -1_000}),
    (Kind.UNEXPLAINED_IN, {"custody": 101_000, "suspense": -1_000}),
    (Kind.UNEXPLAINED_OUT, {"custody": 99_000, "suspense": 1_000}),
    (Kind.MOVE_OUT, {"custody": 99_000, "transit": 1_000}),
    (Kind.MOVE_IN, {"custody": 101_000, "transit": -1_000}),
]


@pytest.mark.parametrize(("kind", "accounts"), OF_THE_BANK)
def test_what_the_bank_does_by_itself(cast, row, kind, accounts):
    held = purse(row, cast.officer)
    posted(Kind.DEPOSIT, 100_000, held, by=cast.officer, checker=cast.leader)
    posted(kind, 1_000, held.custody, by=cast.officer, checker=cast.leader)
    assert balances(row) == {"prepaid": -100_000, **accounts}


def test_the_risk_deposit_lies_on_an_account_of_its_own(cast, row):
    bank = risk_account(row, cast.officer)
    posted(Kind.RISK_IN, 50_000, bank, by=cast.officer, checker=cast.leader)
    posted(Kind.RISK_OUT, 20_000, bank, by=cast.officer, checker=cast.leader)
    assert balances(row) == {"risk_bank": 30_000, "risk": -30_000}
    with pytest.raises(InvalidInput, match=r"银行账户余额300\.00元，不足300\.01元"):
        posted(Kind.RISK_OUT, 30_001, bank, by=cast.officer, checker=cast.leader)
    with pytest.raises(InvalidInput, match="没有这一合同资金或银行账户"):
        posted(Kind.FEE, 100, bank, by=cast.officer, checker=cast.leader)


def test_an_entry_carries_who_when_why_and_on_what(cast, row):
    held = purse(row, cast.officer)
    posted(Kind.DEPOSIT, 500, held, by=cast.officer, checker=cast.leader)
    answer = posted(
        Kind.REFUND, 200, held, by=cast.officer, checker=cast.leader, reason="搬家", source_number='TF-"1"\\\''
    )
    entry = Entry.objects.get(pk=answer.entry_id)
    assert (entry.by_id, entry.by_name) == (cast.officer.user_id, cast.officer.name)
    assert (entry.checker_id, entry.checker_name) == (cast.leader.user_id, cast.leader.name)
    assert (entry.at, entry.happened_on, entry.reason, entry.source_number) == (AT, DAY, "搬家", 'TF-"1"\\\'')
    assert (entry.institution_id, entry.jurisdiction_id) == (row.pk, row.jurisdiction_id)
    assert entry.recorded_at > AT


def test_the_same_key_and_request_give_the_same_answer(cast, row):
    held = purse(row, cast.officer)
    first = line(Kind.DEPOSIT, 700, held)
    one = post(line=first, by=poster(cast.officer), at=AT)
    two = post(line=first, by=poster(cast.leader), at=AT + timedelta(days=1))
    assert (two.entry_id, one.replayed, two.replayed) == (one.entry_id, False, True)
    assert figures(held)[0] == 700
    assert Entry.objects.filter(purse=held).count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"amount_fen": 701}, {"kind": Kind.FREEZE}, {"happened_on": DAY - timedelta(days=1)}, {"reason": "另有"},
        {"source_kind": "test.other"}, {"source_number": "PJ-X"},
    ],
)  # fmt: skip
def test_the_same_key_with_another_request_is_refused(cast, row, other):
    held = purse(row, cast.officer)
    first = line(Kind.DEPOSIT, 700, held)
    post(line=first, by=poster(cast.officer), at=AT)
    for again in (lambda changed: post(line=changed, by=poster(cast.officer), at=AT),
                  lambda changed: post_batch(lines=[changed], by=poster(cast.officer), at=AT)):  # fmt: skip
        with pytest.raises(Conflict, match="幂等键"):
            again(replace(first, **other))
    assert figures(held) == (700, 0, 0, 0, 0, 0)


def test_a_key_of_another_purse_is_refused(cast, row):
    held, other = purse(row, cast.officer), purse(row, cast.officer)
    first = line(Kind.DEPOSIT, 700, held)
    post(line=first, by=poster(cast.officer), at=AT)
    with pytest.raises(Conflict, match="幂等键"):
        post(line=replace(first, purse=other), by=poster(cast.officer), at=AT)


#: kind, amount, what the sentence says; on a purse of 1,000.00 deposited, 300.00 consumed, 100.00 released,
#: 200.00 refunded (50.00 repaid) and 400.00 frozen
TOO_MUCH = [
    (Kind.CONSUME, 50_001, "消课确认最多500.00元，不能办理500.01元"),
    (Kind.RELEASE, 20_001, "核拨最多200.00元，不能办理200.01元"),
    (Kind.REFUND, 30_001, "退费核定最多300.00元"),
    (Kind.REPAY, 15_001, "退费支付最多150.00元"),
    (Kind.FREEZE, 30_001, "冻结最多300.00元"),
    (Kind.UNFREEZE, 40_001, "解冻最多400.00元"),
]


@pytest.mark.parametrize("through", ["one", "batch"])
@pytest.mark.parametrize(("kind", "amount", "words"), TOO_MUCH)
def test_more_than_there_is_is_refused_with_the_figures(cast, row, kind, amount, words, through):
    held = purse(row, cast.officer)
    for before, fen in [
        (Kind.DEPOSIT, 100_000), (Kind.CONSUME, 30_000), (Kind.RELEASE, 10_000), (Kind.REFUND, 20_000),
        (Kind.REPAY, 5_000), (Kind.FREEZE, 40_000),
    ]:  # fmt: skip
        posted(before, fen, held, by=cast.officer, checker=cast.leader)
    stands = figures(held)
    people = {"by": poster(cast.officer), "at": AT, "checker": cast.leader}
    alone = line(kind, amount, held)
    second = [line(Kind.DEPOSIT, 1, purse(row, cast.officer)), alone]
    with pytest.raises(InvalidInput, match=words) as refused:
        post(line=alone, **people) if through == "one" else post_batch(lines=second, **people)
    assert "已缴1,000.00元、已消课300.00元、已核拨100.00元、核定退费200.00元(已付50.00元)、冻结400.00元" in str(
        refused.value
    )
    assert ("第2笔：" in str(refused.value)) == (through == "batch")
    assert figures(held) == stands
    posted(kind, amount - 1, held, by=cast.officer, checker=cast.leader)


def test_a_closed_day_and_tomorrow_take_nothing(cast, row):
    held = purse(row, cast.officer)
    place = Jurisdiction.objects.get(code=OWN)
    close_day(jurisdiction=place, day=DAY - timedelta(days=2), by=poster(cast.officer), at=AT)
    for day, words in [
        (DAY - timedelta(days=2), "2026-11-18已结账"),
        (DAY - timedelta(days=9), "2026-11-11已结账"),
        (DAY + timedelta(days=1), "记账日期2026-11-21晚于今天"),
    ]:
        for through in (lambda one: post(line=one, by=poster(cast.officer), at=AT),
                        lambda one: post_batch(lines=[one], by=poster(cast.officer), at=AT)):  # fmt: skip
            with pytest.raises(InvalidInput, match=words):
                through(line(Kind.DEPOSIT, 100, held, happened_on=day))
    posted(Kind.DEPOSIT, 100, held, by=cast.officer, checker=cast.leader, happened_on=DAY - timedelta(days=1))
    with pytest.raises(Conflict, match="已结账"):
        close_day(jurisdiction=place, day=DAY - timedelta(days=3), by=poster(cast.officer), at=AT)
    with pytest.raises(NotAllowed):
        close_day(jurisdiction=Jurisdiction.objects.get(code=NEIGHBOUR), day=DAY, by=poster(cast.officer), at=AT)


def test_nobody_posts_for_a_foreign_institution_or_without_the_right(cast, row):
    held = purse(row, cast.officer)
    one = line(Kind.DEPOSIT, 100, held)
    for by in (cast.officer, poster(cast.neighbour), poster(cast.public)):
        with pytest.raises(NotAllowed):
            post(line=one, by=by, at=AT)
        with pytest.raises(NotAllowed):
            post_batch(lines=[one], by=by, at=AT)
        with pytest.raises(NotAllowed):
            open_purse(institution=row, number="X", custody=held.custody, by=by, at=AT)
    assert not Entry.objects.exists()


def test_the_database_itself_asks_for_the_scope(cast, row):
    """Also of one who holds an object that lies about its place."""
    held = purse(row, cast.officer)
    held.institution = institution(cast.neighbour, county=NEIGHBOUR)
    with pytest.raises(NotAllowed):
        post(line=line(Kind.DEPOSIT, 100, held), by=poster(cast.neighbour), at=AT)


def test_accounts_of_another_institution_are_refused(cast, row):
    stranger = custody(institution(cast.officer), cast.officer)
    held = purse(row, cast.officer)
    for through in (lambda one: post(line=one, by=poster(cast.officer), at=AT),
                    lambda one: post_batch(lines=[one], by=poster(cast.officer), at=AT)):  # fmt: skip
        with pytest.raises(InvalidInput, match="没有这一合同资金或银行账户"):
            through(line(Kind.DEPOSIT, 100, held, account=stranger))
        with pytest.raises(InvalidInput, match="没有这一合同资金或银行账户"):
            through(line(Kind.DEPOSIT, 100, stranger))
        with pytest.raises(InvalidInput, match="没有这一合同资金或银行账户"):
            through(line(Kind.FEE, 100, held))
    with pytest.raises(InvalidInput, match="不是这家机构的"):
        open_purse(institution=row, number="X", custody=stranger, by=poster(cast.officer), at=AT)


@pytest.mark.parametrize("kind", [Kind.RELEASE, Kind.REFUND, Kind.RISK_OUT])
def test_money_is_let_go_by_two_people(cast, row, kind):
    about = risk_account(row, cast.officer) if kind == Kind.RISK_OUT else purse(row, cast.officer)
    for checker, words in [
        (None, "须经第二人复核"),
        (cast.officer, "不能是经办人本人"),
        (Actor(None, "系统"), "第二人"),
    ]:
        with pytest.raises(InvalidInput, match=words):
            posted(kind, 1, about, by=cast.officer, checker=checker)


@pytest.mark.parametrize("amount", [0, -1, 1.5, True])
def test_only_whole_fen_above_zero(cast, row, amount):
    with pytest.raises(InvalidInput, match="整数分"):
        posted(Kind.DEPOSIT, amount, purse(row, cast.officer), by=cast.officer, checker=cast.leader)


def test_a_number_is_given_to_one_purse_of_an_institution(cast, row):
    held = purse(row, cast.officer)
    with pytest.raises(InvalidInput, match="已有这一资金编号"):
        purse(row, cast.officer, number=held.number)
    assert custody(row, cast.officer) == held.custody
    assert Account.objects.filter(institution=row, kind=AccountKind.CUSTODY).count() == 1


def test_a_reversal_takes_back_once_and_is_counted_apart(cast, row):
    held = purse(row, cast.officer)
    deposit = posted(Kind.DEPOSIT, 1_000, held, by=cast.officer, checker=cast.leader)
    posted(Kind.CONSUME, 400, held, by=cast.officer, checker=cast.leader)
    entry = Entry.objects.get(pk=deposit.entry_id)
    given = {"happened_on": DAY, "by": poster(cast.officer), "at": AT}
    with pytest.raises(InvalidInput, match=r"不能冲正缴费入账10\.00元"):
        reverse_entry(entry=entry, key="r1", reason="录错", **given)
    consumed = Entry.objects.get(kind=Kind.CONSUME)
    with pytest.raises(InvalidInput, match="冲正须写明事由"):
        reverse_entry(entry=consumed, key="r1", reason=" ", **given)
    back = reverse_entry(entry=consumed, key="r1", reason="重复消课", **given)
    assert reverse_entry(entry=consumed, key="r1", reason="重复消课", **given).replayed
    assert figures(held) == (1_000, 0, 0, 0, 0, 0)
    with pytest.raises(Conflict, match="已冲正"):
        reverse_entry(entry=consumed, key="r2", reason="再冲", **given)
    with pytest.raises(InvalidInput, match="冲正分录不能再冲正"):
        reverse_entry(entry=Entry.objects.get(pk=back.entry_id), key="r3", reason="反冲", **given)
    assert {(t.entries, t.amount_fen) for t in DayTotal.objects.filter(kind=Kind.CONSUME)} == {(1, 400), (0, 0)}
    assert sum(t.reversed_fen for t in DayTotal.objects.filter(kind=Kind.CONSUME)) == 400
    reverse_entry(entry=entry, key="r4", reason="录错", **given)
    assert balances(row) == {}
