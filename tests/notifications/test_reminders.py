"""Reminders: at the right working days, once a stage, caught up after downtime, silent when done."""

from datetime import date, timedelta

import pytest

from foundation.core import clock, outbox, schedule
from foundation.core.errors import NotAllowed
from foundation.deadlines import working_days
from foundation.deadlines.calendars import package_days
from foundation.deadlines.operations.deadlines import cancel_deadline, extend_deadline, meet_deadline, pause_deadline
from foundation.notifications import clocks, registry
from foundation.notifications.models import Message
from foundation.notifications.operations.reminding import remind
from foundation.notifications.rules import SENDER
from tests import beat
from tests.deadlines.factories import at, published, started
from tests.notifications.factories import TEST

pytestmark = pytest.mark.django_db


def live(day: str, hour: int = 9) -> None:
    """One day of beat and worker."""
    beat.live(at(date.fromisoformat(f"2026-{day}"), hour))


def titles(actor) -> list[str]:
    rows = Message.objects.visible_to(actor).filter(kind="deadlines.reminder").order_by("created_at", "pk")
    return [title.partition("：")[0] for title in rows.values_list("title", flat=True)]


def test_three_one_and_no_days_before_and_then_each_fifth(cast):
    started(cast.officer)  # due 2026-10-12
    days = [date(2026, 9, 29) + timedelta(days=n) for n in range(22)]
    for day in days:
        live(day.strftime("%m-%d"))
    expected = ["剩余 3 个工作日", "剩余 1 个工作日", "今天到期", "超期 1 天", "超期 7 天"]
    assert titles(cast.officer) == titles(cast.second_officer) == expected
    assert titles(cast.leader) == titles(cast.neighbour) == []
    made = Message.objects.visible_to(cast.officer).order_by("created_at")
    assert [f"{clock.local_date(row.created_at):%m-%d}" for row in made] == [
        "10-08",
        "10-10",
        "10-12",
        "10-13",
        "10-19",
    ]


def test_running_twice_a_day_tells_once(cast):
    started(cast.officer)
    live("10-08")
    live("10-08", 15)
    live("10-09")
    assert titles(cast.officer) == ["剩余 3 个工作日"]


def test_days_of_downtime_are_caught_up_by_what_is_true_now(cast):
    started(cast.officer)
    live("10-09")  # the 8th was missed
    assert titles(cast.officer) == ["剩余 2 个工作日"]
    live("10-12")  # the 10th was missed
    live("10-12", 15)
    assert titles(cast.officer) == ["剩余 2 个工作日", "今天到期"]


@pytest.mark.parametrize(
    "end",
    [
        lambda d, by: meet_deadline(deadline=d, by=by, at=at(date(2026, 9, 30))),
        lambda d, by: cancel_deadline(deadline=d, reason="撤案", by=by, at=at(date(2026, 9, 30))),
        lambda d, by: pause_deadline(deadline=d, reason="鉴定", by=by, at=at(date(2026, 9, 30))),
    ],
)
def test_what_is_done_is_not_reminded_of(cast, end):
    end(started(cast.officer), cast.officer)
    for day in ("10-08", "10-12", "10-13"):
        live(day)
    assert titles(cast.officer) == []


def test_a_deadline_met_since_the_job_began_is_not_reminded_of(cast):
    deadline = started(cast.officer)
    meet_deadline(deadline=deadline, by=cast.officer, at=at(date(2026, 10, 12), 7))
    now, along = at(date(2026, 10, 12), 8), working_days.calendar()
    given = {"reminder": registry.find("payouts.refunds"), "row": deadline, "along": along, "at": now}
    assert remind(by=SENDER, **given) == []
    with pytest.raises(NotAllowed):
        remind(by=cast.officer, **given)


def test_an_extended_deadline_is_reminded_of_anew(cast):
    deadline = started(cast.officer)
    live("10-12")
    extend_deadline(deadline=deadline, amount=2, reason="案情复杂", by=cast.officer, at=at(date(2026, 10, 12), 10))
    live("10-13")
    assert titles(cast.officer) == ["今天到期", "剩余 1 个工作日"]


def test_nobody_is_reminded_on_a_day_off(cast):
    started(cast.officer, code="assignment.answer", due_on=date(2026, 10, 8))
    for day in ("10-01", "10-02", "10-03"):
        live(day)
    assert titles(cast.officer) == []
    live("09-30")
    assert titles(cast.officer) == ["剩余 1 个工作日"]


def test_the_message_leads_to_the_deadline_and_names_the_warning(cast):
    deadline = started(cast.officer, started_on=date(2026, 12, 24))
    live("12-31")
    message = Message.objects.visible_to(cast.officer).filter(kind="deadlines.reminder").get()
    assert message.url == f"/admin/deadlines/deadline/{deadline.pk}/"
    assert "尚未按国务院办公厅通知确认" not in message.body
    late = started(cast.officer, started_on=date(2026, 12, 30), code="penalty.service")
    live("12-31", 10)
    assert late.warning
    assert not Message.objects.filter(about_id=late.pk, about_type="deadlines.deadline").exists()


def test_a_rule_of_its_own_by_code(cast, monkeypatch):
    for names in (clocks._coded, registry._declared, schedule._jobs, outbox._handlers):
        monkeypatch.setattr(*_copied(names))
    stages = clocks.Stages((5,))
    clocks.remind_of_clocks("test.own", "测试", codes=("test.own",), who="测试", notice=TEST, stages=stages)
    started(cast.officer, code="test.own", due_on=date(2026, 10, 12))
    live("09-29")
    assert Message.objects.visible_to(cast.officer).filter(kind=TEST.code, reminder="test.own").count() == 1
    with pytest.raises(RuntimeError, match="two reminders of clocks"):
        clocks.remind_of_clocks("test.other", "测试", codes=("test.own",), who="测试")
    with pytest.raises(RuntimeError, match=r"two reminders test\.own"):
        clocks.remind_of_clocks("test.own", "测试", codes=("test.more",), who="测试")


def _copied(names: dict) -> tuple:
    """What ``monkeypatch.setattr`` takes so that a module's dict is a copy during the test."""
    modules = (clocks, registry, schedule, outbox)
    module, name = next((each, key) for each in modules for key, value in vars(each).items() if value is names)
    return module, name, dict(names)


def test_stages_are_read_along_the_given_calendar(cast):
    deadline = started(cast.officer)
    rule = registry.find("payouts.refunds")
    along = working_days.calendar()
    assert rule.stage(deadline, date(2026, 9, 30), along) == ""
    assert rule.stage(deadline, date(2026, 10, 8), along) == "2026-10-12:3"
    assert rule.stage(deadline, date(2026, 10, 13), along) == "2026-10-12:overdue:0"


def asked(actor) -> list[str]:
    rows = Message.objects.visible_to(actor).filter(kind="deadlines.calendar_missing").order_by("created_at")
    return list(rows.values_list("period", flat=True))


def test_parameter_posts_are_asked_for_next_years_notice_once_a_month(cast):
    for day in ("09-30", "10-01", "10-02", "10-31", "11-02"):
        live(day)
    assert asked(cast.province) == ["2027:2026-10", "2027:2026-11"]
    assert asked(cast.officer) == asked(cast.city) == []
    published(cast.province, 2027, package_days(2027))
    live("12-01")
    assert asked(cast.province) == ["2027:2026-10", "2027:2026-11"]
