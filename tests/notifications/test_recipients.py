"""Whom to tell is exactly who may act: checked against the actors of the whole cast."""

from datetime import date, timedelta

import pytest

from foundation.accounts.actors import actor_of
from foundation.accounts.enums import Can, Role, TrainingCategory
from foundation.accounts.models import Post, User
from foundation.deadlines.enums import Limit
from foundation.deadlines.models import Deadline
from foundation.notifications.recipients import holders, people_for, people_who_can
from foundation.regions.models import Division
from tests.cast import CITY, NEIGHBOUR, OTHER_CITY, OWN, PROVINCE, TOWN, jurisdiction
from tests.deadlines.factories import started

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 8)


def community(town: str) -> int:
    return Division.objects.filter(parent__code=town).order_by("code").values_list("pk", flat=True)[0]


def other_town() -> str:
    towns = Division.objects.filter(parent__code=OWN, valid_to=None).exclude(code=TOWN).order_by("code")
    return towns.values_list("code", flat=True)[0]


PLACES = [
    *[(code, "", "") for code in (OWN, NEIGHBOUR, OTHER_CITY, CITY, PROVINCE)],
    *[(OWN, TOWN, category) for category in ("", TrainingCategory.ARTS, TrainingCategory.SUBJECT)],
    (OWN, "other", TrainingCategory.ARTS),
]


@pytest.mark.parametrize("capability", list(Can))
def test_told_are_exactly_those_whose_actor_covers_it(cast, capability):
    for code, place, category in PLACES:
        town = other_town() if place == "other" else place
        row = Deadline(
            jurisdiction=jurisdiction(code), division_id=community(town) if town else None, category=category
        )
        expected = {
            post.user_id
            for post in Post.objects.select_related("organ", "user", "grid", "school")
            if actor_of(post, user=post.user).can(capability)
            and Deadline.SCOPE.covers(actor_of(post, user=post.user), row)
        }
        found = people_who_can(
            capability,
            jurisdiction_id=row.jurisdiction_id,
            division_id=row.division_id,
            category=category,
            on=ON,
        )
        assert set(found) == expected, (code, town, category)


def test_own_level_leaves_the_superiors_out(cast):
    place = jurisdiction(OWN).pk
    assert cast.city.user_id in people_who_can(Can.ASSIGN, jurisdiction_id=place, on=ON)
    assert set(people_who_can(Can.ASSIGN, jurisdiction_id=place, on=ON, own_level=True)) == {
        cast.officer.user_id,
        cast.second_officer.user_id,
        cast.leader.user_id,
    }


def test_posts_that_ended_and_people_who_left_are_not_told(cast):
    Post.objects.filter(pk=cast.officer.post_id).update(valid_to=ON - timedelta(days=1))
    User.objects.filter(pk=cast.second_officer.user_id).update(is_active=False)
    assert people_who_can(Can.EDIT_REGISTER, jurisdiction_id=jurisdiction(OWN).pk, on=ON) == []


def test_a_post_that_begins_tomorrow_is_not_told_today(cast):
    Post.objects.filter(pk=cast.officer.post_id).update(valid_from=ON + timedelta(days=1))
    assert cast.officer.user_id not in holders(Can.EDIT_REGISTER, on=ON).values_list("user_id", flat=True)


def test_a_deadline_concerns_its_post_then_its_organ_then_its_level(cast):
    post = Post.objects.get(pk=cast.officer.post_id)
    both = {cast.officer.user_id, cast.second_officer.user_id}
    assert people_for(started(cast.officer, post=post), on=ON) == [cast.officer.user_id]
    assert set(people_for(started(cast.officer, code=Limit.PENALTY_SERVICE, organ=post.organ), on=ON)) == both
    level = started(cast.officer, code=Limit.CASE_FILING, capability=Can.ASSIGN)
    assert set(people_for(level, on=ON)) == both | {cast.leader.user_id}
    Post.objects.filter(organ__jurisdiction__code=OWN).update(valid_to=ON - timedelta(days=1))
    assert set(people_for(level, on=ON)) == {cast.city.user_id, cast.province.user_id}


def test_a_person_with_two_posts_is_told_once(cast):
    post = Post.objects.get(pk=cast.officer.post_id)
    Post.objects.create(
        user=post.user, organ=post.organ, role=Role.COUNTY_LEADER, duty=post.duty, valid_from=post.valid_from
    )
    told = people_who_can(Can.ASSIGN, jurisdiction_id=jurisdiction(OWN).pk, on=ON)
    assert told.count(post.user_id) == 1
