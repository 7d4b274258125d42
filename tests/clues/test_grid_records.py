"""网格巡查记录: who walked a grid, what they reported, what became of it; never the text."""

from datetime import timedelta

import pytest

from clues.enums import Channel, Subject
from clues.operations.grid_records import issue_grid_record
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.documents.models import Document
from foundation.documents.queries import verdict_on
from foundation.regions.models import Division, GridArea
from institutions.operations.nets import fill_nets
from tests.clues.factories import SEEN, accepted, clue
from tests.documents.factories import organ_of
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
DAY = AT.date()
WEEK = {"period_from": DAY - timedelta(days=6), "period_to": DAY}


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


@pytest.fixture
def grid(cast) -> GridArea:
    organ_of(cast.officer)
    return GridArea.objects.get()


def reported(cast, **given):
    place = Division.objects.get(pk=sorted(cast.grid.areas)[0])
    facts = {"channel": Channel.GRID, "division": place, "sign": "李老师画室", "address": "厦禾路8号", **given}
    return clue(cast.grid, **facts)


def test_it_tells_who_reported_what_and_how_far_it_is(cast, grid):
    row = reported(cast)
    accepted(row, cast.officer)
    reported(cast, subject=Subject.ADVERT, happened_on=DAY - timedelta(days=7))  # before the week
    clue(cast.officer, division=row.division)  # a call, no patrol
    site = institution(cast.officer, division=grid.division)
    fill_nets(institutions=[site], by=cast.officer, at=AT)
    document = issue_grid_record(grid=grid, **WEEK, remark="夜间灯亮", by=cast.officer, at=AT)
    fields = document.frozen["fields"]
    assert fields["reports"] == [[row.number, DAY.isoformat(), "李老师画室 厦禾路8号", "无证办学", "已受理"]]
    assert (fields["workers"], fields["institutions"]) == ([cast.grid.name], "1家，其中1家已落实网格责任人")
    assert "夜间灯亮" in document.content
    assert SEEN not in document.content
    assert Event.objects.get(kind="grid.record_issued").changes["document"] == [None, document.number]
    assert verdict_on(document.verify_code).internal


def test_one_a_period(cast, grid):
    first = issue_grid_record(grid=grid, **WEEK, by=cast.officer, at=AT)
    with pytest.raises(Conflict, match=first.number):
        issue_grid_record(grid=grid, **WEEK, by=cast.second_officer, at=AT)
    issue_grid_record(grid=grid, period_from=DAY, period_to=DAY, by=cast.officer, at=AT)


@pytest.mark.parametrize(("first", "last"), [(0, -1), (-6, 1), (-366, 0)])
def test_a_period_that_cannot_be(cast, grid, first, last):
    days = {"period_from": DAY + timedelta(days=first), "period_to": DAY + timedelta(days=last)}
    with pytest.raises(InvalidInput) as refusal:
        issue_grid_record(grid=grid, **days, by=cast.officer, at=AT)
    assert set(refusal.value.fields) == {"period_to"}


@pytest.mark.parametrize("role", ["leader", "town", "grid", "neighbour", "city", "culture"])
def test_only_the_county(cast, grid, role):
    organ_of(cast.city, "厦教")
    with pytest.raises(NotAllowed):
        issue_grid_record(grid=grid, **WEEK, by=getattr(cast, role), at=AT)


def test_the_page_of_the_grid(cast, grid, enter):
    client, address = enter(cast.officer), f"/admin/regions/gridarea/{grid.pk}/"
    assert f'value="{WEEK["period_from"]}"' in client.get(f"{address}record/").content.decode()
    sent = {name: day.isoformat() for name, day in WEEK.items()}
    assert client.post(f"{address}record/", sent).status_code == 302
    assert Document.objects.get(kind="grid_record").number in client.get(address).content.decode()
    assert "还没有出具网格巡查记录" not in enter(cast.town).get(address).content.decode()  # a town reads no clues
