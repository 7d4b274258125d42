"""Who signed: read under an open approval only, each time on the record; destroyed for good."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from contracts import notices
from contracts.models import ContractParty, PartyOpening
from contracts.operations.contracts import end_contract
from contracts.operations.parties import allow_party, ask_for_party, destroy_party, read_party, refuse_party
from contracts.people import opened_party
from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core import ciphers, clock, outbox
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from tests.contracts.factories import PEOPLE, opening_allowed, signed
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


@pytest.fixture
def contract(cast):
    return signed(cast.officer, institution(cast.officer))


def readings() -> int:
    return Event.objects.filter(kind="contracts.party_read").count()


def test_each_reading_under_an_approval_is_an_event(cast, contract):
    opening = opening_allowed(cast, contract)
    for _ in range(2):
        assert read_party(opening=opening, by=cast.officer, at=AT + timedelta(minutes=5)) == PEOPLE
    assert readings() == 2
    assert Event.objects.filter(kind="contracts.party_read").first().reason == "核对退费收款人"


def test_nothing_is_read_before_the_approval_after_its_hour_or_by_another(cast, contract):
    asked = ask_for_party(contract=contract, purpose="核对退费收款人", by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        read_party(opening=asked, by=cast.officer, at=AT)
    opening = allow_party(opening=asked, hours=2, by=cast.leader, at=AT)
    with pytest.raises(Conflict, match="已过有效时间"):
        read_party(opening=opening, by=cast.officer, at=AT + timedelta(hours=2, seconds=1))
    for another in (cast.second_officer, cast.leader, cast.city, cast.neighbour, cast.auditor):
        with pytest.raises(NotAllowed):
            read_party(opening=opening, by=another, at=AT)
    assert readings() == 0


def test_who_asks_never_allows_and_who_may_not_ask(cast, contract):
    opening = ask_for_party(contract=contract, purpose="核对退费收款人", by=cast.officer, at=AT)
    for nobody in (cast.officer, cast.second_officer, cast.neighbour, cast.other_city, cast.province):
        with pytest.raises(NotAllowed):
            allow_party(opening=opening, hours=2, by=nobody, at=AT)
    for nobody in (cast.leader, cast.neighbour, cast.town, cast.bank, cast.province, cast.public):
        with pytest.raises(NotAllowed):
            ask_for_party(contract=contract, purpose="核对退费收款人", by=nobody, at=AT)
    with pytest.raises(InvalidInput, match="已经申请过"):
        ask_for_party(contract=contract, purpose="核对退费收款人", by=cast.officer, at=AT)


def test_the_database_wants_another_person_and_eight_hours_at_most(cast, contract):
    """Each seen to fail without its constraint."""
    opening = opening_allowed(cast, contract)
    rows = PartyOpening.objects.filter(pk=opening.pk)
    with pytest.raises(IntegrityError, match="party_opening_by_another"), transaction.atomic():
        rows.update(decided_by=cast.officer.user_id)
    with pytest.raises(IntegrityError, match="party_opening_eight_hours"), transaction.atomic():
        rows.update(ends_at=AT + timedelta(hours=8, seconds=1))


@pytest.mark.parametrize("hours", [0, 9])
def test_more_than_eight_hours_is_refused(cast, contract, hours):
    opening = ask_for_party(contract=contract, purpose="核对退费收款人", by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="1至8小时"):
        allow_party(opening=opening, hours=hours, by=cast.leader, at=AT)


def test_a_refusal_has_a_reason_and_is_final(cast, contract):
    opening = ask_for_party(contract=contract, purpose="核对退费收款人", by=cast.officer, at=AT)
    with pytest.raises(InvalidInput):
        refuse_party(opening=opening, remark=" ", by=cast.leader, at=AT)
    refuse_party(opening=opening, remark="用途不明", by=cast.leader, at=AT)
    with pytest.raises(IllegalTransition):
        allow_party(opening=opening, hours=2, by=cast.leader, at=AT)


def test_a_short_purpose_is_refused(cast, contract):
    with pytest.raises(InvalidInput, match="至少"):
        ask_for_party(contract=contract, purpose="看看", by=cast.officer, at=AT)


def test_the_other_side_is_told_without_a_name(cast, contract):
    opening_allowed(cast, contract)
    outbox.deliver_all(at=AT)
    told = {message.recipient_id: message.title for message in Message.objects.filter(kind__startswith="contracts.")}
    assert set(told) == {cast.leader.user_id, cast.officer.user_id}
    assert all("HT001" in title and "陈" not in title for title in told.values())


def test_a_name_is_shown_in_the_answer_to_the_button_only(client, cast, contract):
    opening = opening_allowed(cast, contract)
    client.force_login(User.objects.get(pk=cast.officer.user_id))
    url = reverse("admin:contracts_partyopening_read", args=[opening.pk])
    assert PEOPLE.pupil not in client.get(url).content.decode()
    assert readings() == 0
    answer = client.post(url)
    assert PEOPLE.pupil in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert readings() == 1
    PartyOpening.objects.update(ends_at=AT - timedelta(seconds=1))
    late = client.post(url)
    assert late.status_code == 409
    assert PEOPLE.pupil not in late.content.decode()


def test_what_is_destroyed_is_gone_from_a_copy_too(cast, contract):
    opening = opening_allowed(cast, contract)
    copy = ContractParty.objects.get()
    with pytest.raises(NotAllowed):
        destroy_party(contract=contract, reason="监护人要求", by=cast.officer, at=AT)  # it still runs
    end_contract(contract=contract, closed_on=date(2026, 11, 1), by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        destroy_party(contract=contract, reason="监护人要求", by=cast.leader, at=AT)
    destroy_party(contract=contract, reason="监护人要求", by=cast.officer, at=AT)
    party = ContractParty.objects.get()
    assert {party.key, party.sealed, party.pupil_blind, party.guardian_blind, party.learner_blind} == {""}
    copy.key = party.key
    with pytest.raises(ciphers.Unreadable):
        opened_party(copy)
    with pytest.raises(Conflict, match="已按保存期限销毁"):
        read_party(opening=opening, by=cast.officer, at=AT)
    with pytest.raises(Conflict):
        destroy_party(contract=contract, reason="再来一次", by=cast.officer, at=AT)
    assert Event.objects.filter(kind="contracts.party_destroyed").count() == 1


def test_the_portal_destroys_in_time_and_once(cast, contract):
    end_contract(contract=contract, closed_on=date(2026, 11, 1), by=cast.officer, at=AT)
    later = AT + timedelta(days=60)
    with clock.set_to(later):
        for _ in range(2):
            outbox.put(notices.DESTROY, at=later)
            outbox.deliver_all(at=later)
    assert ContractParty.objects.get().destroyed_at == later
    assert Event.objects.get(kind="contracts.party_destroyed").actor_name == "学员信息到期销毁"


def test_a_text_moved_to_another_row_does_not_open(cast, contract):
    other = signed(cast.officer, contract.institution, "HT002")
    party, moved = contract.consent.party, other.consent.party
    moved.key, moved.sealed = party.key, party.sealed
    with pytest.raises(ciphers.Unreadable):
        opened_party(moved)
