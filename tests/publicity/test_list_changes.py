"""What editions changed, exactly: carried out, the changes lead from any edition to the latest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.core import clock
from institutions.models import StandingEvent
from listings.models import Edition
from listings.queries import lines_of
from tests.institutions.factories import AT
from tests.listings.factories import deliver, listed
from tests.publicity.factories import good, nobody_asked
from tests.publicity.feeding import API, all_changes, grown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


def carried_out(lines: set, changes: list[dict]) -> set:
    for each in changes:
        line = (each["public_id"], each["since"], each["until"])
        (lines.add if each["change"] == "added" else lines.remove)(line)
    return lines


def lines(edition: Edition) -> set:
    return {
        (line.public_id, line.since.isoformat(), line.until.isoformat() if line.until else None)
        for line in lines_of(edition)
    }


@pytest.mark.parametrize("size", [1, 2, 50])
def test_changes_carried_out_lead_from_any_edition_to_the_latest(cast, client, monkeypatch, size):
    monkeypatch.setattr("publicity.api.editions.PAGE", size)
    made = grown(cast)
    assert [edition.no for edition in made] == [1, 2, 3, 4]
    for since in range(5):
        found, page = all_changes(client, "lists/white/changes", since=since)
        begin = lines(made[since - 1]) if since else set()
        assert carried_out(begin, found) == lines(made[-1])
        assert (page["since"], page["edition"]) == (since, 4)
    assert all_changes(client, "lists/black/changes", since=0)[0] == []


def test_the_reasons_are_those_of_the_edition_page(cast, client):
    grown(cast)
    for no in range(1, 5):
        nobody_asked()
        shown = client.get(f"/lists/white/editions/{no}/").context["changes"]
        found, page = all_changes(client, f"lists/white/editions/{no}")
        assert {(each.public_id, each.change, each.reason) for each in shown} == {
            (each["public_id"], each["change"], each["reason"]) for each in found
        }
        assert all(each["reason"] for each in found)
        assert (page["edition"]["no"], page["lines"]) == (no, f"/lists/white/editions/{no}.csv")
    issues = client.get(f"{API}lists/white/editions").json()
    assert [issue["no"] for issue in issues["results"]] == [4, 3, 2, 1]
    assert [issue["no"] for issue in client.get(f"{API}lists/white/editions", {"after": "3"}).json()["results"]] == [
        2,
        1,
    ]


def test_many_editions_turn_their_pages(cast, client):
    Edition.objects.bulk_create(
        Edition(kind="white", no=no, cut_off=AT, entries=0, added=0, removed=0, content_sha256="0" * 64)
        for no in range(1, 103)
    )
    seen, after = [], ""
    while True:
        page = client.get(f"{API}lists/white/editions", {"after": after} if after else {}).json()
        seen += [issue["no"] for issue in page["results"]]
        if not (after := page["next_after"]):
            break
    assert seen == list(range(102, 0, -1))


def test_a_correction_after_an_edition_does_not_change_its_reasons(cast, client):
    row = good(cast)
    listed(cast, row)
    deliver()
    event = StandingEvent.objects.get(institution=row)
    StandingEvent.objects.create(
        institution=row, kind=event.kind, value=event.value, effective_on=event.effective_on, until=event.until,
        recorded_at=AT + timedelta(days=1), reason="更正的事由", replaces=event,
    )  # fmt: skip
    [found], _ = all_changes(client, "lists/white/changes", since=0)
    assert found["reason"] == event.reason
