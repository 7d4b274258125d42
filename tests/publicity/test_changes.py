"""Changes since: every kind of public fact moves an institution, no private one does, nothing is missed, all is exact."""

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

from foundation.accounts.enums import Role
from foundation.accounts.models import Post
from foundation.core import clock
from foundation.regions.models import Jurisdiction
from institutions import changes as feed
from institutions.enums import Net, StandingKind, Status
from institutions.models import Institution, Permit, PublicChange, Site, StandingEvent, StatusEvent
from institutions.operations.merging import merge_institutions
from institutions.operations.nets import name_responsible
from institutions.operations.premises import add_permit, close_campus, end_permit, open_campus
from institutions.operations.register import change_institution
from institutions.operations.staff import add_staff
from institutions.operations.status import change_status, correct_status, set_standing
from institutions.operations.teaching import publish_course, stop_course
from institutions.tasks import refresh_today
from listings.enums import ListKind
from listings.models import Edition
from listings.operations.editions import make_edition
from listings.operations.entries import approve_delisting, propose_delisting
from listings.queries import lines_of
from listings.tasks import EDITOR
from tests.cast import CITY, Cast, acting, build_cast, organ, person
from tests.institutions.factories import AT, institution, town
from tests.institutions.imported import FULL, bring_in, take_back
from tests.institutions.test_staff_and_teaching import id_number
from tests.listings.factories import deliver, listed
from tests.publicity.factories import good, nobody_asked, world

API = "/api/v1/public/"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
DAY = AT.date()
Change = Callable[[Cast, Institution], object]
migration = importlib.import_module("institutions.migrations.0006_public_changes")


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


@pytest.fixture
def clerk(cast):
    """An officer of the city's bureau, whose files speak of several counties."""
    return acting(person(Role.COUNTY_OFFICER, organ(CITY), username="city-importer"))


def all_changes(client, path: str, **query) -> tuple[list[dict], dict]:
    """(changes of all pages, the last page)."""
    found, after = [], ""
    while True:
        nobody_asked()
        response = client.get(f"{API}{path}", {**query, **({"after": after} if after else {})})
        assert response.status_code == 200, response.content.decode()
        page = response.json()
        found += page["changes"]
        if not (after := page["next_after"]):
            return found, page


def forget() -> None:
    """All that changed so far changed long ago: within a test's one transaction the database's clock stands still."""
    PublicChange.objects.update(changed_at=LONG_AGO)


def moved() -> set[int]:
    return set(PublicChange.objects.filter(changed_at__gt=LONG_AGO).values_list("institution_id", flat=True))


def by(cast: Cast) -> dict:
    return {"by": cast.officer, "at": AT}


def change(**facts) -> Change:
    return lambda cast, row: change_institution(institution=row, facts=facts, **by(cast))


def standing(kind: str, **given) -> Change:
    facts = {"value": "yes", "effective_on": DAY, "reason": "核实", **given}
    return lambda cast, row: set_standing(
        institution=row, kind=kind, by=cast.officer if kind == StandingKind.FLAG else cast.leader, at=AT, **facts
    )


def delist(cast: Cast, row: Institution) -> None:
    entry = propose_delisting(entry=row.list_entries.get(), reason="修复", **by(cast))
    approve_delisting(entry=entry, by=cast.leader, at=AT)


def _status(cast: Cast, row: Institution) -> object:
    return change_status(institution=row, status=Status.SUSPENDED, effective_on=DAY, reason="整改", **by(cast))


def _correct(cast: Cast, row: Institution) -> object:
    event = StatusEvent.objects.filter(institution=row).get()
    return correct_status(event=event, status=event.status, effective_on=DAY - timedelta(days=900), reason="更正", **by(cast))


def _campus(cast: Cast, row: Institution) -> object:
    return open_campus(institution=row, name="北校区", division=town(), address="北路1号", opened_on=DAY, **by(cast))


def _close_campus(cast: Cast, row: Institution) -> object:
    site = Site.objects.get(institution=row, kind="campus")
    return close_campus(site=site, closed_on=DAY, reason="停用", **by(cast))


