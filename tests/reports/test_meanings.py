"""What a number counts is what its sentence says, also at the edges, and also as it was known before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from afterschool.models import Provider
from cases.enums import Outcome
from cases.operations import publication
from clues.operations import triage
from enforcement.enums import AdOutcome
from enforcement.operations.removals import Done, join_removal
from foundation.core import clock
from institutions.enums import Category, SiteType, Status
from institutions.operations.register import change_institution
from institutions.operations.status import change_status
from institutions.operations.unlicensed import merge_unlicensed
from matters.operations.checks import link_check
from reports.definitions.register import SINCE
from reports.departments import department
from reports.enums import Days
from reports.kpis import kpi_of
from reports.seasons import span_of
from supervisors.operations.terms import dismiss
from tests.afterschool.factories import STARTS, reported, school, selected, term
from tests.cases.factories import decided, executing
from tests.cast import CITY, NEIGHBOUR, OWN, jurisdiction
from tests.clues.adverts import sighting
from tests.clues.factories import clue
from tests.enforcement.factories import inspected, issued
from tests.enforcement.test_removals import removed
from tests.inspections.factories import AT, DAY
from tests.institutions.factories import institution, unlicensed
from tests.reports.asked import answer, ask, value
from tests.supervisors.factories import at_ten, in_office_from, visited

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT + 9 * HOUR):
        yield


@pytest.mark.parametrize(("outcome", "number"), [(Outcome.PUNISH, 1), (Outcome.SPARE, 1), (Outcome.WITHDRAW, 0)])
def test_a_case_that_was_dropped_ended_in_no_decision(cast, outcome, number):
    decided(cast, outcome)
    assert value("decided_cases") == number


@pytest.mark.parametrize(("outcome", "number"), [(Outcome.PUNISH, 0), (Outcome.WITHDRAW, 1), (Outcome.TRANSFER, 1)])
def test_a_case_that_was_withdrawn_or_transferred_is_closed(cast, outcome, number):
    decided(cast, outcome)
    assert (value("cases"), value("closed_cases")) == (1, number)


def test_visits_a_month_are_those_of_the_months_owed(cast):
    """Two supervisors owed April and May: three visits in four months; a visit in June, not yet over, is none of it."""
    first, second = (in_office_from(cast, date(2026, 4, 1)) for _ in range(2))
    at = at_ten(date(2026, 1, 5))
    home, other = (institution(cast.officer, at=at) for _ in range(2))
    for supervisor, day in ((first, date(2026, 4, 8)), (first, date(2026, 5, 8)), (second, date(2026, 5, 9))):
        visited(supervisor, home, day)
    visited(second, other, date(2026, 6, 2))
    span = {"first": date(2026, 4, 1), "last": date(2026, 6, 20), "on": date(2026, 6, 20)}
    assert (value("duty_visits", CITY, **span), value("duty_months", CITY, **span)) == (3, 4)
    assert answer("visits_per_month", CITY, **span).text == "0.7家次/人月"


def test_who_was_appointed_or_left_later_was_not_or_still_in_office(cast):
    row = in_office_from(cast, date(2026, 4, 1))
    before, left = at_ten(date(2026, 2, 1)), at_ten(date(2026, 6, 15))
    dismiss(supervisor=row, reason="迁居", by=cast.city, at=left)
    june = {"on": date(2026, 6, 20), "last": date(2026, 6, 20)}
    assert value("supervisors", CITY, **june) == 0
    assert value("supervisors", CITY, **june, known_at=left - timedelta(days=1)) == 1, "nobody knew that he would go"
    assert value("supervisors", CITY, **june, known_at=before) == 0, "nor, before, that he would come"


def test_a_site_and_the_institution_that_it_became_are_one(cast):
    site = unlicensed(cast.officer)
    issued(cast, visit=inspected(cast, site))
    home = institution(cast.officer)
    merge_unlicensed(site=site, institution=home, reason="已办证", by=cast.officer, at=AT)
    issued(cast, visit=inspected(cast, home))
    assert (value("notices"), value("noticed_sites"), value("sites")) == (2, 1, 1)


def test_a_clue_that_was_merged_later_was_one_of_its_own_before(cast):
    first, second = clue(cast.officer), clue(cast.officer)
    triage.merge_clue(clue=second, into=first, by=cast.officer, at=AT + 2 * HOUR)
    assert (value("clues"), value("clues", known_at=AT + HOUR)) == (1, 2)


def test_hours_to_the_first_notice_are_whole_ones(cast):
    home = institution(cast.officer)
    row = clue(cast.officer, institution=home, at=AT)
    visit = inspected(cast, home, at=AT + timedelta(minutes=20))
    issued(cast, visit=visit, at=AT + timedelta(minutes=100))
    link_check(clue=row, visit=visit, by=cast.officer, at=AT + timedelta(minutes=110))
    assert (value("clues_noticed"), value("clue_notice_hours")) == (1, 1)
    assert value("clues_noticed", known_at=AT + timedelta(minutes=105)) == 0, "not linked by then"


def test_places_of_care_are_the_department_s_that_looks_after_them(cast):
    inspected(cast, institution(cast.officer, category=Category.ARTS, site_type=SiteType.CARE))
    question = ask()
    told = {
        kind: kpi_of("visits").answer(ask(department=department(kind, question.area, on=question.on))).value
        for kind in ("market", "culture")
    }
    assert told == {"market": 1, "culture": 0}


def test_a_provider_of_two_counties_is_one_of_the_city(cast):
    first, second = (selected(cast).provider for _ in range(2))
    same = {"jurisdiction": jurisdiction(NEIGHBOUR), "credit_code": first.credit_code}
    Provider.objects.filter(pk=second.pk).update(**same)
    numbers = {code: value("afterschool_providers", code) for code in (CITY, OWN, NEIGHBOUR)}
    assert numbers == {CITY: 1, OWN: 1, NEIGHBOUR: 1}


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (date(2026, 2, 9), date(2025, 8, 20), date(2025, 9, 30)),
        (date(2026, 2, 10), date(2026, 2, 10), date(2026, 3, 15)),
        (date(2026, 8, 19), date(2026, 2, 10), date(2026, 3, 15)),
        (date(2026, 8, 20), date(2026, 8, 20), date(2026, 9, 30)),
    ],
)
def test_schools_open_twice_a_year(on, first, last):
    assert span_of("opening", on) == (first, last)


def test_a_state_is_not_told_by_holidays(cast):
    institution(cast.officer)
    assert kpi_of("institutions").asked_in_vain(ask(days=Days.HOLIDAYS)) == "不按日子统计"
    assert kpi_of("exposed").asked_in_vain(ask(days=Days.HOLIDAYS)) == "不按日子统计"
    assert kpi_of("visits").asked_in_vain(ask(days=Days.HOLIDAYS)) == ""


def test_a_school_that_says_nothing_lowers_the_coverage(cast):
    term()
    first, _silent, closed = school(), school(), school()
    type(closed).objects.filter(pk=closed.pk).update(closed_on=STARTS - timedelta(days=9))
    reported(cast.officer, first)
    assert (value("afterschool_due"), value("afterschool_schools")) == (2, 1)
    assert kpi_of("afterschool_coverage").answer(ask()).text == "50.00%"


def test_a_fine_counts_for_an_instant_before_it_was_overturned(cast):
    case = executing(cast)
    then = value("fines_fen")
    publication.overturn(case=case, on=DAY, authority="厦门市人民政府复议决定书", by=cast.officer, at=AT + 2 * HOUR)
    assert (value("fines_fen"), value("fines_fen", known_at=AT + HOUR)) == (0, then)
    assert then > 0


def test_what_was_entered_later_into_an_outing_was_not_known_before(cast):
    first = removed(cast, sighting(cast.officer), quantity=2)
    then = value("ad_boards")
    added = [Done(sighting(cast.officer), AdOutcome.DISMANTLED)]
    join_removal(removal=first, done=added, by=cast.officer, at=AT + 2 * HOUR)
    assert value("ad_boards", known_at=AT + HOUR) == then < value("ad_boards")


def test_a_department_sees_the_past_of_what_was_its_own_then(cast):
    for number in range(3):
        row = institution(cast.officer, category=Category.SUBJECT, effective_on=SINCE - timedelta(days=9))
        if number:
            given = {"effective_on": DAY - timedelta(days=3), "reason": "转型", "by": cast.officer, "at": AT}
            change_status(institution=row, status=Status.TRANSFORMED, **given)
            change_institution(institution=row, facts={"category": Category.ARTS}, by=cast.officer, at=AT)
    question = ask()
    told = [
        [kpi_of(code).answer(each).text for code in ("subject_base", "subject_now", "reduction_rate")]
        for each in (question, ask(department=department("education", question.area, on=question.on)))
    ]
    assert told == [["3家", "1家", "66.66%"]] * 2
