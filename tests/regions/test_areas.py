"""Grids, school areas and schools: operations, scope and the registers."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.regions.models import Division, GridArea, School, SchoolArea
from foundation.regions.operations.grids import change_grid, close_grid, register_grid
from foundation.regions.operations.schools import (
    change_school,
    close_school,
    register_school,
    register_school_area,
    rename_school_area,
)
from tests.cast import NEIGHBOUR, OWN, TOWN, jurisdiction


def community(town: str = TOWN, number: int = 0) -> Division:
    return Division.objects.filter(parent__code=town).order_by("code")[number]


def other_town() -> Division:
    return Division.objects.filter(parent__code=OWN, level="town").exclude(code=TOWN).order_by("code")[0]


def grid(by, **given) -> GridArea:
    facts = {"jurisdiction": jurisdiction(OWN), "division": community(), "name": "第二网格"}
    return register_grid(by=by, at=clock.now(), **{**facts, **given})


def school(by, **given) -> School:
    facts = {"jurisdiction": jurisdiction(OWN), "division": community(), "name": "实验小学", "stage": "primary"}
    return register_school(by=by, at=clock.now(), **{**facts, **given})


def area(by, **given) -> SchoolArea:
    return register_school_area(by=by, at=clock.now(), **{"jurisdiction": jurisdiction(OWN), "name": "东片区", **given})


def traces() -> list[tuple[str, str]]:
    return list(Event.objects.order_by("pk").values_list("kind", "reason"))


def test_officer_and_own_town_draw_grids(cast):
    made = grid(cast.officer, cycle_days=3)
    assert (made.name, made.cycle_days) == ("第二网格", 3)
    assert grid(cast.town, name="第三网格").pk
    assert grid(cast.officer, division=community(other_town().code)).pk
    assert traces() == [("grid.registered", "")] * 3
    assert Event.objects.order_by("pk")[0].jurisdiction_id == made.jurisdiction_id


@pytest.mark.parametrize("draw", [grid, school, area])
def test_nobody_else_does(cast, draw):
    allowed = {"officer", "second_officer"} | ({"town"} if draw is grid else set())
    for name, actor in cast.everyone().items():
        if name not in allowed:
            with pytest.raises(NotAllowed):
                draw(actor)
    assert traces() == []


def test_town_stays_in_its_town(cast):
    with pytest.raises(NotAllowed):
        grid(cast.town, division=community(other_town().code))
    elsewhere = grid(cast.officer, division=community(other_town().code))
    with pytest.raises(NotAllowed):
        close_grid(by=cast.town, at=clock.now(), grid=elsewhere, closed_on=date(2024, 1, 1), reason="撤销")


def test_neighbour_touches_nothing(cast):
    at, day = clock.now(), date(2024, 1, 1)
    a, b, c = grid(cast.officer), school(cast.officer), area(cast.officer)
    before = traces()
    for step in (
        lambda by: grid(by, jurisdiction=jurisdiction(OWN)),
        lambda by: change_grid(by=by, at=at, grid=a, name="改", cycle_days=1),
        lambda by: close_grid(by=by, at=at, grid=a, closed_on=day, reason="停"),
        lambda by: change_school(by=by, at=at, school=b, division=b.division, name="改", stage="primary"),
        lambda by: close_school(by=by, at=at, school=b, closed_on=day, reason="并"),
        lambda by: rename_school_area(by=by, at=at, area=c, name="改"),
    ):
        for who in (cast.neighbour, cast.city, cast.leader, cast.system):
            with pytest.raises(NotAllowed):
                step(who)
    assert traces() == before


def test_grid_lies_in_a_community_of_the_own_county(cast):
    outside = Division.objects.filter(parent__parent__code=NEIGHBOUR).order_by("code")[0]
    for place in (outside, Division.objects.get(code=TOWN)):
        with pytest.raises(InvalidInput, match="网格须设在本辖区的社区"):
            grid(cast.officer, division=place)
    assert traces() == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({"name": "第一网格"}, "该社区已有同名网格。"), ({"cycle_days": 0}, "巡查周期应在1至366天之间。")],
)
def test_refusals_of_the_database_in_words(cast, given, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        grid(cast.officer, **given)
    assert traces() == []


def test_grid_is_changed_and_closed_once(cast):
    made, at = grid(cast.officer), clock.now()
    change_grid(by=cast.officer, at=at, grid=made, name="第二网格", cycle_days=14)
    change_grid(by=cast.officer, at=at, grid=made, name="第二网格", cycle_days=14)
    close_grid(by=cast.officer, at=at, grid=made, closed_on=date(2024, 5, 1), reason="并入第一网格")
    assert traces() == [("grid.registered", ""), ("grid.changed", ""), ("grid.closed", "并入第一网格")]
    assert Event.objects.get(kind="grid.changed").changes == {"cycle_days": [7, 14]}
    assert Event.objects.get(kind="grid.closed").changes == {"closed_on": [None, "2024-05-01"]}
    for step in (
        lambda: close_grid(by=cast.officer, at=at, grid=made, closed_on=date(2024, 6, 1), reason="再次"),
        lambda: change_grid(by=cast.officer, at=at, grid=made, name="新名", cycle_days=7),
    ):
        with pytest.raises(NotAllowed, match="已停用的网格不能修改"):
            step()


def test_school_and_area_of_one_county(cast):
    east = area(cast.officer)
    made = school(cast.officer, area=east, opened_on=date(2000, 9, 1))
    foreign = SchoolArea.objects.create(jurisdiction=jurisdiction(NEIGHBOUR), name="外片区")
    outside = Division.objects.filter(parent__code=NEIGHBOUR).order_by("code")[0]
    for given in ({"area": foreign}, {"division": outside}, {"division": Division.objects.get(code=OWN)}):
        with pytest.raises(InvalidInput, match="学校的位置或片区不在本县。"):
            school(cast.officer, name="第二小学", **given)
    with pytest.raises(InvalidInput, match="已有同名学校。"):
        school(cast.officer)
    with pytest.raises(InvalidInput, match="已有同名片区。"):
        area(cast.officer)
    assert traces() == [("school_area.registered", ""), ("school.registered", "")]
    assert made.area == east


def test_school_is_changed_and_closed_once(cast):
    made, at = school(cast.officer, opened_on=date(2000, 9, 1)), clock.now()
    facts = {"division": made.division, "stage": "nine_year", "opened_on": made.opened_on}
    change_school(by=cast.officer, at=at, school=made, name="实验学校", **facts)
    assert Event.objects.get(kind="school.changed").changes == {
        "name": ["实验小学", "实验学校"],
        "stage": ["primary", "nine_year"],
    }
    with pytest.raises(InvalidInput, match="撤并日期不能早于启用日期。"):
        close_school(by=cast.officer, at=at, school=made, closed_on=date(1999, 1, 1), reason="并")
    close_school(by=cast.officer, at=at, school=made, closed_on=date(2024, 7, 1), reason="并入第二小学")
    with pytest.raises(NotAllowed, match="已撤并的学校不能修改"):
        close_school(by=cast.officer, at=at, school=made, closed_on=date(2024, 7, 2), reason="再次")
    assert [kind for kind, _ in traces()] == ["school.registered", "school.changed", "school.closed"]


def test_renaming_an_area(cast):
    made = area(cast.officer)
    rename_school_area(by=cast.officer, at=clock.now(), area=made, name="西片区")
    assert Event.objects.get(kind="school_area.changed").changes == {"name": ["东片区", "西片区"]}


@pytest.fixture
def enter(client, cast):
    def as_(name: str):
        client.force_login(User.objects.get(pk=cast.everyone()[name].user_id))
        return client

    return as_


@pytest.mark.parametrize("model", ["gridarea", "schoolarea", "school", "division", "jurisdiction"])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(cast, enter, model, count, django_assert_num_queries):
    for number in range(count):
        grid(cast.officer, name=f"网格{number}")
        school(cast.officer, name=f"学校{number}", area=area(cast.officer, name=f"片区{number}"))
    client = enter("officer")
    client.get("/enter/")  # writes when the session was last used
    with django_assert_num_queries(8 if model == "school" else 6):  # the terms that its after-school filter offers
        assert client.get(f"/admin/regions/{model}/").status_code == 200


def test_pages_of_the_officer_work_through_the_browser(cast, enter):
    client, place = enter("officer"), community()
    own = jurisdiction(OWN).pk
    day = {"closed_on": "2024-05-01", "reason": "调整"}
    facts = {"jurisdiction": own, "division": place.pk, "name": "第二网格", "cycle_days": 7}
    for url in ("gridarea/register/", "schoolarea/register/", "school/register/"):
        assert client.get(f"/admin/regions/{url}").status_code == 200
    made = client.post("/admin/regions/gridarea/register/", facts)["Location"]
    assert client.post(f"{made}edit/", {"name": "第二网格", "cycle_days": 3})["Location"] == made
    assert client.post(f"{made}close/", day)["Location"] == made
    assert client.post(f"{made}close/", day).status_code == 403
    made = client.post("/admin/regions/schoolarea/register/", {"jurisdiction": own, "name": "东片区"})["Location"]
    assert client.post(f"{made}edit/", {"name": "西片区"})["Location"] == made
    facts = {"jurisdiction": own, "division": place.pk, "name": "实验小学", "stage": "primary"}
    made = client.post("/admin/regions/school/register/", facts)["Location"]
    assert client.get(f"{made}edit/").status_code == 200
    assert client.post(f"{made}edit/", {**facts, "name": "实验学校"})["Location"] == made
    assert client.post(f"{made}close/", day)["Location"] == made


def test_pickers_of_the_pages_are_narrowed(cast, enter):
    client = enter("town")
    outside = community(other_town().code)
    facts = {"jurisdiction": jurisdiction(OWN).pk, "division": outside.pk, "name": "外", "cycle_days": 7}
    page = client.post("/admin/regions/gridarea/register/", facts)
    assert "选择一个有效的选项" in page.content.decode()
    assert client.get("/admin/regions/school/register/").status_code == 403


def test_divisions_are_looked_up_by_everybody_of_the_staff(enter):
    client = enter("bank")
    page = client.get("/admin/regions/division/?q=smq").content.decode()
    assert "思明区" in page
    abolished = Division.objects.get(code="350681")
    assert "龙海区" in client.get(f"/admin/regions/division/{abolished.pk}/").content.decode()
    assert client.get("/admin/regions/gridarea/").status_code == 403
