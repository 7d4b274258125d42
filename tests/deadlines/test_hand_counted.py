"""The program's count of every limit against the counts made by hand, each counted day and not only the last."""

from __future__ import annotations

import re
from datetime import date

import pytest

from cases.models import Case
from cases.queries import earliest_hearing
from foundation.deadlines.calendars import WorkingCalendar, days_after
from foundation.deadlines.enums import DayKind, Limit, LimitUnit
from foundation.deadlines.models import LimitRule
from foundation.deadlines.queries import limit_for
from foundation.deadlines.reckoning import CountedDay, Term, due_on, explain
from foundation.deadlines.working_days import calendar
from tests.cast import OWN, jurisdiction
from tests.deadlines.hand_counted import CONTINUOUS, EXAMPLES, WORKING

pytestmark = pytest.mark.django_db
YEARS = {2023, 2024, 2025, 2026}


def reckoned(code: Limit, start: date, along: WorkingCalendar) -> tuple[date, list[CountedDay]]:
    """The last day by the program, and the days that it counts."""
    limit = limit_for(code, None, start)
    term = Term(start, limit.amount, limit.unit, rolls_over=limit.rolls_over)
    answer = due_on(term, along)
    assert answer.warning == ""
    return answer.value, [day for day in explain(term, answer.value, along) if day.counts]


@pytest.mark.parametrize("code", WORKING)
def test_working_days_are_the_days_that_were_counted_by_hand(code):
    along = calendar()
    for example in WORKING[code]:
        start, counted = example.split(": ")
        last, days = reckoned(code, date.fromisoformat(start), along)
        assert " ".join(f"{day.date:%m-%d}" for day in days) == counted, example
        assert f"{last:%m-%d}" == counted.split()[-1]
        assert [day.number for day in days] == list(range(1, limit_for(code, None, last).amount + 1))


@pytest.mark.parametrize("code", CONTINUOUS)
def test_calendar_days_and_months_end_where_they_do_by_hand(code):
    along = calendar()
    for example in CONTINUOUS[code]:
        start, months, nominal, rolled = re.fullmatch(r"(\S+): ([\d ]*)= (\S+)(?: > (\S+))?", example).groups()
        last, days = reckoned(code, date.fromisoformat(start), along)
        assert (str(days[-1].date), str(last)) == (nominal, rolled or nominal), example
        if months:
            by_month: dict[int, int] = {}
            for day in days:
                by_month[day.date.month] = by_month.get(day.date.month, 0) + 1
            assert list(by_month.values()) == [int(number) for number in months.split()], example


def test_every_limit_has_an_example_over_days_off_or_worked_of_each_year():
    """Fails when a limit is added without its hand-counted examples, or when an example tells nothing."""
    along = calendar()
    assert set(EXAMPLES) == set(Limit)
    for code, examples in EXAMPLES.items():
        reached = set()
        for example in examples:
            start = date.fromisoformat(example.partition(":")[0])
            last, _ = reckoned(code, start, along)
            named = [day for day in days_after(start, last) if along.named(day)]
            assert named, f"{code}: {example} meets no holiday"
            reached |= {day.year for day in named}
        assert reached >= YEARS, code


def test_every_worked_weekend_day_of_the_four_years_is_counted_in_some_example():
    along = calendar()
    makeup = {day for day in days_after(date(2022, 12, 31), date(2026, 12, 31)) if along.kind(day) is DayKind.MAKEUP}
    counted = set()
    for code, examples in WORKING.items():
        for example in examples:
            counted |= {day.date for day in reckoned(code, date.fromisoformat(example.partition(":")[0]), along)[1]}
    assert len(makeup) == 26
    assert makeup <= counted
    units = dict(LimitRule.objects.values_list("code", "unit"))
    assert {code for code, unit in units.items() if unit == LimitUnit.WORKING_DAY} == set(WORKING)


def test_a_hearing_is_called_as_many_days_ahead_counted_back_from_its_day():
    """The other way round: from the day of the hearing back to the day on which it was called."""
    along, case = calendar(), Case(jurisdiction=jurisdiction(OWN))
    for example in WORKING[Limit.HEARING_NOTICE]:
        called_on = date.fromisoformat(example.partition(":")[0])
        first = earliest_hearing(case, called_on=called_on)
        assert f"{first:%m-%d}" == example.split()[-1]
        assert along.add_working_days(first, -7).value == called_on
