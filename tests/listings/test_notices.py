"""Proposals reach those who may decide, decisions the one who asked; nobody else, and each once."""

from datetime import timedelta

import pytest

from foundation.accounts.models import Post
from foundation.core import clock, outbox
from foundation.notifications.models import Message
from listings.operations.entries import approve_listing, reject_listing
from listings.operations.hearing import take_in_defence
from listings.operations.removal import approve_delisting, propose_delisting
from tests.listings.factories import AT, listed, proposed, served

pytestmark = pytest.mark.django_db


def inbox(actor) -> list[str]:
    outbox.deliver_all(at=clock.now())
    kinds = Message.objects.filter(recipient=actor.user_id, kind__startswith="listings.")
    return list(kinds.order_by("pk").values_list("kind", flat=True))


def test_a_proposal_goes_to_the_countys_leader_and_the_decision_back(cast):
    entry = proposed(cast)
    assert inbox(cast.leader) == ["listings.proposed"]
    assert [inbox(actor) for actor in (cast.officer, cast.city, cast.neighbour, cast.legal)] == [[], [], [], []]
    approve_listing(entry=entry, by=cast.leader, at=AT)
    assert inbox(cast.officer) == ["listings.approved"]
    assert inbox(cast.leader) == ["listings.proposed"]


def test_a_refusal_goes_back_to_the_one_who_asked(cast):
    reject_listing(entry=proposed(cast), remark="材料不全", by=cast.leader, at=AT)
    assert inbox(cast.officer) == ["listings.rejected"]


def test_a_removal_has_its_own_asker(cast):
    entry = listed(cast)
    propose_delisting(entry=entry, reason="停业", by=cast.second_officer, at=AT)
    approve_delisting(entry=entry, by=cast.leader, at=AT)
    assert inbox(cast.second_officer) == ["listings.removed"]
    assert inbox(cast.officer) == ["listings.approved"]
    assert inbox(cast.leader) == ["listings.proposed", "listings.removal_proposed"]


def test_what_the_party_says_finds_somebody_when_who_asked_has_left(cast):
    entry = served(cast)
    take_in_defence(entry=entry, text="不实", given_by="陈", by=cast.officer, at=AT)
    assert inbox(cast.officer) == ["listings.defence_in"]
    Post.objects.filter(user=cast.officer.user_id).update(valid_to=AT.date() - timedelta(days=1))
    take_in_defence(entry=entry, text="再次说明", given_by="陈", by=cast.officer, at=AT + timedelta(minutes=1))
    assert inbox(cast.second_officer) == ["listings.defence_in"]
    assert inbox(cast.officer) == ["listings.defence_in"]
