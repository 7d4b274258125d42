"""Counties by code and name, old and new; towns in addresses; the traps that the data's README names."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from foundation.regions.lookup import CountyFinder, TownFinder, division_in_address, find_county
from foundation.regions.models import Division
from foundation.regions.queries import lies_in, lowest_bureaus, matches_division, pickable_divisions
from foundation.regions.reference import DATA
from tests.cast import OWN, jurisdiction

TODAY = date(2024, 6, 1)


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COUNTIES = [row for row in rows_of("divisions_fujian.csv") if row["level"] == "county"]
CITIES = {row["code"]: row["name"] for row in rows_of("divisions_fujian.csv") if row["level"] == "city"}
ABOLISHED = rows_of("abolished.csv")


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of this file uses the database."""


def test_the_lists_are_whole():
    assert (len(COUNTIES), len(ABOLISHED)) == (84, 8)


def test_each_county_is_found_by_code_and_every_form_of_its_name():
    finder, wrong = CountyFinder(), []
    for county in COUNTIES:
        code, name, city = county["code"], county["name"], CITIES[county["parent_code"]]
        forms = [code, f"{code}000000", f"{code}000", name, f"{city}{name}", f"福建省{city}{name}", f" {name} "]
        forms += [int(code), f"{city[:-1]}{name}"]
        if len(name) > 2:
            forms += [name[:-1], f"{city}{name[:-1]}"]
        for form in forms:
            found = finder.find(form, TODAY)
            if found is None or found.division.code != code or found.abolished is not None:
                wrong.append((form, found))
    assert wrong == []


def test_each_abolished_code_leads_to_the_successor_and_says_so():
    finder = CountyFinder()
    for row in ABOLISHED:
        found = finder.find(row["code"], TODAY)
        assert (found.division.code, found.abolished.code) == (row["successor"], row["code"])
        assert found.note.startswith(f"{row['code']} {row['name']}已于{row['valid_to']}撤销，按{row['successor']} ")


def test_each_abolished_name_leads_to_the_successor():
    """三元区 is a name in force again, and 沙县 the short name of 沙县区: nothing to say."""
    finder = CountyFinder()
    for row in ABOLISHED:
        for form in (row["name"], f"{CITIES[row['parent_code']]}{row['name']}"):
            found = finder.find(form, TODAY)
            assert found.division.code == row["successor"]
            assert (found.abolished is None) == (row["name"] in {"三元区", "沙县"})


@pytest.mark.parametrize("short", ["梅列", "龙海", "长泰", "长乐", "建阳", "永定", "沙县"])
def test_short_names_of_the_abolished(short):
    assert find_county(short, TODAY).division.name == f"{short}区".replace("梅列区", "三元区")


def test_on_a_day_before_the_change_the_old_unit_was_in_force():
    last_day = date(2021, 2, 18)
    for form in ("350681", "龙海市"):
        assert find_county(form, last_day).division.code == "350681"
        assert find_county(form, last_day).note == ""
        assert find_county(form, date(2021, 2, 19)).division.code == "350604"
    assert find_county("三元区", last_day).division.code == "350403"


@pytest.mark.parametrize(
    "text", ["", "   ", "350000", "350200", "350999", "3502", "110101", "朝阳区", "福建省", "厦门市", "思"]
)
def test_what_is_no_county_is_not_guessed(text):
    assert find_county(text, TODAY) is None


def test_full_width_and_blanks_are_forgiven():
    assert find_county("３５０２０３", TODAY).division.name == "思明区"
    assert find_county("厦门市　思明区", TODAY).division.code == "350203"


def test_many_rows_cost_the_queries_of_one(django_assert_num_queries):
    with django_assert_num_queries(2):
        finder = CountyFinder()
        for county in COUNTIES:
            finder.find(county["name"], TODAY)
    county = Division.objects.get(code=OWN)
    with django_assert_num_queries(1):
        towns = TownFinder()
        for number in range(20):
            towns.find(f"思明区鹭江街道{number}号", county)


