"""Monthly duty: what counts, for which month, who is short; and the reminders, with a set clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.core import clock, outbox
from foundation.notifications.models import Message
from inspections.operations.visits import void_visit
from supervisors import duties
from supervisors.models import Supervisor
from supervisors.months import Month, stage_on
from supervisors.operations.appointing import appoint
from supervisors.operations.recruiting import set_duty
from supervisors.operations.terms import dismiss, review_year
from tests.beat import live
from tests.inspections.factories import filed, officers_report
from tests.institutions.factories import institution
from tests.supervisors.factories import (
    acting_as,
    after_publicity,
    announced,
    at_ten,
    in_office_from,
    visited,
)

pytestmark = pytest.mark.django_db
FIRST = date(2026, 4, 1)
APRIL = Month(FIRST)


@pytest.fixture
def supervisor(cast) -> Supervisor:
    return in_office_from(cast, FIRST)


@pytest.fixture
def sites(cast) -> list:
    return [institution(cast.officer, at=at_ten(date(2026, 1, 5))) for _ in range(3)]


def shown(on: date, *, number: int = 3, until: Month | None = None) -> duties.Overview:
    return duties.overview(Supervisor.objects.all(), until=until or Month.of(on), number=number, on=on)


def cells(on: date, **given) -> list[tuple[str, int, bool]]:
    [line] = shown(on, **given).lines
    return [(cell.month.key, cell.done, cell.is_short) for cell in line.cells]


# -- what counts -----------------------------------------------------------------------------------------------------
def test_a_visit_counts_for_the_month_of_its_date(cast, supervisor, sites):
    visited(supervisor, sites[0], date(2026, 4, 30), at=at_ten(date(2026, 5, 3)))  # the last day of late entry
    visited(supervisor, sites[1], date(2026, 5, 2))
    assert cells(date(2026, 5, 20)) == [("2026-03", 0, False), ("2026-04", 1, False), ("2026-05", 1, False)]
    [line] = shown(date(2026, 5, 20)).lines
    assert [cell.late for cell in line.cells] == [0, 1, 0]


def test_what_comes_too_late_is_a_visit_but_no_duty(cast, supervisor, sites):
    visited(supervisor, sites[0], date(2026, 4, 30), at=at_ten(date(2026, 5, 4)))
    assert cells(date(2026, 5, 20))[1] == ("2026-04", 0, True)
    assert duties.total(Supervisor.objects.all()).visits == 1


def test_voided_visits_and_officers_visits_never_count(cast, supervisor, sites):
    visit = visited(supervisor, sites[0], date(2026, 4, 8))
    filed(officers_report(sites[0], cast.officer, cast.second_officer, visited_on=date(2026, 4, 9)), cast.officer)
    assert duties.total(Supervisor.objects.all()).visits == 1
    void_visit(visit=visit, reason="填错", by=cast.leader, at=at_ten(date(2026, 4, 10)))
    assert duties.total(Supervisor.objects.all()).visits == 0
    assert duties.done_in(supervisor, APRIL) == 0


def test_only_whole_months_in_office_are_owed(cast):
    row = in_office_from(cast, date(2026, 4, 2))
    assert not duties.owes(row, APRIL)
    assert duties.owes(row, Month(date(2026, 5, 1)))
    assert duties.owes(row, Month(date(2028, 3, 1)))  # the term ends on 1 April 2028
    assert not duties.owes(row, Month(date(2028, 4, 1)))
    gone = dismiss(supervisor=row, reason="迁居", by=cast.city, at=at_ten(date(2026, 6, 15)))
    assert (duties.owes(gone, Month(date(2026, 5, 1))), duties.owes(gone, Month(date(2026, 6, 1)))) == (True, False)


def test_what_is_owed_is_what_held_in_the_month(cast, supervisor, sites):
    at = at_ten(date(2026, 4, 20))
    may = date(2026, 5, 1)
    set_duty(recruitment=supervisor.recruitment, from_on=may, minimum=2, target=3, by=cast.city, at=at)
    visited(supervisor, sites[0], date(2026, 4, 8))
    visited(supervisor, sites[0], date(2026, 5, 8))
    assert cells(date(2026, 6, 20)) == [("2026-04", 1, False), ("2026-05", 1, True), ("2026-06", 0, False)]


def test_the_rate_is_person_months_reached_of_person_months_owed(cast, supervisor, sites):
    other = in_office_from(cast, FIRST)
    visited(supervisor, sites[0], date(2026, 4, 8))
    visited(supervisor, sites[1], date(2026, 5, 8))
    visited(other, sites[0], date(2026, 5, 9))
    found = shown(date(2026, 6, 20))
    assert (found.owed, found.reached, found.rate) == (4, 3, "75.00%")
    assert [(row.pk, cell.month.key) for row, cell in found.short] == [(other.pk, "2026-04")]
    assert found.lines[0].supervisor.pk == other.pk  # shortfalls first
    assert duties.total(Supervisor.objects.all()) == duties.Total(visits=3, persons=2)
    assert duties.total(Supervisor.objects.all()).each == "1.5"
    months = [Month(date(2026, 4, 1)), Month(date(2026, 5, 1))]
    assert duties.visits_by_month(Supervisor.objects.all(), months) == [1, 2]


def test_the_overview_costs_the_same_for_one_and_for_three(cast, supervisor, sites):
    visited(supervisor, sites[0], date(2026, 4, 8))
    with CaptureQueriesContext(connection) as one:
        shown(date(2026, 5, 20))
    for _ in range(2):
        visited(in_office_from(cast, FIRST), sites[0], date(2026, 4, 9))
    with CaptureQueriesContext(connection) as three:
        assert len(shown(date(2026, 5, 20)).lines) == 3
    assert (len(one), len(three)) == (4, 4)


def test_a_review_keeps_the_visits_of_its_year(cast, supervisor, sites):
    visited(supervisor, sites[0], date(2026, 4, 8))
    review = review_year(
        supervisor=supervisor, year=2026, verdict="good", remark="按时履职", by=cast.city, at=at_ten(date(2026, 12, 30))
    )
    assert review.visits == 1


# -- months ----------------------------------------------------------------------------------------------------------
def test_months_end_where_the_calendar_says():
    february = Month(date(2028, 2, 1))
    assert (february.last, february.closes_on(3)) == (date(2028, 2, 29), date(2028, 3, 3))
    assert (Month(date(2026, 1, 1)).back().key, Month(date(2026, 12, 1)).back(-1).key) == ("2025-12", "2027-01")
    assert Month.parsed("2026-13") is None
    assert Month.parsed("../x") is None


@pytest.mark.parametrize(
    ("left", "stage"), [(11, None), (10, "2026-04:10"), (4, "2026-04:10"), (3, "2026-04:3"), (0, "2026-04:3")]
)
def test_stages_of_a_month(left, stage):
    assert stage_on(APRIL, left) == stage


# -- reminders -------------------------------------------------------------------------------------------------------
def told(kind: str, **given) -> list[tuple[int, str]]:
    rows = Message.objects.filter(kind=f"supervisors.{kind}", **given).order_by("pk")
    return list(rows.values_list("recipient_id", "period"))


def test_below_the_quota_reminded_once_a_stage_and_not_after_having_filed(cast, supervisor, sites):
    other = in_office_from(cast, FIRST)
    live(at_ten(date(2026, 4, 19)))
    assert told("duty_reminder") == []
    for day in (20, 21, 26):
        live(at_ten(date(2026, 4, day)))
    assert sorted(told("duty_reminder")) == sorted([(supervisor.user_id, "2026-04:10"), (other.user_id, "2026-04:10")])
    visited(supervisor, sites[0], date(2026, 4, 26))
    for day in (27, 28, 30):
        live(at_ten(date(2026, 4, day)))
    assert told("duty_reminder")[2:] == [(other.user_id, "2026-04:3")]


def test_who_has_filed_before_hears_nothing_at_all(cast, supervisor, sites):
    visited(supervisor, sites[0], date(2026, 4, 2))
    for day in range(18, 31):
        live(at_ten(date(2026, 4, day)))
    assert told("duty_reminder") == []


def test_a_missed_day_is_caught_up_by_the_stage_that_is_true_then(cast, supervisor):
    live(at_ten(date(2026, 4, 29)))  # nothing ran since the 19th
    assert told("duty_reminder") == [(supervisor.user_id, "2026-04:3")]


def test_half_past_midnight_in_beijing_belongs_to_the_new_day(cast, supervisor):
    """At 00:30 on 1 May (16:30 UTC on 30 April) nobody is told of April any more."""
    at = datetime(2026, 5, 1, 0, 30, tzinfo=timezone.get_default_timezone())
    with clock.set_to(at):
        outbox.put("remind:supervisors.duty", at=at, key="test:half-past-midnight")
        outbox.deliver_all(at=at)
    assert told("duty_reminder") == []
    at = datetime(2026, 4, 30, 0, 30, tzinfo=timezone.get_default_timezone())
    with clock.set_to(at):
        outbox.put("remind:supervisors.duty", at=at, key="test:before")
        outbox.deliver_all(at=at)
    assert told("duty_reminder") == [(supervisor.user_id, "2026-04:3")]


def test_february_has_its_own_tenth_day_before(cast):
    row = in_office_from(cast, date(2028, 2, 1))
    live(at_ten(date(2028, 2, 18)))
    assert told("duty_reminder") == []
    live(at_ten(date(2028, 2, 19)))
    assert told("duty_reminder") == [(row.user_id, "2028-02:10")]


def test_the_shortfall_list_goes_to_the_city_after_the_days_of_late_entry(cast, supervisor, sites):
    other = in_office_from(cast, FIRST)
    visited(other, sites[0], date(2026, 4, 30), at=at_ten(date(2026, 5, 2)))
    live(at_ten(date(2026, 5, 3)))
    assert told("shortfall") == []
    for day in (4, 5, 6):
        live(at_ten(date(2026, 5, day)))
    assert told("shortfall") == [(cast.city.user_id, "2026-04")]
    message = Message.objects.get(kind="supervisors.shortfall")
    assert supervisor.name in message.body
    assert other.name not in message.body


def test_no_list_when_nobody_is_short(cast, supervisor, sites):
    visited(supervisor, sites[0], date(2026, 4, 30))
    live(at_ten(date(2026, 5, 5)))
    assert told("shortfall") == []


def test_sixty_days_before_a_term_ends_the_bureau_is_told_once(cast, supervisor):
    until = supervisor.term_until_on
    live(at_ten(until - timedelta(days=61)))
    assert told("term_ending") == []
    for days in (60, 59, 10):
        live(at_ten(until - timedelta(days=days)))
    assert told("term_ending") == [(cast.city.user_id, str(until))]


def test_after_its_last_day_a_term_ends_by_itself(cast, supervisor):
    until = supervisor.term_until_on
    live(at_ten(until))
    supervisor.refresh_from_db()
    assert supervisor.state == "in_office"
    live(at_ten(until + timedelta(days=1)))
    supervisor.refresh_from_db()
    assert (supervisor.state, supervisor.last_day_on) == ("expired", until)


def test_the_end_of_publicity_is_announced_once(cast):
    row = announced(cast, at=at_ten(date(2026, 3, 2)))
    live(at_ten(row.recruitment.publicity_until_on))
    assert told("publicity_over") == []
    after = after_publicity(row)
    live(after)
    live(after + timedelta(days=1))
    assert told("publicity_over") == [(cast.city.user_id, str(row.recruitment.publicity_until_on))]
    appoint(candidate=row, by=cast.city, at=after)
    assert acting_as(Supervisor.objects.get()).can("supervisors.duty")
