"""The feed of institutions: days that come, completeness, paging, what commits late, its cost."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.core import clock
from institutions import changes as feed
from institutions.enums import StandingKind, Status
from institutions.models import Institution, PublicChange
from institutions.operations.premises import add_permit, end_permit
from institutions.operations.status import change_status
from institutions.tasks import refresh_today
from tests.cast import Cast, build_cast
from tests.institutions.factories import AT, institution
from tests.publicity.factories import good, nobody_asked, world
from tests.publicity.feeding import API, DAY, LONG_AGO, all_changes, by, change, forget, standing

migration = importlib.import_module("institutions.migrations.0003_public_changes")


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


# -- days that come ------------------------------------------------------------------------------------------------
def days_after(number: int):
    """Nightfall so many days after the database's today: changes are noted by its clock."""
    return clock.set_to(datetime.now(UTC) + timedelta(days=number))


def _permit_until(cast: Cast, row: Institution, day: date) -> None:
    add_permit(
        institution=row, kind="school", number="教民9", issuer="局", valid_to=day - timedelta(days=1), **by(cast)
    )


TURNS: dict[str, Callable[[Cast, Institution, date], object]] = {
    "a permit runs out": _permit_until,
    "a permit begins": lambda cast, row, day: add_permit(
        institution=row, kind="school", number="教民9", issuer="局", valid_from=day, **by(cast)
    ),
    "a permit is ended ahead": lambda cast, row, day: end_permit(
        permit=row.permits.get(), ended_on=day, reason="注销", **by(cast)
    ),
    "a listing begins": lambda cast, row, day: standing(StandingKind.WHITE_LIST, effective_on=day)(cast, row),
    "a term runs out": lambda cast, row, day: standing(StandingKind.WARNING, until=day - timedelta(days=1))(cast, row),
    "a status begins": lambda cast, row, day: change_status(
        institution=row, status=Status.CLOSING, effective_on=day, reason="公告", **by(cast)
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("turn", TURNS)
def test_a_day_that_comes_is_a_change_without_anybody_writing(cast, turn):
    row, _ = good(cast), good(cast, name="没有变化的机构")
    real = datetime.now(UTC).astimezone(AT.tzinfo).date()
    TURNS[turn](cast, row, real + timedelta(days=3))
    PublicChange.objects.update(changed_at=datetime.now(UTC) - timedelta(hours=1))
    before = dict(PublicChange.objects.values_list("institution_id", "changed_at"))
    with days_after(2):
        refresh_today(None)
    assert dict(PublicChange.objects.values_list("institution_id", "changed_at")) == before
    with days_after(5):  # two nights were missed
        refresh_today(None)
    after = dict(PublicChange.objects.values_list("institution_id", "changed_at"))
    assert {pk for pk in after if after[pk] != before[pk]} == {row.pk}


@pytest.mark.django_db
def test_a_flag_that_ends_tells_nobody(cast):
    row = good(cast)
    standing(StandingKind.FLAG, detail="欠费", until=DAY + timedelta(days=3))(cast, row)
    forget()
    PublicChange.objects.update(changed_at=AT)
    assert feed.note_turned_days(today=DAY + timedelta(days=5)) == 0


# -- completeness of what is watched -------------------------------------------------------------------------------
#: Read by the page, but no change of the institution: said in the schema and on the page of open data.
ELSEWHERE = {
    "regions_jurisdiction": "areas",
    "accounts_organ": "areas",
    "listings_listentry": "its basis and organ stand before the standing is set, in the same transaction",
    "institutions_standingperiod": "made from the events",
    "core_throttle": "plumbing",
    **dict.fromkeys(
        ["cases_case", "cases_casepaper", "cases_violation", "documents_document"],
        "what is decided stands before it is published, and stays",
    ),
    "inspections_visit": "the day of the last visit stands on the page only, which no feed announces",
}


def watched() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname LIKE 'public_change_%' AND t.tgenabled <> 'D'"
        )
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_every_table_that_the_institutions_answers_read_is_watched(cast, client):
    white, black, _ = world(cast)
    with CaptureQueriesContext(connection) as asked:
        for row in (white, black):
            client.get(f"{API}institutions/{row.public_id}", {"on": "2026-11-02", "known": "2026-11-01"})
            client.get(f"/institutions/{row.public_id}/")
        client.get(f"{API}institutions")
    read = {table for each in asked for table in re.findall(r'(?:FROM|JOIN|INTO)\s+"?(\w+_\w+)"?', each["sql"])}
    assert {"institutions_permit", "institutions_course", "institutions_statusevent"} <= read
    assert read - watched() - set(ELSEWHERE) == set()
    assert set(ELSEWHERE) - read == set()


def test_every_column_of_an_institution_is_public_or_known_to_be_private():
    private = {
        "id", "public_id", "division_id", "legal_person", "phone", "platform_id", "remark", "grade", "registered_at",
        "changed_at",
    }  # fmt: skip
    assert {field.column for field in Institution._meta.fields} == {*migration.SHOWN, *migration.GONE} | private


# -- paging, lateness, cost ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_pages_of_one_instant_turn_without_gaps_or_doubles(cast, client):
    rows = [institution(cast.officer, name=f"机构{number:03}", credit_code=None) for number in range(103)]
    found, page = all_changes(client, "institutions", changed_since="2020-01-01T00:00:00Z")
    assert [each["public_id"] for each in found] == [row.public_id for row in rows]
    last = PublicChange.objects.latest("changed_at").changed_at
    assert datetime.fromisoformat(page["next_changed_since"]) == last - feed.LATEST_COMMIT
    nobody_asked()
    first = client.get(f"{API}institutions", {"changed_since": page["next_changed_since"]})
    with clock.set_to(clock.now() + timedelta(hours=2)):
        again = client.get(
            f"{API}institutions",
            {"changed_since": page["next_changed_since"]},
            headers={"If-None-Match": first["ETag"]},
        )
    assert again.status_code == 304


@pytest.mark.django_db
def test_nothing_new_leaves_the_place_where_it_is(db, client):
    page = client.get(f"{API}institutions", {"changed_since": "2026-11-02T10:00:00+08:00"}).json()
    assert (page["changes"], page["results"]) == ([], [])
    assert datetime.fromisoformat(page["next_changed_since"]) == datetime(2026, 11, 2, 2, tzinfo=UTC)
    plus = client.get(f"{API}institutions?changed_since=2026-11-02T10:00:00+08:00").json()  # "+" arrives as a blank
    assert plus == page


def other_session():
    login = settings.DATABASES["default"]
    return psycopg2.connect(
        dbname=connection.settings_dict["NAME"], user=login["USER"], password=login["PASSWORD"],
        host=login["HOST"], port=login["PORT"],
    )  # fmt: skip


def test_what_commits_late_is_not_missed(committed_db, client):
    """A transaction that began before the last change seen, and ends after it was seen."""
    cast = build_cast()
    late, quick = good(cast), good(cast, name="另一家")
    PublicChange.objects.update(changed_at=LONG_AGO)
    session = other_session()
    with session.cursor() as cursor:
        cursor.execute("UPDATE institutions_institution SET hours = 'x' WHERE id = %s", [late.pk])
        change(hours="周日")(cast, quick)
        found, page = all_changes(client, "institutions", changed_since="2026-01-01T00:00:00Z")
        assert [each["public_id"] for each in found] == [quick.public_id]
        session.commit()
    session.close()
    assert PublicChange.objects.get(pk=late.pk).changed_at < PublicChange.objects.get(pk=quick.pk).changed_at
    again, _ = all_changes(client, "institutions", changed_since=page["next_changed_since"])
    assert [each["public_id"] for each in again] == [late.public_id, quick.public_id]


def test_a_change_within_a_slower_one_is_seen_again(committed_db, client):
    """The slower transaction is older than the time already noted: the row stays where the next question begins."""
    cast = build_cast()
    row = good(cast)
    session = other_session()
    with session.cursor() as cursor:
        cursor.execute("SELECT now()")
        change(hours="周日")(cast, row)
        _, page = all_changes(client, "institutions", changed_since="2026-01-01T00:00:00Z")
        cursor.execute("UPDATE institutions_institution SET hours = '周一' WHERE id = %s", [row.pk])
        session.commit()
    session.close()
    found = client.get(f"{API}institutions", {"changed_since": page["next_changed_since"]}).json()
    assert [each["public_id"] for each in found["changes"]] == [row.public_id]


@pytest.mark.django_db
def test_the_feed_is_read_from_its_index(cast):
    good(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {feed.FEED}", {"since": LONG_AGO, "last": 0, "size": 51})
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "public_change_by_time" in plan
    assert "Index Cond: (ROW(changed_at, institution_id) > ROW(" in plan
