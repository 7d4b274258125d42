"""The phone's face: who gets in, what is on today's page, a report in three taps, the way out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.accounts.enums import Can, OrganKind, Role, TrainingCategory
from foundation.audit.models import Event
from foundation.core import clock
from foundation.notifications.enums import Topic
from foundation.notifications.models import Message
from foundation.regions.models import Division
from institutions.enums import Discovery
from institutions.models import UnlicensedSite
from phone.forms import jurisdiction_of, places_of
from phone.rules import can_enter
from tests.cast import OWN, TOWN, acting, organ, person
from tests.institutions.factories import AT, town, unlicensed

pytestmark = pytest.mark.django_db
TODAY_QUERIES = 11  # one for the grid of the worker's post
PAGES = ["/m/", "/m/forms/", "/m/me/"]
REPORT = "/m/forms/unlicensed/"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def message(actor, title="请核实湖明路线索", number=1) -> Message:
    return Message.objects.create(
        recipient_id=actor.user_id, kind="t", label="提醒", topic=Topic.DEADLINE, title=title, created_at=AT,
        about_id=number,
    )  # fmt: skip


@pytest.mark.parametrize("path", [*PAGES, REPORT])
def test_others_are_sent_to_log_in_or_told_why_not(cast, enter, client, path):
    assert client.get(path).headers["Location"].startswith("/accounts/login/")
    response = enter(cast.system).get(path)
    assert response.status_code == 403
    assert "您的岗位不使用移动端" in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_every_post_with_the_phone_opens_every_tab(cast, enter, path):
    opened = {}
    for name, actor in cast.everyone().items():
        if actor.is_person:
            opened[name] = enter(actor).get(path).status_code == 200
    assert opened == {name: actor.can(Can.ENTER_PHONE) for name, actor in cast.everyone().items() if actor.is_person}
    assert can_enter(cast.grid)


def test_today_shows_my_messages_and_nobody_elses(cast, enter):
    mine = message(cast.grid)
    message(cast.officer, title="别人的消息")
    client = enter(cast.grid)
    html = client.get("/m/").content.decode()
    assert (mine.title in html, "别人的消息" in html) == (True, False)
    assert client.post(f"/m/messages/{mine.pk}/read/").status_code == 302
    assert "没有未读消息" in client.get("/m/").content.decode()


def test_messages_of_others_cannot_be_read(cast, enter):
    theirs = message(cast.officer)
    assert enter(cast.grid).post(f"/m/messages/{theirs.pk}/read/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


def facts(place: Division, **given) -> dict[str, object]:
    return {"division": place.pk, "category": "arts", "address": "湖明路8号三楼", "found_on": "2026-11-02", **given}


def test_a_grid_worker_reports_from_the_own_grid(cast, enter):
    client = enter(cast.grid)
    form = client.get(REPORT).context["form"]
    [place] = form.fields["division"].queryset
    assert form.fields["division"].initial == place.pk
    response = client.post(REPORT, facts(place, pupils="12", sign="小红琴行"))
    site = UnlicensedSite.objects.get()
    assert (response.status_code, site.division, site.discovery, site.pupils, site.pupils_at_least) == (
        302, place, Discovery.GRID, 12, True,
    )  # fmt: skip
    assert site.jurisdiction.code == OWN
    assert Event.objects.get(kind="unlicensed.reported").actor_id == cast.grid.user_id
    html = client.get("/m/forms/").content.decode()
    assert f"已上报，编号 {site.number}。" in html
    assert "小红琴行" in html


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"division": ""}, "division"),
        ({"address": ""}, "address"),
        ({"category": "x"}, "category"),
        ({"found_on": "2026-11-03"}, "found_on"),
        ({"pupils": "-1"}, "pupils"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(cast, enter, given, field):
    place = places_of(cast.grid).get()
    response = enter(cast.grid).post(REPORT, facts(place, **given))
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert UnlicensedSite.objects.count() == 0


def test_a_place_elsewhere_is_not_on_offer(cast, enter):
    response = enter(cast.grid).post(REPORT, facts(town("350211")))
    assert list(response.context["form"].errors) == ["division"]
    assert UnlicensedSite.objects.count() == 0


@pytest.mark.parametrize("who", ["leader", "supervisor"])
def test_posts_without_the_form_are_refused(cast, enter, who):
    client = enter(getattr(cast, who))
    assert client.get(REPORT).status_code == 403
    assert "上报无证场所" not in client.get("/m/").content.decode()


def test_pickers_hold_what_the_post_covers(cast):
    community = set(places_of(cast.grid).values_list("pk", flat=True))
    assert community == set(cast.grid.areas)
    own_town = set(places_of(cast.town).values_list("code", flat=True))
    assert TOWN in own_town
    assert {code[:9] for code in own_town} == {TOWN}
    towns = set(places_of(cast.officer).values_list("code", flat=True))
    assert {code[:6] for code in towns} == {OWN}
    area = acting(person(Role.COUNTY_OFFICER, organ("3505T1")))
    place = places_of(area).first()
    assert place.code.startswith("3505")
    assert jurisdiction_of(area, place).code == "3505T1"


def test_a_department_of_the_city_reports_to_the_county_of_the_place(cast, enter):
    department = acting(
        person(Role.DEPARTMENT_OFFICER, organ("350200", OrganKind.CULTURE), categories=[TrainingCategory.ARTS])
    )
    client = enter(department)
    form = client.get(REPORT).context["form"]
    assert [value for value, _ in form.fields["category"].choices] == [TrainingCategory.ARTS]
    assert client.post(REPORT, facts(town())).status_code == 302
    assert UnlicensedSite.objects.get().jurisdiction.code == OWN


def test_recent_finds_are_those_of_my_area(cast, enter):
    unlicensed(cast.officer, sign="老早发现", found_on=AT.date() - timedelta(days=30))
    unlicensed(
        cast.officer, sign="别的街道", division=Division.objects.filter(parent__code=OWN).order_by("-code").first()
    )
    unlicensed(cast.officer, sign="本街道", division=Division.objects.get(code=TOWN))
    html = enter(cast.town).get("/m/forms/").content.decode()
    assert [sign in html for sign in ("老早发现", "别的街道", "本街道")] == [False, False, True]


def test_me_shows_who_i_am_and_the_way_out(cast, enter):
    html = enter(cast.grid).get("/m/me/").content.decode()
    assert cast.grid.role_label in html
    assert cast.grid.organ_name in html
    assert "切换岗位" not in html
    assert 'action="/accounts/logout/"' in html


@pytest.mark.parametrize("number", [1, 3])
def test_today_costs_the_same_for_any_number_of_messages(cast, enter, django_assert_num_queries, number):
    for count in range(number):
        message(cast.grid, number=count + 1)
    client = enter(cast.grid)
    with django_assert_num_queries(TODAY_QUERIES):
        client.get("/m/")
