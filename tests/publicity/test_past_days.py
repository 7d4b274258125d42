"""A day looked back at: what held then, as known now and as known then, on page, list, file."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from foundation.core import clock
from institutions.models import Institution
from listings.enums import ListKind
from listings.models import ListEntry
from listings.operations.removal import approve_delisting, propose_delisting
from tests.cast import Cast
from tests.listings.factories import deliver, listed
from tests.publicity.factories import good, nobody_asked, reachable

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
MARCH, APRIL, MAY, JULY = date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 10), date(2026, 7, 1)
IN_APRIL, IN_MAY, IN_JULY = "2026-04-15", "2026-05-20", "2026-07-20"


@pytest.fixture(autouse=True)
def now():
    with clock.set_to(NOW):
        yield


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)


def put_on(cast: Cast, row: Institution, kind: str, *, since: date, decided: date) -> ListEntry:
    facts = {"reason": f"{kind}的事由", "basis": "管理办法第五条", "effective_on": since}
    return listed(cast, row, kind=kind, until=since + timedelta(days=364), at=at(decided), **facts)


def take_off(cast: Cast, entry: ListEntry, *, decided: date, reason: str) -> None:
    entry = propose_delisting(entry=entry, reason=reason, ground="mistake", by=cast.officer, at=at(decided))
    approve_delisting(entry=entry, by=cast.leader, at=at(decided))


@pytest.fixture
def repaired(cast) -> Institution:
    """White in April, black in May, repaired in July: each decided on its day."""
    reachable(cast)
    row = good(cast, at=at(MARCH))
    with clock.set_to(at(APRIL)):
        white = put_on(cast, row, ListKind.WHITE, since=APRIL, decided=APRIL)
    with clock.set_to(at(MAY)):
        take_off(cast, white, decided=MAY, reason="发现违规收费")
        black = put_on(cast, row, ListKind.BLACK, since=MAY, decided=MAY)
    with clock.set_to(at(JULY)):
        take_off(cast, black, decided=JULY, reason="信用修复核查通过")
    deliver(NOW)
    return row


def on_page(client, row: Institution, day: str, **more: str) -> tuple[str, str]:
    """(the chip as known now, the chip as known then) of the box for a day."""
    nobody_asked()
    past = client.get(f"/institutions/{row.public_id}/", {"on": day, **more}).context["page"].past
    return past.now.verdict.word, past.then.verdict.word


def in_file(client, kind: str, **query: str) -> list[str]:
    nobody_asked()
    text = client.get(f"/lists/{kind}.csv", query).content.decode("utf-8-sig")
    return [line["机构名称"] for line in csv.DictReader(io.StringIO(text))]


def in_list(client, kind: str, **query: str) -> list[str]:
    nobody_asked()
    return [row.name for row in client.get("/lists/", {"kind": kind, **query}).context["rows"]]


def test_three_days_answer_right_on_page_list_and_file(client, repaired):
    words = {day: on_page(client, repaired, day) for day in (IN_APRIL, IN_MAY, IN_JULY)}
    assert words == {
        IN_APRIL: ("正常·白名单", "正常·白名单"),
        IN_MAY: ("列入黑名单", "列入黑名单"),
        IN_JULY: ("正常", "正常"),
    }
    for day, kinds in ((IN_APRIL, {"white"}), (IN_MAY, {"black"}), (IN_JULY, set())):
        for found in (in_list, in_file):
            assert {kind for kind in ListKind.values if found(client, kind, on=day) == [repaired.name]} == kinds
            assert {kind for kind in ListKind.values if found(client, kind, on=day)} == kinds
    assert in_list(client, "black") == in_file(client, "black") == []


def test_what_was_entered_late_differs_between_the_two_clocks(client, cast):
    """Black from 10 May, but decided on 20 June: on 20 May nobody knew, and who asks now is told both."""
    row = good(cast, at=at(MARCH))
    put_on(cast, row, ListKind.BLACK, since=MAY, decided=date(2026, 6, 20))
    assert on_page(client, row, IN_MAY) == ("列入黑名单", "正常")
    page = client.get(f"/institutions/{row.public_id}/", {"on": IN_MAY}).content.decode()
    assert "两栏不同" in page
    assert in_list(client, "black", on=IN_MAY) == in_file(client, "black", on=IN_MAY) == [row.name]
    assert in_list(client, "black", on=IN_MAY, known=IN_MAY) == []
    assert in_file(client, "black", on=IN_MAY, known=IN_MAY) == []
    assert in_list(client, "black", on=IN_MAY, known="2026-06-20") == [row.name]


def test_a_day_that_turned_out_black_is_not_white_too(client, cast):
    """White until June; in June it is decided that it was black from 10 May: on 20 May it counts as black only."""
    row = good(cast, at=at(MARCH))
    white = put_on(cast, row, ListKind.WHITE, since=APRIL, decided=APRIL)
    take_off(cast, white, decided=date(2026, 6, 20), reason="发现违规收费")
    put_on(cast, row, ListKind.BLACK, since=MAY, decided=date(2026, 6, 20))
    assert on_page(client, row, IN_MAY) == ("列入黑名单", "正常·白名单")
    found = {kind: in_list(client, kind, on=IN_MAY) for kind in (ListKind.WHITE, ListKind.BLACK)}
    assert found == {"white": [], "black": [row.name]}
    assert in_file(client, "white", on=IN_MAY) == []
    assert in_list(client, "white", on=IN_MAY, known=IN_MAY) == in_list(client, "white", on=IN_APRIL) == [row.name]


def test_before_it_was_registered_it_says_so(client, cast):
    row = good(cast)
    assert on_page(client, row, "2023-01-01")[0] == "当时未登记"


@pytest.mark.parametrize("query", [{"on": "2026-13-01"}, {"on": "昨天"}, {"on": "2026-11-03"}, {"known": "1999-01-01"}])
def test_a_day_that_cannot_be_asked_for_is_answered_in_words(client, cast, query):
    row = good(cast)
    for path in ("/lists/", "/lists/white.csv", f"/institutions/{row.public_id}/"):
        response = client.get(path, query)
        assert response.status_code == 400
        assert "查询的日期有误" in response.content.decode()


def test_days_looked_back_at_stay_out_of_search_engines(client, cast):
    assert client.get("/lists/", {"on": IN_MAY}).headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get("/lists/").headers


def test_editions_tell_what_came_and_went_and_why(client, cast):
    reachable(cast)
    row = good(cast, at=at(MARCH))
    white = put_on(cast, row, ListKind.WHITE, since=APRIL, decided=APRIL)
    with clock.set_to(at(APRIL)):
        deliver(at(APRIL))
    take_off(cast, white, decided=MAY, reason="发现违规收费")
    with clock.set_to(at(MAY)):
        deliver(at(MAY))
    issues = client.get("/lists/white/editions/").context["issues"]
    assert [(issue.no, issue.entries, issue.added, issue.removed) for issue in issues] == [(2, 0, 0, 1), (1, 1, 1, 0)]
    told = [client.get(f"/lists/white/editions/{no}/").context["changes"] for no in (1, 2)]
    assert [[(change.name, change.came, change.reason) for change in changes] for changes in told] == [
        [(row.name, True, "white的事由")],
        [(row.name, False, "发现违规收费")],
    ]
    lines = [client.get(f"/lists/white/editions/{no}.csv").content.decode("utf-8-sig").splitlines() for no in (1, 2)]
    assert [len(found) for found in lines] == [2, 1]
    assert client.get("/lists/white/editions/3/").status_code == client.get("/lists/grey/editions/").status_code == 404
