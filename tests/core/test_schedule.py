from datetime import UTC, datetime, time, timedelta

import pytest

from foundation.core import schedule
from foundation.core.models import OutboxMessage
from foundation.core.schedule import Daily, Every

AT = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # 08:30 in Shanghai


def test_slots_of_a_rhythm():
    assert Every(seconds=600).latest_slot(AT + timedelta(seconds=599)) == AT
    assert Every(seconds=600).latest_slot(AT + timedelta(seconds=600)) == AT + timedelta(seconds=600)


@pytest.mark.parametrize(
    ("clock_time", "slot"),
    [(time(8, 30), "2026-03-02T00:30"), (time(8, 31), "2026-03-01T00:31"), (time(0, 0), "2026-03-01T16:00")],
)
def test_a_daily_slot_is_a_wall_clock_time_in_shanghai(clock_time, slot):
    assert Daily(at=clock_time).latest_slot(AT).astimezone(UTC).isoformat()[:16] == slot


@pytest.fixture
def only_job(monkeypatch):
    monkeypatch.setattr(schedule, "_jobs", {})
    schedule.periodic("test.daily", Daily(at=time(8)))


@pytest.mark.django_db
def test_each_slot_is_promised_once_however_many_beats_there_are(only_job):
    assert [schedule.put_due_slots(at=AT + timedelta(seconds=s)) for s in (0, 1, 3600)] == [1, 0, 0]
    assert schedule.put_due_slots(at=AT + timedelta(days=1)) == 1
    assert OutboxMessage.objects.filter(kind="test.daily").count() == 2


@pytest.mark.django_db
def test_after_a_stand_still_only_the_latest_slot_runs(only_job):
    schedule.put_due_slots(at=AT)
    assert schedule.put_due_slots(at=AT + timedelta(days=9)) == 1


@pytest.mark.django_db
def test_a_clock_set_back_promises_nothing_twice(only_job):
    schedule.put_due_slots(at=AT)
    schedule.put_due_slots(at=AT - timedelta(days=1))
    assert schedule.put_due_slots(at=AT) == 0


def test_two_schedules_for_one_job_are_a_mistake(only_job):
    with pytest.raises(RuntimeError, match=r"two schedules for test\.daily"):
        schedule.periodic("test.daily", Daily(at=time(9)))


def test_every_periodic_job_of_the_portal_has_its_handler():
    assert set(schedule._jobs) <= set(schedule.outbox._handlers)
    assert {"audit.seal", "audit.close_day"} <= set(schedule._jobs)
