"""Which county and town a row belongs to: written, in the address, abolished, contradicting, out of reach."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.imports.places import Places
from foundation.imports.placing import place_row
from foundation.imports.target import Ground, Row
from foundation.regions.models import Division, Jurisdiction
from institutions.importing import INSTITUTIONS
from tests.cast import OWN

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
XIAMEN, SANMING, QUANZHOU, PINGTAN, TAISHANG = "350200", "350400", "350500", "350128", "3505T1"


def ground(code: str = OWN) -> Ground:
    return Ground(Jurisdiction.objects.get(code=code), today=TODAY)


def placed(code: str = OWN, **record: str) -> Row:
    row = Row(None, 2, {}, record=record)
    place_row(row, ground(code), INSTITUTIONS.resource.columns)
    return row


def said(row: Row) -> tuple[str | None, list[str], list[str]]:
    """(county, codes of the reasons, codes of the warnings)."""
    return row.record.get("county"), [f.code for f in row.reasons], [f.code for f in row.warnings]


@pytest.mark.parametrize(
    "word",
    [
        "思明区",
        "思明",
        "350203",
        "350203000",
        "350203000000",
        "350203001",
        "厦门市思明区",
        "福建省厦门市思明区",
        "厦门思明",
    ],
)
def test_a_county_is_known_by_any_of_its_names_and_codes(word):
    row = placed(county=word)
    assert said(row) == ("思明区", [], [] if word == "思明区" else ["normalized"])
    assert all((fault.before, fault.after) == (word, "思明区") for fault in row.warnings)


@pytest.mark.parametrize(
    ("word", "county"),
    [
        ("梅列区", "三元区"),
        ("梅列", "三元区"),
        ("三明市梅列区", "三元区"),
        ("350402", "三元区"),
        ("350403", "三元区"),
        ("350427", "沙县区"),
        ("沙县", "沙县区"),
        ("三明市沙县", "沙县区"),
    ],
)
def test_an_abolished_county_leads_to_its_successor_and_it_is_said(word, county):
    row = placed(SANMING, county=word)
    assert said(row) == (county, [], ["code_legacy"])
    assert (row.warnings[0].before, row.warnings[0].after) == (word, county)


@pytest.mark.parametrize(
    ("address", "county", "warned"),
    [
        ("厦门市集美区石鼓路9号", "集美区", ["county_missing"]),
        ("福建省厦门市集美区石鼓路9号", "集美区", ["county_missing"]),
        ("福建厦门集美区石鼓路9号", "集美区", ["county_missing"]),
        ("集美区石鼓路9号", "集美区", ["county_missing"]),
        ("办学地址：厦门市集美区石鼓路9号", "集美区", ["county_missing"]),
        ("位于厦门市集美区石鼓路9号", "集美区", ["county_missing"]),
    ],
)
def test_a_citys_file_takes_the_county_from_the_address(address, county, warned):
    row = placed(XIAMEN, address=address)
    assert said(row) == (county, [], warned)
    assert row.warnings[0].after == county


def test_an_abolished_county_in_the_address_is_its_successor():
    row = placed(SANMING, address="三明市梅列区东新四路1号")
    assert said(row) == ("三元区", [], ["code_legacy", "county_missing"])
    assert "梅列区" in row.warnings[0].message
    assert said(placed(SANMING, address="三明市沙县凤岗街道1号")) == ("沙县区", [], ["code_legacy", "county_missing"])


@pytest.mark.parametrize("address", ["湖滨南路1号", "厦门市湖滨南路1号", "厦门市同安路1号", "厦门市鼓楼区1号", ""])
def test_a_citys_file_must_tell_the_county(address):
    row = placed(XIAMEN, **({"address": address} if address else {}))
    assert said(row) == (None, ["county_missing"], [])
    assert row.reasons[0].after == ""


def test_the_town_hints_at_the_county_that_is_missing():
    row = placed(XIAMEN, town="厦港街道", address="湖滨南路1号")
    assert said(row) == (None, ["county_missing"], [])
    assert (row.reasons[0].after, row.reasons[0].confidence) == ("思明区", 0.9)
    assert "town" not in row.record


def test_a_countys_file_needs_no_county():
    assert said(placed(address="湖滨南路1号")) == ("思明区", [], [])
    assert said(placed()) == ("思明区", [], [])


def test_a_city_in_the_county_column_says_nothing_about_the_county():
    assert said(placed(county="厦门市", address="湖滨南路1号")) == ("思明区", [], ["county_missing"])
    assert said(placed(XIAMEN, county="福建省厦门市")) == (None, ["county_missing"], [])
    row = placed(XIAMEN, county="厦门市", address="思明区湖滨南路1号")
    assert said(row) == ("思明区", [], ["county_missing"])
    assert row.warnings[0].before == "厦门市"


def test_two_counties_in_force_contradict_each_other():
    row = placed(XIAMEN, county="集美区", address="厦门市思明区湖滨南路1号")
    assert said(row) == ("集美区", ["county_mismatch"], [])
    fault = row.reasons[0]
    assert (fault.before, fault.after, fault.confidence) == ("集美区", "思明区", 0.5)
    assert said(placed(county="集美区", address="思明区湖滨南路1号"))[1] == ["county_mismatch", "county_out_of_scope"]
    assert said(placed(county="思明区", address="集美区石鼓路1号"))[1] == ["county_mismatch"]


@pytest.mark.parametrize(
    ("county", "address", "warned"),
    [
        ("三元区", "三明市梅列区东新四路1号", []),
        ("梅列区", "三明市三元区东新四路1号", ["code_legacy"]),
        ("沙县区", "三明市沙县凤岗街道1号", []),
        ("沙县", "三明市沙县区凤岗街道1号", ["code_legacy"]),
    ],
)
def test_an_abolished_name_of_the_same_county_is_no_contradiction(county, address, warned):
    row = placed(SANMING, county=county, address=address)
    assert (row.reasons, [fault.code for fault in row.warnings]) == ([], warned)


def test_an_abolished_name_of_another_county_is_a_contradiction():
    assert said(placed(SANMING, county="沙县区", address="三明市梅列区1号"))[1] == ["county_mismatch"]


def test_unknown_counties_come_with_what_was_meant():
    row = placed(county="思名区")
    assert said(row) == (None, ["county_unknown"], [])
    assert (row.reasons[0].before, row.reasons[0].after, row.reasons[0].confidence) == ("思名区", "思明区", 0.6)
    assert placed(county="火星区", address="集美区石鼓路1号").reasons[0].after == "集美区"
    for word in ("火炬区", "朝阳区", "999999", "金门县"):
        row = placed(county=word)
        assert (said(row), row.reasons[0].after) == ((None, ["county_unknown"], []), "")


def test_other_bureaus_counties_are_out_of_scope():
    assert said(placed(county="集美区")) == ("集美区", ["county_out_of_scope"], [])
    assert said(placed(XIAMEN, county="鲤城区"))[1] == ["county_out_of_scope"]
    assert said(placed(address="集美区石鼓路1号"))[1] == ["county_out_of_scope"]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("泉州台商投资区", "泉州台商投资区"),
        ("台商投资区", "泉州台商投资区"),
        ("泉州市台商投资区", "泉州台商投资区"),
        ("泉州开发区", "泉州经济技术开发区"),
        ("泉州经济技术开发区", "泉州经济技术开发区"),
        ("3505K1", "泉州经济技术开发区"),
    ],
)
def test_functional_areas_are_known_by_their_names(word, name):
    assert said(placed(QUANZHOU, county=word)) == (name, [], [] if word == name else ["normalized"])


def test_a_functional_area_and_the_county_around_it_do_not_contradict_each_other():
    row = placed(QUANZHOU, county="泉州台商投资区", address="泉州市惠安县洛阳镇1号")
    assert said(row) == ("泉州台商投资区", [], [])
    assert row.record["town"] == "洛阳镇"
    assert said(placed(QUANZHOU, county="惠安县", address="泉州台商投资区东园镇1号"))[1] == []
    assert said(placed(QUANZHOU, county="惠安县", address="泉州市晋江市青阳街道1号"))[1] == ["county_mismatch"]
    assert said(placed(TAISHANG, address="泉州市惠安县洛阳镇1号"))[0] == "泉州台商投资区"
    for address in ("泉州台商投资区东园镇1号", "泉州市台商投资区东园镇1号", "福建省泉州市泉州台商投资区东园镇1号"):
        assert said(placed(QUANZHOU, address=address)) == ("泉州台商投资区", [], ["county_missing"])


@pytest.mark.parametrize("word", ["平潭综合实验区", "平潭县", "平潭", "350128", "福州市平潭县", "福建省平潭综合实验区"])
def test_pingtan_is_a_county_of_its_own_bureau(word):
    assert said(placed(PINGTAN, county=word))[:2] == ("平潭综合实验区", [])
    assert said(placed(PINGTAN, address=f"{word}潭城镇1号"))[:2] == ("平潭综合实验区", [])


def test_a_refused_county_cell_is_not_called_missing_too():
    row = Row(None, 2, {}, record={})
    column = INSTITUTIONS.resource.columns["county"]
    row.reasons.append(column.fault("cell_error", "公式出错"))
    place_row(row, ground(XIAMEN), INSTITUTIONS.resource.columns)
    assert [fault.code for fault in row.reasons] == ["cell_error"]


@pytest.mark.parametrize(
    "word", ["筼筜街道", "筼筜", "筼筜街道办事处", "筼筜街道办", "思明区筼筜街道", "厦门市思明区筼筜街道办事处"]
)
def test_a_town_is_known_by_its_names(word):
    town = Division.objects.get(name="筼筜街道")
    row = placed(town=word, address="湖滨南路1号")
    assert (row.record["town"], row.record["division"]) == ("筼筜街道", town.pk)
    assert said(row)[2] == ([] if word == "筼筜街道" else ["normalized"])
    assert placed(town=town.code).record["town"] == "筼筜街道"


def test_a_town_is_taken_from_the_address():
    assert placed(address="厦门市思明区筼筜街道湖滨南路1号").record["town"] == "筼筜街道"
    assert placed("350303", address="涵江区三江口镇1号").record["town"] == "三江口镇"
    assert placed("350303", address="涵江区江口镇1号").record["town"] == "江口镇"
    assert "town" not in placed(address="厦门市思明区湖滨南路1号").record
    row = placed(town="石鼓街道", address="筼筜街道1号")
    assert (row.record["town"], [fault.code for fault in row.warnings]) == ("筼筜街道", ["town_unknown"])


def test_a_code_that_means_two_towns_in_the_two_systems_means_none():
    row = placed("350213", town="350213003")
    assert ("town" in row.record, [fault.code for fault in row.warnings]) == (False, ["town_unknown"])


def test_places_are_read_once_and_words_looked_up_once(django_assert_num_queries):
    here = ground(XIAMEN)
    columns = INSTITUTIONS.resource.columns
    with django_assert_num_queries(4):
        for number in range(50):
            place_row(
                Row(None, 2, {}, record={"county": "思明区", "address": f"厦门市思明区{number}号"}), here, columns
            )
    assert here.places.county("思明区") is here.places.county("思明区")


def test_no_county_is_found_in_the_address_of_another():
    places = Places(frozenset())
    for county in places.by_id.values():
        if county.division_id:
            full = Division.objects.get(pk=county.division_id).name
            assert places.county_in(f"{county.city_name}{full}中山路1号").county is county
            assert places.county_in(f"{full}中山路1号").county is county
