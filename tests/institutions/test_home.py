"""What the register shows on the staff's home page: the county map and what changed lately, within scope."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.accounts.models import User
from foundation.core import clock
from foundation.core.home import figure_tiles
from institutions.models import Institution
from institutions.operations.premises import add_permit
from institutions.panels import institutions_by_county, status_changes
from tests.cast import NEIGHBOUR
from tests.institutions import factories
from tests.institutions.test_staff_and_teaching import teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_counties(cast) -> tuple[Institution, Institution, Institution]:
    ours = factories.institution(cast.officer), factories.institution(cast.officer)
    return *ours, factories.institution(cast.neighbour, county=NEIGHBOUR)


def values(actor) -> dict[str, int]:
    return {tile.label: tile.value for tile in institutions_by_county(actor).tiles if tile.value}


def test_the_map_counts_normal_institutions_by_county_within_scope(cast, two_counties):
    assert values(cast.city) == values(cast.province) == {"思明区": 2, "集美区": 1}
    assert len(institutions_by_county(cast.city).tiles) == 6
    assert len(institutions_by_county(cast.province).tiles) > 80


def test_who_sees_one_county_or_no_register_gets_no_map(cast, two_counties):
    assert [institutions_by_county(actor) for actor in (cast.officer, cast.town, cast.bank, cast.system)] == [None] * 4


def test_a_tile_opens_exactly_the_rows_that_it_counts(cast, two_counties, client):
    client.force_login(User.objects.get(pk=cast.city.user_id))
    tile = next(tile for tile in institutions_by_county(cast.city).tiles if tile.label == "思明区")
    listed = client.get(tile.url).context["cl"].result_list
    assert {row.pk for row in listed} == {row.pk for row in two_counties[:2]}


def test_changes_are_those_of_visible_institutions(cast, two_counties):
    assert {change.text.partition("：")[0] for change in status_changes(cast.officer)} == {
        str(row) for row in two_counties[:2]
    }
    assert len(status_changes(cast.city)) == 3
    assert status_changes(cast.other_city) == []
    assert status_changes(cast.system) is None


def test_map_and_changes_cost_three_queries(cast, two_counties, django_assert_num_queries):
    with django_assert_num_queries(3):
        institutions_by_county(cast.city)
        status_changes(cast.city)


@pytest.mark.parametrize(
    ("label", "count"), [("许可将到期或已过期", 2), ("三张网有空缺", 3), ("未纳入全国平台", 2), ("犯罪记录查询逾期", 1)]
)
def test_what_needs_attention_opens_exactly_its_rows(client, cast, label, count):
    """A permit that ends soon, one that has ended, one that runs on; no names in the nets; one on the platform."""
    today = clock.today()
    for days in (30, -5, 300):
        row = factories.institution(cast.officer, platform_id="QG1" if days == 300 else "")
        add_permit(
            institution=row, kind="non_subject", number=f"教民{days}号", issuer="思明区教育局",
            valid_to=today + timedelta(days=days), by=cast.officer, at=factories.AT,
        )  # fmt: skip
    teacher(row, cast.officer, crime_checked_on=today - timedelta(days=400))
    client.force_login(User.objects.get(pk=cast.officer.user_id))
    [tile] = [tile for tile in figure_tiles(cast.officer) if tile.label == label]
    assert (tile.count, client.get(tile.url).context["cl"].result_count) == (count, count)