def _permit(cast: Cast, row: Institution) -> object:
    return add_permit(institution=row, kind="school", number="教民1", issuer="市教育局", valid_to=DAY, **by(cast))


def _end_permit(cast: Cast, row: Institution) -> object:
    return end_permit(permit=Permit.objects.get(institution=row), ended_on=DAY, reason="注销", **by(cast))


def _course(cast: Cast, row: Institution) -> object:
    return publish_course(
        institution=row, name="街舞", category=row.category, subject="舞蹈", stage="primary", mode="offline",
        lesson_minutes=45, lesson_fee_fen=5000, published_on=DAY, **by(cast),
    )  # fmt: skip


def _stop_course(cast: Cast, row: Institution) -> object:
    return stop_course(course=row.courses.get(), stopped_on=DAY, reason="停开", **by(cast))


def _staff(cast: Cast, row: Institution) -> object:
    return add_staff(
        institution=row, name="王老师", id_number=id_number(1), phone="", role="administration", full_time=True,
        teaches_subject=False, teacher_certificate="", other_qualification="", in_service_school_teacher=False,
        crime_checked_on=DAY, joined_on=DAY, **by(cast),
    )  # fmt: skip


def _responsible(cast: Cast, row: Institution) -> object:
    post = Post.objects.get(pk=cast.grid.post_id)
    return name_responsible(institution=row, net=Net.GRID, post=post, **by(cast))


PUBLIC: dict[str, Change] = {
    "name": change(name="新名称"),
    "trade name": change(trade_name="新招牌"),
    "credit code": change(credit_code=""),
    "site type": change(site_type="care"),
    "category": change(category="sport"),
    "subcategory": change(subcategory="music"),
    "stages": change(stages=["junior"]),
    "mode": change(mode="both"),
    "legal type": change(legal_type="company"),
    "licence status": change(licence_status="no_permit"),
    "legal person's family name": change(legal_person="林某"),
    "public phone": change(public_phone="0592-2190001"),
    "address": change(address="新路9号"),
    "hours": change(hours="周六"),
    "bank": change(bank="农业银行"),
    "account tail": change(account_tail="1234"),
    "status": _status,
    "status corrected": _correct,
    "white list": lambda cast, row: listed(cast, row),
    "black list": lambda cast, row: listed(cast, row, kind=ListKind.BLACK),
    "warning": standing(StandingKind.WARNING),
    "warning of a day to come": standing(StandingKind.WARNING, effective_on=DAY + timedelta(days=9)),
    "permit": _permit,
    "permit ended": _end_permit,
    "campus": _campus,
    "course": _course,
    "course stopped": _stop_course,
    "withdrawn": lambda cast, row: Institution.objects.filter(pk=row.pk).update(withdrawn_at=AT),
    "merged": lambda cast, row: merge_institutions(
        keep=institution(cast.officer, credit_code=None), absorb=row, reason="重复", **by(cast)
    ),
    "moved to another county": lambda cast, row: Institution.objects.filter(pk=row.pk).update(
        jurisdiction=_other_county(row)
    ),
}
PRIVATE: dict[str, Change] = {
    "nothing": change(name="厦门海浪舞蹈培训中心"),
    "contact phone": change(phone="13900000000"),
    "remark": change(remark="内部备注"),
    "number on the platform": change(platform_id="P1"),
    "legal person's given name": change(legal_person="陈小明"),
    "grade": standing(StandingKind.GRADE, value="C"),
    "flag": standing(StandingKind.FLAG, detail="欠费"),
    "staff": _staff,
    "responsible person": _responsible,
}


def _other_county(row: Institution):
    return Jurisdiction.objects.filter(level="county").exclude(pk=row.jurisdiction_id).order_by("pk")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("what", PUBLIC)
def test_each_kind_of_public_change_is_in_the_feed(cast, client, what):
    row, other = good(cast), good(cast, name="没有变化的机构")
    forget()
    PUBLIC[what](cast, row)
    found, _ = all_changes(client, "institutions", changed_since="2026-01-01T00:00:00Z")
    ids = [each["public_id"] for each in found]
    assert row.public_id in ids
    assert other.public_id not in ids


