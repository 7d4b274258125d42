"""三步上报 on the phone: three taps, a number back, 我上报的; nothing of others'."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from clues.enums import Channel, Subject
from clues.models import Clue
from foundation.accounts.enums import Can
from foundation.core import clock
from phone.clue_forms import MOST_BUTTONS, TILES
from phone.forms import places_of
from tests.clues.factories import clue
from tests.institutions.factories import AT, institution, town

pytestmark = pytest.mark.django_db
CLUE, MINE = "/m/forms/clue/", "/m/forms/clue/mine/"
MINE_QUERIES = 10  # one for the grid of the worker's post


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def test_a_grid_worker_needs_two_taps_and_the_button(cast, enter):
    """The own community is ticked already; what is posted is what the page holds plus one tile."""
    client = enter(cast.grid)
    html = client.get(CLUE).content.decode()
    [place] = places_of(cast.grid)
    ticked = re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]+)"[^>]*checked', html)
    assert ticked == [("division", str(place.pk))]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', html))
    response = client.post(CLUE, {**dict(ticked), "client_id": hidden["client_id"], "subject": "advert"})
    made = Clue.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, MINE)
    assert (made.subject, made.channel, made.division, made.reported_by_id) == (
        Subject.ADVERT, Channel.GRID, place, cast.grid.user_id,
    )  # fmt: skip
    html = client.get(MINE).content.decode()
    assert f"已上报，编号 {made.number}。" in html
    assert "待受理" in html


def test_pressing_twice_makes_one(cast, enter):
    sent = {"division": places_of(cast.grid).get().pk, "subject": "safety", "client_id": str(uuid4())}
    client = enter(cast.grid)
    assert [client.post(CLUE, sent).status_code for _ in range(3)] == [302, 302, 302]
    assert Clue.objects.count() == 1


def test_an_institution_around_is_looked_up_without_losing_what_was_ticked(cast, enter):
    row = institution(cast.officer, name="思明区海浪舞蹈培训中心")
    institution(cast.neighbour, county="350211", name="集美区海浪舞蹈培训中心")
    sent = {"division": places_of(cast.grid).get().pk, "subject": "hours", "term": "海浪", "content": "晚上九点还有人"}
    client = enter(cast.grid)
    html = client.post(CLUE, {**sent, "find": "1"}).content.decode()
    assert (Clue.objects.count(), row.name in html, "集美区海浪" in html) == (0, True, False)
    assert 'value="hours" required checked' in html
    assert "晚上九点还有人" in html
    assert "请看标红的地方" not in html
    client.post(CLUE, {**sent, "institution": row.pk})
    made = Clue.objects.get()
    assert (made.institution, made.content) == (row, "晚上九点还有人")


def test_an_institution_elsewhere_cannot_be_ticked(cast, enter):
    other = institution(cast.neighbour, county="350211", name="集美区海浪舞蹈培训中心")
    sent = {"division": places_of(cast.grid).get().pk, "subject": "hours", "term": "海浪", "institution": other.pk}
    response = enter(cast.grid).post(CLUE, sent)
    assert (response.status_code, Clue.objects.count()) == (200, 0)
    assert list(response.context["form"].errors) == ["institution"]


@pytest.mark.parametrize(("missing", "says"), [("subject", "请点选看到了什么。"), ("division", "请点选在哪里。")])
def test_what_is_missing_is_said(cast, enter, missing, says):
    sent = {"division": places_of(cast.grid).get().pk, "subject": "other"}
    response = enter(cast.grid).post(CLUE, {name: value for name, value in sent.items() if name != missing})
    assert (response.status_code, says in response.content.decode(), Clue.objects.count()) == (200, True, 0)


def test_a_place_elsewhere_is_not_on_offer(cast, enter):
    response = enter(cast.grid).post(CLUE, {"division": town("350211").pk, "subject": "other"})
    assert (list(response.context["form"].errors), Clue.objects.count()) == (["division"], 0)


def test_those_who_go_out_report_others_do_not(cast, enter):
    opened = {}
    for name, actor in cast.everyone().items():
        if actor.is_person and actor.can(Can.ENTER_PHONE):
            opened[name] = (enter(actor).get(CLUE).status_code, enter(actor).get(MINE).status_code)
            assert ("三步上报线索" in enter(actor).get("/m/").content.decode()) == (opened[name][0] == 200)
    assert {name for name, answers in opened.items() if answers == (403, 403)} == {"leader"}
    assert {answers for name, answers in opened.items() if name != "leader"} == {(200, 200)}


def test_many_places_are_a_list_few_are_buttons(cast, enter):
    assert places_of(cast.supervisor).count() > MOST_BUTTONS
    assert "<select" in enter(cast.supervisor).get(CLUE).content.decode()
    assert "<select" not in enter(cast.grid).get(CLUE).content.decode()


def test_mine_shows_mine_only(cast, enter):
    place = places_of(cast.grid).get()
    mine = clue(cast.grid, channel=Channel.GRID, division=place)
    others = clue(cast.town, channel=Channel.STAFF, division=place)
    html = enter(cast.grid).get(MINE).content.decode()
    assert [row.number in html for row in (mine, others)] == [True, False]
    assert mine.content not in html


def test_tiles_are_subjects():
    assert {value for value, _, _ in TILES} <= set(Subject.values)


@pytest.mark.parametrize("number", [1, 3])
def test_mine_costs_the_same_for_any_number(cast, enter, django_assert_num_queries, number):
    for _ in range(number):
        clue(cast.grid, channel=Channel.GRID, division=places_of(cast.grid).get())
    client = enter(cast.grid)
    with django_assert_num_queries(MINE_QUERIES):
        client.get(MINE)
