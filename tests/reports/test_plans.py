"""The monthly report that the portal asks for by itself: on its day, once, also after a stand-still."""

from datetime import date, datetime, timedelta

import pytest

from foundation.accounts.enums import Role
from foundation.accounts.models import Post
from foundation.accounts.operations.posts import end_post
from foundation.core import clock, outbox, schedule
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.exports.models import Export
from foundation.notifications.models import Message
from reports import notices, operations
from reports.enums import ReportState
from reports.models import Report, ReportPlan
from reports.seasons import month_before
from tests.cast import NEIGHBOUR, acting, organ, person
from tests.documents.factories import organ_of
from tests.inspections.factories import AT

pytestmark = pytest.mark.django_db
MONTH = {"period_from": date(2026, 11, 1), "period_to": date(2026, 11, 30)}


@pytest.fixture(autouse=True)
def today(small_sheets):
    with clock.set_to(AT):
        yield


def post_of(actor) -> Post:
    return Post.objects.get(pk=actor.post_id)


def planned(cast) -> ReportPlan:
    organ_of(cast.officer)
    return operations.set_plan(day=3, keeper=post_of(cast.officer), by=cast.leader, at=AT)


def morning(day: int, *, hour: int = 7, month: int = 12, year: int = 2026) -> list[Report]:
    """What is there after the job has run on that day."""
    at = datetime(year, month, day, hour, tzinfo=AT.tzinfo)
    with clock.set_to(at):
        outbox.put(notices.PLANS, at=at)
        outbox.deliver_all(at=at)
    return list(Report.objects.order_by("pk"))


def test_it_is_counted_on_its_day_and_the_keeper_is_told(cast):
    planned(cast)
    assert morning(2) == []
    [report] = morning(3)
    facts = (report.state, report.title, report.prepared_by_id)
    assert facts == (ReportState.PREPARED, "2026年11月校外培训治理工作月报", cast.officer.user_id)
    assert {name: getattr(report, name) for name in MONTH} == MONTH
    assert Message.objects.get(kind="reports.counted").recipient_id == cast.officer.user_id
    assert morning(3, hour=9) == morning(4) == [report]
    at = datetime(2026, 12, 5, 7, tzinfo=AT.tzinfo)
    schedule.put_due_slots(at=at)
    assert outbox.OutboxMessage.objects.filter(kind=notices.PLANS, key__contains="2026-12-05T06:00").count() == 1
    assert Message.objects.filter(kind="reports.counted").count() == 1


def test_days_without_a_worker_are_caught_up_once(cast):
    planned(cast)
    assert len(morning(9)) == 1
    assert len(morning(10)) == 1
    assert len(morning(3, month=1, year=2027)) == 2


def test_a_day_late_in_the_month_is_caught_up_in_the_next(cast):
    """Nobody ran from the 27th on: the report of that month is asked for all the same, none of before the plan."""
    organ_of(cast.officer)
    operations.set_plan(day=28, keeper=post_of(cast.officer), by=cast.leader, at=AT + timedelta(days=11))
    assert morning(27) == []
    [late] = morning(2, month=1, year=2027)
    assert {name: getattr(late, name) for name in MONTH} == MONTH
    assert len(morning(2, month=1, hour=9, year=2027)) == 1
    both = morning(28, month=2, year=2027)
    assert [report.period_from for report in both] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


def test_one_that_somebody_prepared_is_not_asked_for_again_and_a_withdrawn_one_is(cast):
    planned(cast)
    with clock.set_to(AT + timedelta(days=13)):
        own = operations.prepare_report(title="自编", **MONTH, by=cast.second_officer, at=clock.now())
    assert morning(3) == [own]
    operations.withdraw_report(report=own, by=cast.second_officer, at=AT + timedelta(days=15))
    assert len(morning(4)) == 2


