"""宣传, 会议, 荣誉: entered, refused, voided, counted by kind and period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import DomainError, InvalidInput, NotAllowed
from outreach import queries
from outreach.enums import Channel, MeetingKind
from outreach.models import Honour, Meeting, Outreach
from outreach.operations.records import (
    Held,
    record_honour,
    record_meeting,
    record_outreach,
    void_honour,
    void_meeting,
    void_outreach,
)
from tests.institutions.factories import AT

pytestmark = pytest.mark.django_db
DAY = AT.date()
YEAR = {"first": date(2026, 1, 1), "last": DAY}


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def told(cast, by=None, **given) -> Outreach:
    facts = {"channel": Channel.DOOR, "title": "入户宣传", "happened_on": DAY, **given}
    return record_outreach(by=by or cast.officer, at=AT, **facts)


def met(cast, by=None, **given) -> Meeting:
    facts = {
        "kind": MeetingKind.JOINT,
        "title": "联席会议",
        "happened_on": DAY,
        "organiser": "区教育局",
        "topics": "整治",
    }
    held = Held(**{**facts, "attendees": [("教育局", 3), ("市场监管局", 2)], **given})
    return record_meeting(held=held, by=by or cast.officer, at=AT)


def honoured(cast, by=None, **given) -> Honour:
    facts = {"title": "典型案例", "giver": "教育部", "happened_on": DAY, **given}
    return record_honour(by=by or cast.officer, at=AT, **facts)


MAKE = {"outreach": (told, void_outreach), "meeting": (met, void_meeting), "honour": (honoured, void_honour)}


def refused(call, error: type[DomainError], match: str | None = None) -> None:
    before = [model.objects.filter(voided_at=None).count() for model in (Outreach, Meeting, Honour)]
    events = Event.objects.count()
    with pytest.raises(error, match=match), transaction.atomic():
        call()
    assert before == [model.objects.filter(voided_at=None).count() for model in (Outreach, Meeting, Honour)]
    assert events == Event.objects.count()


@pytest.mark.parametrize("name", MAKE)
def test_entered_by_an_officer_and_voided_by_the_same_bureau(cast, name):
    make, void = MAKE[name]
    row = make(cast)
    assert (row.jurisdiction.code, row.organ_id, row.recorded_by_id) == (
        "350203",
        cast.officer.organ_id,
        cast.officer.user_id,
    )
    assert Event.objects.get(kind=f"{name}.recorded").subject_id == row.pk
    for who in ("leader", "town", "culture", "legal", "public", "province"):
        refused(lambda who=who: make(cast, by=getattr(cast, who)), NotAllowed)
    refused(lambda: make(cast, title=" "), InvalidInput, "名称")
    refused(lambda: make(cast, happened_on=DAY + timedelta(days=1)), InvalidInput, "晚于今天")
    refused(lambda: void(row=row, reason=" ", by=cast.officer, at=AT), InvalidInput, "理由")
    for who in ("neighbour", "city", "leader"):
        refused(lambda who=who: void(row=row, reason="x", by=getattr(cast, who), at=AT), NotAllowed)
    assert void(row=row, reason="重复", by=cast.second_officer, at=AT).voided_at == AT
    assert Event.objects.get(kind=f"{name}.voided").reason == "重复"
    refused(lambda: void(row=row, reason="x", by=cast.officer, at=AT), NotAllowed)


def test_what_is_missing_is_said(cast):
    refused(lambda: told(cast, at_least=True), InvalidInput, "人次")
    refused(lambda: met(cast, attendees=[]), InvalidInput, "人数")
    refused(lambda: met(cast, attendees=[("x", 0)]), InvalidInput, "人数")
    refused(lambda: met(cast, topics=" "), InvalidInput, "议题")
    refused(lambda: met(cast, organiser=""), InvalidInput, "召集")
    refused(lambda: honoured(cast, giver=" "), InvalidInput, "授予")


def test_counted_by_kind_and_period_and_each_number_opens_its_rows(cast, enter):
    """By hand: 入户 twice, 120 and 300余; 推送 once without a number; one of last year, one void, one elsewhere."""
    told(cast, audience=120)
    told(cast, audience=300, at_least=True)
    told(cast, channel=Channel.PUSH)
    told(cast, audience=999, happened_on=date(2025, 12, 31))
    void_outreach(row=told(cast, audience=5000), reason="重复", by=cast.officer, at=AT)
    told(cast, by=cast.neighbour, audience=7)
    met(cast)
    met(cast, kind=MeetingKind.SYMPOSIUM)
    honoured(cast)
    found = {one.channel: one for one in queries.outreach_by_channel(cast.officer, **YEAR)}
    assert list(found) == list(Channel.values)
    assert (found["door"].times, found["door"].people_text) == (2, "420余人次")
    assert (found["push"].times, found["push"].people_text) == (1, "")
    assert {one.channel: one.people for one in queries.outreach_by_channel(cast.city, **YEAR)}["door"] == 427
    assert dict(queries.meetings_by_kind(cast.officer, **YEAR)) == {
        "symposium": 1,
        "promotion": 0,
        "joint": 1,
        "other": 0,
    }
    assert queries.honours(cast.officer, **YEAR) == 1
    client = enter(cast.officer)
    page = client.get("/admin/outreach/outreach/figures/")
    for label, number, _, url in page.context["lines"]:
        rows = client.get(url).context["cl"].result_count
        assert number in (f"{rows}次", f"{rows}项"), label
    odd = client.get("/admin/outreach/outreach/figures/?first=2026-02-01&last=2026-01-01").content.decode()
    assert "结束日期不能早于开始日期" in odd


@pytest.mark.parametrize("name", MAKE)
def test_lists_ask_as_often_for_three_rows_as_for_one(cast, enter, django_assert_num_queries, name):
    client, url = enter(cast.officer), f"/admin/outreach/{name}/"
    assert "还没有登记" in client.get(url).content.decode()
    for number in (1, 2):
        for _ in range(number):
            MAKE[name][0](cast)
        with django_assert_num_queries(6):
            assert client.get(url).status_code == 200


def test_the_pages(cast, enter):
    client = enter(cast.officer)
    form = {"kind": "joint", "happened_on": "2026-11-01", "title": "会", "organiser": "局", "topics": "议"}
    wrong = client.post("/admin/outreach/meeting/record/", {**form, "attendees": "市场监管局"})
    assert "没有写明人数" in wrong.content.decode()
    client.post("/admin/outreach/meeting/record/", {**form, "attendees": "市场监管局 2人\n教育局：3"})
    row = Meeting.objects.get()
    assert (row.attendees, row.people) == ([["市场监管局", 2], ["教育局", 3]], 5)
    assert "市场监管局2人、教育局3人" in client.get(f"/admin/outreach/meeting/{row.pk}/").content.decode()
    bound = {"channel": "door", "happened_on": "2026-11-01", "title": "x", "at_least": "on"}
    assert "约数须写明人次" in client.post("/admin/outreach/outreach/record/", bound).content.decode()
    client.post("/admin/outreach/honour/record/", {"title": "奖", "giver": "厅", "happened_on": "2026-11-01"})
    client.post(f"/admin/outreach/honour/{Honour.objects.get().pk}/void/", {"reason": "写错"})
    assert Honour.objects.get().voided_at is not None
