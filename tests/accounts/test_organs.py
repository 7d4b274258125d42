"""Registering, changing and closing organs."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Organ
from foundation.accounts.operations.organs import change_organ, close_organ, register_organ
from foundation.accounts.operations.posts import end_post
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.regions.models import Division
from tests.cast import CITY, NEIGHBOUR, OTHER_CITY, OWN, TOWN, acting, jurisdiction, organ, person


def registered(by, **given) -> Organ:
    facts = {"jurisdiction": jurisdiction(OWN), "kind": OrganKind.CIVIL, "name": "思明区民政局"}
    return register_organ(by=by, at=clock.now(), **{**facts, **given})


def traces() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_system_admin_registers_an_organ_in_the_own_tree(cast):
    made = registered(cast.system, document_word="思民", report_phone="0592-5861234")
    assert (made.name, made.document_word, made.jurisdiction.code) == ("思明区民政局", "思民", OWN)
    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.actor_id) == ("organ.registered", made.pk, cast.system.user_id)
    assert event.jurisdiction_id == made.jurisdiction_id


def test_nobody_else_registers_an_organ(cast):
    before = Organ.objects.count()
    for name, actor in cast.everyone().items():
        if name != "system":
            with pytest.raises(NotAllowed):
                registered(actor)
    with pytest.raises(NotAllowed):
        registered(cast.system, jurisdiction=jurisdiction(OTHER_CITY))
    assert (Organ.objects.count(), traces()) == (before, [])


def test_second_organ_of_a_name_is_refused_in_words(cast):
    registered(cast.system)
    with pytest.raises(InvalidInput, match="已有同名单位。") as refusal:
        registered(cast.system)
    assert refusal.value.code == "organ_name_once"
    assert traces() == ["organ.registered"]


def test_town_needs_a_place_and_the_place_lies_in_the_jurisdiction(cast):
    with pytest.raises(InvalidInput, match="镇街必须指明所在区划。"):
        registered(cast.system, kind=OrganKind.TOWN)
    elsewhere = Division.objects.filter(parent__code=NEIGHBOUR).order_by("code")[0]
    with pytest.raises(InvalidInput, match="所在区划不在该管辖单位范围内。"):
        registered(cast.system, kind=OrganKind.TOWN, division=elsewhere)
    made = registered(cast.system, kind=OrganKind.TOWN, division=Division.objects.get(code=TOWN))
    assert made.division.code == TOWN
    assert traces() == ["organ.registered"]


def test_change_keeps_before_and_after(cast):
    bureau = organ(OWN)
    change_organ(
        by=cast.system, at=clock.now(), organ=bureau, document_word="思教", short_name="区教育局", reason="改名"
    )
    event = Event.objects.get()
    assert event.changes == {"document_word": ["", "思教"], "short_name": ["", "区教育局"]}
    assert event.reason == "改名"


def test_change_without_a_difference_leaves_no_trace(cast):
    bureau = organ(OWN)
    change_organ(by=cast.system, at=clock.now(), organ=bureau, name=bureau.name)
    assert traces() == []


def test_kind_cannot_be_changed(cast):
    with pytest.raises(TypeError, match="kind"):
        change_organ(by=cast.system, at=clock.now(), organ=organ(OWN), kind=OrganKind.BANK)


@pytest.mark.parametrize("who", ["security", "auditor", "officer", "city"])
def test_others_do_not_change_or_close_organs(cast, who):
    by = cast.everyone()[who]
    with pytest.raises(NotAllowed):
        change_organ(by=by, at=clock.now(), organ=organ(OWN), name="别的名字")
    with pytest.raises(NotAllowed):
        close_organ(by=by, at=clock.now(), organ=organ(OWN), closed_on=date(2030, 1, 1), reason="撤销")
    assert traces() == []


def test_county_system_admin_does_not_reach_the_neighbour(cast):
    own = acting(person(Role.SYSTEM_ADMIN, organ(OWN)))
    with pytest.raises(NotAllowed):
        change_organ(by=own, at=clock.now(), organ=organ(NEIGHBOUR), name="别的名字")
    with pytest.raises(NotAllowed):
        change_organ(by=own, at=clock.now(), organ=organ(CITY), name="别的名字")


def test_organ_with_posts_is_not_closed(cast):
    at, bank = clock.now(), organ(CITY, OrganKind.BANK)
    today = clock.local_date(at)
    with pytest.raises(InvalidInput, match="该单位还有1个岗位任期晚于"):
        close_organ(by=cast.system, at=at, organ=bank, closed_on=today, reason="撤销")
    end_post(by=cast.security, at=at, post=bank.posts.get(), last_day=today, reason="离职")
    closed = close_organ(by=cast.system, at=at, organ=bank, closed_on=today, reason="网点撤并")
    assert closed.closed_on == today
    assert traces() == ["post.ended", "organ.closed"]
    with pytest.raises(InvalidInput, match="该单位已于"):
        close_organ(by=cast.system, at=at, organ=bank, closed_on=today, reason="再次")