def test_a_keeper_who_left_is_told_of(cast):
    plan = planned(cast)
    end_post(post=plan.keeper, last_day=date(2026, 11, 20), reason="调离", by=cast.security, at=AT)
    assert morning(3) == []
    assert set(Message.objects.filter(kind="reports.no_keeper").values_list("recipient_id", flat=True)) == {
        cast.leader.user_id
    }


def test_a_plan_that_cannot_be_carried_out_holds_no_other_bureau_up(cast):
    first = planned(cast)
    there = organ(NEIGHBOUR)
    leader = acting(person(Role.COUNTY_LEADER, there))
    organ_of(cast.neighbour)
    operations.set_plan(day=3, keeper=post_of(cast.neighbour), by=leader, at=AT)
    Post.objects.filter(pk=first.keeper_id).update(role=Role.LEGAL_REVIEWER)
    [report] = morning(3)
    assert (report.organ, report.state) == (there, ReportState.PREPARED)
    open_jobs = outbox.OutboxMessage.objects.filter(kind=notices.ASK, state="due")
    assert [message.payload for message in open_jobs] == [{"plan_id": first.pk}]


def test_a_stopped_plan_asks_for_nothing(cast):
    plan = planned(cast)
    operations.end_plan(plan=plan, by=cast.leader, at=AT)
    assert morning(3) == []
    with pytest.raises(Conflict, match="已经停用"):
        operations.end_plan(plan=plan, by=cast.leader, at=AT)
    assert planned(cast).pk != plan.pk


def test_one_plan_an_organ_kept_by_its_own_people(cast):
    planned(cast)
    with pytest.raises(InvalidInput, match="已有月报计划"):
        planned(cast)
    for keeper in (cast.leader, cast.neighbour, cast.town):
        with pytest.raises(InvalidInput, match="本单位"):
            operations.set_plan(day=3, keeper=post_of(keeper), by=cast.leader, at=AT)
    with pytest.raises(NotAllowed):
        operations.set_plan(day=3, keeper=post_of(cast.officer), by=cast.officer, at=AT)


def test_a_day_that_not_every_month_has_is_refused(cast):
    organ_of(cast.officer)
    with pytest.raises(InvalidInput):
        operations.set_plan(day=29, keeper=post_of(cast.officer), by=cast.leader, at=AT)


def test_the_month_before():
    assert month_before(date(2027, 1, 3)) == (date(2026, 12, 1), date(2026, 12, 31))


def test_a_final_report_comes_to_whoever_made_it_final(cast):
    """Its numbers wait under 我的下载, and both persons are told."""
    planned(cast)
    [report] = morning(3)
    at = datetime(2026, 12, 3, 10, tzinfo=AT.tzinfo)
    with clock.set_to(at):
        operations.approve_report(report=report, seen=1, by=cast.leader, at=at)
        operations.issue_report(report=report, by=cast.officer, at=at)
        outbox.deliver_all(at=at)
    export = Export.objects.get()
    assert (export.requester_id, export.state, export.rows) == (
        *(cast.officer.user_id, "ready"), report.counting.lines.count(),
    )  # fmt: skip
    told = set(Message.objects.filter(kind="reports.final").values_list("recipient_id", flat=True))
    assert told == {cast.officer.user_id, cast.leader.user_id}


def test_the_pages(cast, enter):
    organ_of(cast.officer)
    client = enter(cast.leader)
    page = client.get("/admin/reports/reportplan/set/").content.decode()
    assert cast.officer.name in page
    assert f'value="{cast.neighbour.post_id}"' not in page
    answer = client.post("/admin/reports/reportplan/set/", {"day": "5", "keeper": cast.officer.post_id})
    plan = ReportPlan.objects.get()
    assert (answer.status_code, plan.day) == (302, 5)
    assert "每月5日" in client.get(f"/admin/reports/reportplan/{plan.pk}/").content.decode()
    assert client.post(f"/admin/reports/reportplan/{plan.pk}/end/").status_code == 302
    assert "已停用" in client.get("/admin/reports/reportplan/").content.decode()