@pytest.mark.django_db
@pytest.mark.parametrize("what", PRIVATE)
def test_no_private_change_is_in_the_feed(cast, client, what):
    row = good(cast)
    forget()
    PRIVATE[what](cast, row)
    assert moved() == set()
    assert all_changes(client, "institutions", changed_since="2026-01-01T00:00:00Z")[0] == []


@pytest.mark.django_db
def test_what_ends_a_list_or_a_campus_is_a_change_too(cast):
    row = good(cast)
    listed(cast, row)
    _campus(cast, row)
    for ending in (delist, _close_campus):
        forget()
        ending(cast, row)
        assert moved() == {row.pk}


@pytest.mark.django_db
def test_an_imported_batch_is_a_change(cast, clerk):
    bring_in(FULL, by=clerk)
    row = Institution.objects.get()
    assert moved() == {row.pk}
    forget()
    bring_in({**FULL, "bank": "兴业银行"}, by=clerk)
    assert Institution.objects.get().bank == "兴业银行"
    assert moved() == {row.pk}


@pytest.mark.django_db
def test_a_batch_taken_back_is_gone_by_name_of_its_number(cast, clerk, client):
    batch = bring_in(FULL, by=clerk)
    row = Institution.objects.get()
    forget()
    take_back(batch, by=clerk)
    [found], page = all_changes(client, "institutions", changed_since="2026-01-01T00:00:00Z")
    assert (found["public_id"], found["gone"], found["merged_into"]) == (row.public_id, "withdrawn", None)
    assert page["results"] == []
    assert row.name not in str(page)


@pytest.mark.django_db
def test_a_merged_institution_is_named_with_the_one_that_stays(cast, client):
    keep, absorb = good(cast), good(cast, name="重复登记", credit_code=None)
    forget()
    merge_institutions(keep=keep, absorb=absorb, reason="重复", **by(cast))
    found, page = all_changes(client, "institutions", changed_since="2026-01-01T00:00:00Z")
    assert {(each["public_id"], each["gone"], each["merged_into"]) for each in found} == {
        (absorb.public_id, "merged", keep.public_id), (keep.public_id, "", None),
    }  # fmt: skip
    assert [row["public_id"] for row in page["results"]] == [keep.public_id]


# -- days that come ------------------------------------------------------------------------------------------------
def days_after(number: int):
    """Nightfall so many days after the database's today: changes are noted by its clock."""
    return clock.set_to(datetime.now(UTC) + timedelta(days=number))


def _permit_until(cast: Cast, row: Institution, day: date) -> None:
    add_permit(institution=row, kind="school", number="教民9", issuer="局", valid_to=day - timedelta(days=1), **by(cast))


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
            f"{API}institutions", {"changed_since": page["next_changed_since"]}, headers={"If-None-Match": first["ETag"]}
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


# -- lists ---------------------------------------------------------------------------------------------------------
def grown(cast: Cast) -> list[Edition]:
    """Four editions of the white list: two come; one goes; it comes again with another term; one closes."""
    first, second = good(cast, name="甲机构"), good(cast, name="乙机构")
    listed(cast, first)
    listed(cast, second)
    made = [make_edition(kind=ListKind.WHITE, by=EDITOR, at=AT)]
    delist(cast, first)
    made.append(make_edition(kind=ListKind.WHITE, by=EDITOR, at=AT + timedelta(minutes=1)))
    standing(StandingKind.WHITE_LIST, until=date(2028, 1, 1))(cast, first)
    made.append(make_edition(kind=ListKind.WHITE, by=EDITOR, at=AT + timedelta(minutes=2)))
    standing(StandingKind.WHITE_LIST, until=date(2029, 1, 1), reason="延期")(cast, first)
    made.append(make_edition(kind=ListKind.WHITE, by=EDITOR, at=AT + timedelta(minutes=3)))
    return made


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


@pytest.mark.django_db
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


@pytest.mark.django_db
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
    assert [issue["no"] for issue in client.get(f"{API}lists/white/editions", {"after": "3"}).json()["results"]] == [2, 1]


@pytest.mark.django_db
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


@pytest.mark.django_db
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