def county(code: str) -> Division:
    return Division.objects.get(code=code)


def test_each_town_is_found_in_its_county_by_either_name():
    finder, wrong = TownFinder(), []
    counties = {division.code: division for division in Division.objects.filter(level="county")}
    for row in rows_of("town_crosswalk_fujian.csv"):
        if not row["nbs_code"]:
            continue
        place = counties[row["county_code"]]
        for name in {row["nbs_name"], row["mca_name"]} - {""}:
            found = finder.find(f"福建省{place.name}{name}中山路1号", place)
            if found is None or found.code != row["nbs_code"]:
                wrong.append((place.name, name, found))
    assert wrong == []


def test_renamed_towns_answer_to_both_names():
    hushi = division_in_address("秀屿区笏石镇", county("350305"))
    assert hushi == division_in_address("秀屿区笏石街道", county("350305"))
    assert str(hushi) == "笏石街道"


def test_a_name_outside_the_basic_plane_is_found():
    tiger = division_in_address("蕉城区虎𬇙镇", county("350902"))
    assert tiger == division_in_address("蕉城区虎贝镇", county("350902"))
    assert tiger.legal_name == "虎𬇙镇"


def test_longest_name_wins():
    assert division_in_address("涵江区三江口镇", county("350303")).name == "三江口镇"
    assert division_in_address("涵江区江口镇", county("350303")).name == "江口镇"


def test_pseudo_towns_of_the_statistics_are_places_too():
    assert division_in_address("湖里区火炬高技术开发区创业路8号", county("350206")).code == "350206405"


def test_a_town_of_another_county_is_not_taken():
    assert division_in_address("思明区鹭江街道", county("350211")) is None
    assert division_in_address("中山路1号", county(OWN)) is None


def test_nine_digit_codes_are_never_joined_across_the_systems():
    """350213003 is 新店街道 in one list and 民安街道 in the other: a code search offers both, a name decides."""
    offered = Division.objects.filter(matches_division("350213003"), level="town")
    assert {str(division) for division in offered} == {"新店街道", "民安街道"}
    names = {name: division_in_address(f"翔安区{name}", county("350213")).name for name in ("新店街道", "民安街道")}
    assert names == {"新店街道": "新店街道", "民安街道": "民安街道"}


@pytest.mark.parametrize(
    ("text", "code"), [("smq", "350203"), ("思明", "350203"), ("3502 03", "350203"), ("梅列", "350402")]
)
def test_search_of_the_register(text, code):
    assert code in Division.objects.filter(matches_division(text)).values_list("code", flat=True)


def test_kinmen_is_on_the_list_and_in_no_picker(cast):
    assert find_county("金门县", TODAY).division.code == "350527"
    assert not pickable_divisions(cast.province, "county", "town").filter(code__startswith="350527").exists()
    assert pickable_divisions(cast.province, "county").count() == 83
    assert not lowest_bureaus(cast.province).filter(code="350527").exists()


def test_pickers_hold_the_own_places_only(cast):
    own = pickable_divisions(cast.officer, "county", "town", "village")
    assert {division.code[:6] for division in own} == {OWN}
    town = pickable_divisions(cast.town, "town", "village")
    assert {division.code[:9] for division in town} == {"350203001"}
    for nobody in (cast.bank, cast.finance, cast.public):
        assert not pickable_divisions(nobody, "county", "town", "village").exists()


def test_functional_area_without_a_code_governs_within_its_city():
    area = jurisdiction("3505T1")
    assert lies_in(Division.objects.filter(parent__code="350521", level="town").order_by("code")[0], area)
    assert not lies_in(county(OWN), area)


def test_places_lie_in_their_own_bureau_and_all_above():
    community = Division.objects.filter(parent__parent__code=OWN).order_by("code")[0]
    for code, inside in ((OWN, True), ("350200", True), ("350000", True), ("350211", False), ("350500", False)):
        assert lies_in(community, jurisdiction(code)) is inside
