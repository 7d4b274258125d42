"""From the request to the Actor: who a logged-in person is allowed to be now."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from foundation.accounts.actors import actor_for
from foundation.accounts.enums import ROLES, OrganKind, Role, TrainingCategory
from foundation.accounts.middleware import POST_KEY, ActorMiddleware
from foundation.accounts.models import Post, User
from foundation.core import clock
from foundation.core.actor import ANONYMOUS
from foundation.regions.models import Division, Jurisdiction
from tests.accounts.factories import log_in, officer, one_more_post, walker
from tests.cast import CITY, OWN, TOWN, organ, person


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of this file uses the database."""


def seen_by(user, **session):
    """The actor that a view would find on the request."""
    request = RequestFactory().get("/")
    request.user, request.session = user, session
    found = []
    ActorMiddleware(lambda request: found.append(request.actor))(request)
    return found[0]


def test_nobody_logged_in_is_the_public(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert seen_by(AnonymousUser()) == ANONYMOUS


def test_a_view_that_does_not_ask_costs_nothing(django_assert_num_queries):
    user = officer()
    with django_assert_num_queries(0):
        seen_by(user)


def test_post_makes_the_actor():
    actor = seen_by(officer())
    assert (actor.name, actor.organ_name, actor.role) == ("陈静", organ(OWN).name, "county_officer")
    assert actor.capabilities == ROLES[Role.COUNTY_OFFICER]
    assert actor.scope == {organ(OWN).jurisdiction_id}
    assert (actor.areas, actor.categories) == (None, None)


def test_disabled_person_is_the_public():
    assert seen_by(officer(is_active=False)) == ANONYMOUS


def test_person_without_a_post_has_a_name_and_no_rights():
    user = User.objects.create(username="wang", name="王芳", organ=organ(OWN))
    actor = seen_by(user)
    assert (actor.user_id, actor.name) == (user.pk, "王芳")
    assert (actor.capabilities, actor.scope, actor.post_id) == (frozenset(), frozenset(), None)


@pytest.mark.parametrize(
    ("first", "last", "in_force"),
    [(-10, 0, True), (0, None, True), (-10, -1, False), (1, None, False), (0, 0, True)],
)
def test_first_and_last_day_are_inclusive(first, last, in_force):
    user, today = officer(), clock.today()
    given = {"valid_from": today + timedelta(days=first)}
    given["valid_to"] = None if last is None else today + timedelta(days=last)
    Post.objects.filter(user=user).update(**given)
    assert bool(seen_by(user).capabilities) is in_force


def test_day_changes_at_midnight_in_shanghai():
    """16:30 UTC is half past midnight of the next day in Beijing."""
    user = officer()
    Post.objects.filter(user=user).update(valid_to=date(2024, 5, 1))
    for hour, in_force in ((15, True), (16, False)):
        with clock.set_to(clock.now().replace(year=2024, month=5, day=1, hour=hour, minute=30)):
            assert bool(seen_by(user).capabilities) is in_force


def test_chosen_post_counts_while_it_is_held():
    user = officer()
    legal = one_more_post(user, Role.LEGAL_REVIEWER)
    assert seen_by(user).role == "county_officer"
    assert seen_by(user, **{POST_KEY: legal.pk}).role == "legal_reviewer"
    Post.objects.filter(pk=legal.pk).update(valid_to=date(2021, 12, 31))
    assert seen_by(user, **{POST_KEY: legal.pk}).role == "county_officer"


@pytest.mark.parametrize("chosen", ["city", 0, -1, "1 OR 1=1", None, []])
def test_somebody_elses_post_in_the_session_gives_nothing(chosen):
    user = officer()
    city = person(Role.CITY_MANAGER, organ(CITY), username="boss")
    actor = seen_by(user, **{POST_KEY: city.pk if chosen == "city" else chosen})
    assert (actor.role, actor.scope) == ("county_officer", {organ(OWN).jurisdiction_id})


def test_switch_needs_a_post_in_force(client):
    user = officer()
    old = one_more_post(user, Role.LEGAL_REVIEWER, valid_to="2021-12-31")
    log_in(client, "chen")
    assert client.post("/enter/posts/", {"post": old.pk}).status_code == 404
    assert client.post("/enter/posts/", {}).status_code == 404
    assert POST_KEY not in client.session


def test_switch_needs_a_person(client):
    post = walker().posts.get()
    response = client.post("/enter/posts/", {"post": post.pk})
    assert response["Location"].startswith("/accounts/login/")


def test_city_reaches_its_counties_and_the_province_all():
    city = actor_for(person(Role.CITY_MANAGER, organ(CITY)).user, on=clock.today())
    inside = Jurisdiction.objects.filter(code__startswith="3502")
    assert city.scope == set(inside.values_list("pk", flat=True))
    province = actor_for(person(Role.PROVINCE_ANALYST, organ("350000")).user, on=clock.today())
    assert province.scope == set(Jurisdiction.objects.values_list("pk", flat=True))


def test_area_and_category_narrow_the_post():
    town = Division.objects.get(code=TOWN)
    user = person(Role.GRID_WORKER, organ(OWN), division=town).user
    actor = seen_by(user)
    assert actor.areas == set(Division.objects.filter(parent=town).values_list("pk", flat=True)) | {town.pk}
    culture = person(Role.DEPARTMENT_OFFICER, organ(OWN, OrganKind.CULTURE), categories=[TrainingCategory.ARTS]).user
    assert seen_by(culture).categories == {"arts"}


def test_building_the_actor_takes_two_queries(django_assert_num_queries):
    user = officer()
    with django_assert_num_queries(2):
        actor_for(user, on=clock.today())
