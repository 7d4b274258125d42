"""The working calendar: every make-up day of 2021-2026, each day against the package, and years not announced."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from django.db import InternalError, ProgrammingError, transaction

from foundation.core import clock
from foundation.deadlines import working_days
from foundation.deadlines.calendars import DAY, WorkingCalendar, add_months, package_days
from foundation.deadlines.enums import DayKind
from foundation.deadlines.models import CalendarDay, CalendarYear
from foundation.deadlines.queries import unannounced_year
from tests.deadlines.factories import off, published

pytestmark = pytest.mark.django_db

# From the notices of the General Office of the State Council, written down by hand.
MAKEUP = [
    "2021-02-07",
    "2021-02-20",
    "2021-04-25",
    "2021-05-08",
    "2021-09-18",
    "2021-09-26",
    "2021-10-09",
    "2022-01-29",
    "2022-01-30",
    "2022-04-02",
    "2022-04-24",
    "2022-05-07",
    "2022-10-08",
    "2022-10-09",
    "2023-01-28",
    "2023-01-29",
    "2023-04-23",
    "2023-05-06",
    "2023-06-25",
    "2023-10-07",
    "2023-10-08",
    "2024-02-04",
    "2024-02-18",
    "2024-04-07",
    "2024-04-28",
    "2024-05-11",
    "2024-09-14",
    "2024-09-29",
    "2024-10-12",
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
    "2025-09-28",
    "2025-10-11",
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
]

# First and last day off of each holiday of the notices, weekends included.
SPRING_AND_AUTUMN = [
    ("2021-02-11", "2021-02-17"),
    ("2021-10-01", "2021-10-07"),
    ("2022-01-31", "2022-02-06"),
    ("2022-10-01", "2022-10-07"),
    ("2023-01-21", "2023-01-27"),
    ("2023-09-29", "2023-10-06"),
    ("2024-02-10", "2024-02-17"),
    ("2024-10-01", "2024-10-07"),
    ("2025-01-28", "2025-02-04"),
    ("2025-10-01", "2025-10-08"),
    ("2026-02-15", "2026-02-23"),
    ("2026-10-01", "2026-10-07"),
]


@pytest.mark.parametrize("day", MAKEUP)
def test_every_makeup_day_is_worked(day):
    on = date.fromisoformat(day)
    assert on.isoweekday() >= 6
    calendar = working_days.calendar()
    assert (calendar.kind(on), calendar.is_working_day(on).value) == (DayKind.MAKEUP, True)


def test_no_other_weekend_day_is_worked():
    calendar = working_days.calendar()
    weekends = [day for day in days_of(2021, 2026) if day.isoweekday() >= 6 and calendar.works(day)]
    assert [str(day) for day in weekends] == MAKEUP


@pytest.mark.parametrize(("first", "last"), SPRING_AND_AUTUMN)
def test_the_long_holidays_are_off_from_first_to_last(first, last):
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    calendar = working_days.calendar()
    assert [calendar.works(first + n * DAY) for n in range((last - first).days + 1)] == [False] * (
        (last - first).days + 1
    )
    assert calendar.works(last + DAY)


def days_of(first_year: int, last_year: int) -> list[date]:
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_every_day_of_2021_to_2026_equals_the_package():
    china = holidays.China(years=range(2021, 2027), language="zh_CN")
    calendar = working_days.calendar()
    days = days_of(2021, 2026)
    assert len(days) == 2191
    assert [calendar.works(day) for day in days] == [china.is_working_day(day) for day in days]


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        ("2026-09-29", 5, "2026-10-12"),  # over the National Day week, with 10-10 worked
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday that is worked
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-02-24", 4, "2026-02-28"),
        ("2024-09-27", 2, "2024-09-30"),
        ("2026-10-12", -5, "2026-09-29"),
        ("2026-10-12", 0, "2026-10-12"),
        ("2026-10-03", 1, "2026-10-08"),  # started on a day off
    ],
)
def test_adding_working_days(start, amount, expected):
    answer = working_days.add_working_days(date.fromisoformat(start), amount)
    assert (str(answer.value), answer.warning) == (expected, "")


def test_counting_between_is_the_reverse_of_adding():
    calendar = working_days.calendar()
    for start in days_of(2024, 2024):
        for amount in (1, 5, 7, 20):
            due = calendar.add_working_days(start, amount).value
            assert calendar.working_days_between(start, due).value == amount
            assert calendar.working_days_between(due, start).value == -amount


def test_half_past_midnight_in_beijing_is_the_new_day():
    half_past = datetime(2026, 9, 28, 16, 30, tzinfo=UTC)  # 2026-09-29 00:30 in Beijing
    with clock.set_to(half_past):
        assert clock.today() == date(2026, 9, 29)
        assert working_days.add_working_days(clock.today(), 5).value == date(2026, 10, 12)


def test_a_year_without_a_confirmed_notice_is_always_said():
    inside = working_days.add_working_days(date(2026, 12, 30), 1)
    across = working_days.add_working_days(date(2026, 12, 30), 3)
    assert (inside.value, inside.unconfirmed_years) == (date(2026, 12, 31), ())
    assert (across.value, across.unconfirmed_years) == (date(2027, 1, 5), (2027,))
    assert across.warning == "2027年放假安排尚未按国务院办公厅通知确认，日期为暂算，确认后可能变动。"
    assert working_days.is_working_day(date(2027, 1, 1)).unconfirmed_years == (2027,)
    assert working_days.working_days_between(date(2026, 12, 1), date(2027, 1, 5)).unconfirmed_years == (2027,)


def test_a_gap_between_years_never_hides_the_warning_of_the_year_between():
    calendar = WorkingCalendar({}, frozenset({2026, 2028}))
    assert calendar.working_days_between(date(2028, 1, 5), date(2026, 12, 1)).unconfirmed_years == (2027,)


def test_the_newest_confirmed_version_counts_and_the_old_one_stays(cast):
    monday = date(2026, 12, 7)
    before = CalendarYear.objects.get(year=2026)
    days = [*package_days(2026), *off(monday)]
    version = published(cast.province, 2026, days)
    assert (version.version, working_days.is_working_day(monday).value) == (2, False)
    assert CalendarYear.objects.filter(year=2026).count() == 2
    assert before.days.count() == CalendarDay.objects.filter(calendar=version).count() - 1


@pytest.mark.parametrize("model", [CalendarYear, CalendarDay])
@pytest.mark.parametrize("write", [lambda rows: rows.update(id=0), lambda rows: rows._raw_delete(rows.db)])
def test_versions_cannot_be_changed_or_deleted(model, write):
    count = model.objects.count()
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        write(model.objects.all())
    assert model.objects.count() == count


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-11-15", 2, "2027-01-15"),
        ("2026-12-01", 12, "2027-12-01"),
    ],
)
def test_months_end_on_the_same_day_number(start, months, expected):
    assert str(add_months(date.fromisoformat(start), months)) == expected


def test_from_october_on_the_next_year_is_asked_for(cast):
    assert unannounced_year(date(2026, 9, 30)) is None
    assert unannounced_year(date(2026, 10, 1)) == 2027
    published(cast.province, 2027, package_days(2027))
    assert unannounced_year(date(2026, 10, 1)) is None
    assert unannounced_year(date(2028, 1, 1)) == 2028
