"""Releases: what was earned and no more, by two people, one under way; taken back whole when the bank fails."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core.clock import now, today
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from ledger.models import Entry
from ledger.queries import balance
from payouts import queries
from payouts.enums import ReleaseState
from payouts.models import Hold, Release
from payouts.moving import money_of
from payouts.operations.holds import end_hold, hold_releases
from payouts.operations.releases import approve_release, fail_release, pay_release, propose_release, refuse_release
from tests.payouts.factories import DAY, LATER, approved, asked, earned, paid, proposed, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(cast):
    return school(cast, organ=Organ.objects.get(pk=cast.bank.organ_id))


@pytest.fixture
def contract(cast, home):
    contract = paid(cast, home)
    earned(cast, contract, 5)
    return contract


def figures(contract):
    return balance(money_of(contract).purse_id)


def test_what_was_earned_is_released_line_by_line(cast, home):
    contract, other = paid(cast, home), paid(cast, home, contract_no="HT002")
    paid(cast, home, contract_no="HT003")  # nothing taught: no line
    earned(cast, contract, 5)
    earned(cast, other, 2)
    row = approved(cast, home)
    assert (row.state, row.amount_fen, row.lines_count) == (ReleaseState.APPROVED, 56_000, 2)
    assert [(line.contract_id, line.amount_fen) for line in row.lines.order_by("pk")] == [
        (contract.pk, 40_000),
        (other.pk, 16_000),
    ]
    entry = Entry.objects.get(pk=row.lines.first().entry_id)
    assert (entry.by_id, entry.checker_id) == (cast.officer.user_id, cast.leader.user_id)
    assert (figures(contract).released, figures(contract).at_bank) == (40_000, 200_000)


def test_the_bank_pays_and_the_figures_count_lines_not_people(cast, home, contract):
    row = approved(cast, home)
    pay_release(release=row, paid_on=DAY, bank_reference="HD001", by=cast.bank, at=LATER)
    assert queries.released(cast.officer, first=DAY, last=DAY) == (1, 40_000)
    assert queries.released(cast.neighbour, first=DAY, last=DAY) == (0, 0)
    assert queries.released(cast.officer, first=DAY + timedelta(days=1), last=DAY + timedelta(days=9)) == (0, 0)
    earned(cast, contract, 1, on=DAY - timedelta(days=1))
    again = approved(cast, home)
    pay_release(release=again, paid_on=DAY, bank_reference="HD002", by=cast.officer, at=LATER)
    assert queries.released(cast.city, first=DAY, last=DAY) == (2, 48_000)


def test_a_payment_that_failed_is_reversed_and_may_go_out_again(cast, home, contract):
    row = approved(cast, home)
    fail_release(release=row, reason="户名不符", by=cast.officer, at=LATER)
    assert (figures(contract).released, Entry.objects.filter(reverses__isnull=False).count()) == (0, 1)
    assert approved(cast, home).amount_fen == 40_000
    with pytest.raises(IllegalTransition):
        pay_release(release=row, paid_on=DAY, bank_reference="HD001", by=cast.officer, at=LATER)


def test_nobody_agrees_to_the_own_proposal_and_one_is_under_way(cast, home, contract):
    row = proposed(cast, home)
    for who in (cast.officer, cast.second_officer, cast.bank, cast.city, cast.neighbour):
        with pytest.raises(NotAllowed):
            approve_release(release=row, by=who, at=LATER)
    with pytest.raises(InvalidInput, match="正在办理"):
        proposed(cast, home)
    refuse_release(release=row, reason="附表不全", by=cast.leader, at=LATER)
    assert (figures(contract).released, proposed(cast, home).pk != row.pk) == (0, True)


def test_what_a_guardian_asks_back_is_not_released(cast, home, contract):
    for days in (1, 2):
        earned(cast, contract, 10, on=DAY - timedelta(days=days))
    asked(cast, contract, 40_000)  # 25 lessons taught, five left: all five are asked back
    assert proposed(cast, home).amount_fen == 200_000
    with pytest.raises(InvalidInput):
        asked(cast, contract, 1)


def test_a_release_that_is_no_longer_covered_is_refused_whole(cast, home, contract):
    row = proposed(cast, home)
    Release.objects.filter(pk=row.pk).update(amount_fen=99_999_999)
    row.lines.update(amount_fen=99_999_999)
    with pytest.raises(InvalidInput, match="元"):
        approve_release(release=row, by=cast.leader, at=LATER)
    row.refresh_from_db()
    assert (row.state, figures(contract).released) == (ReleaseState.PROPOSED, 0)


def test_a_hold_stops_proposals_and_approvals_until_it_ends(cast, home, contract):
    row = proposed(cast, home)
    hold = hold_releases(
        institution=home, until_on=DAY + timedelta(days=9), reason="三起投诉", by=cast.leader, at=LATER
    )
    with pytest.raises(Conflict, match="三起投诉"):
        approve_release(release=row, by=cast.leader, at=LATER)
    with pytest.raises(Conflict):
        propose_release(institution=home, by=cast.officer, at=LATER)
    events = Event.objects.count()
    with pytest.raises(Conflict, match="请先恢复"):
        hold_releases(institution=home, until_on=DAY + timedelta(days=20), reason="再", by=cast.leader, at=LATER)
    assert (Hold.objects.count(), Event.objects.count()) == (1, events)
    with pytest.raises(NotAllowed):
        end_hold(hold=hold, reason="核实", by=cast.officer, at=LATER)
    end_hold(hold=hold, reason="已核实经营正常", by=cast.leader, at=LATER)
    with pytest.raises(Conflict):
        end_hold(hold=hold, reason="再来", by=cast.leader, at=LATER)
    assert approve_release(release=row, by=cast.leader, at=LATER).state == ReleaseState.APPROVED


def test_a_hold_is_offered_once(cast, home, contract, enter):
    page, button = f"/admin/institutions/institution/{home.pk}/", "/hold-releases/"
    client = enter(cast.leader)
    assert button in client.get(page).content.decode()
    hold = hold_releases(institution=home, until_on=today(), reason="核实", by=cast.leader, at=now())
    assert button not in client.get(page).content.decode()
    assert client.get(f"{page}hold-releases/").status_code == 403
    end_hold(hold=hold, reason="已核实", by=cast.leader, at=now())
    assert button in client.get(page).content.decode()


def test_a_hold_ends_by_itself_after_its_last_day(cast, home, contract):
    hold_releases(institution=home, until_on=DAY, reason="核实", by=cast.leader, at=LATER)
    assert proposed(cast, home, at=LATER + timedelta(days=1)).state == ReleaseState.PROPOSED


@pytest.mark.parametrize(
    ("given", "words"),
    [({"bank_reference": " "}, "银行回单号"), ({"paid_on": DAY + timedelta(days=1)}, "付款日期")],
)
def test_a_payment_needs_its_proof(cast, home, contract, given, words):
    row = approved(cast, home)
    with pytest.raises(InvalidInput, match=words):
        pay_release(release=row, **({"paid_on": DAY, "bank_reference": "HD1"} | given), by=cast.officer, at=LATER)
