"""家次, 家, 人次, 人: a hand-worked example; coverage with the blind spots first; each number equals its rows."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.core import clock
from foundation.regions.models import Division
from inspections.enums import Outcome, Slot
from inspections.operations.visits import void_visit
from inspections.queries import coverage
from inspections.queries import visits as queries
from inspections.queries.coverage import Span
from inspections.reports import HeadCount, OnSite, Problem
from institutions.operations.merging import merge_institutions
from institutions.operations.unlicensed import merge_unlicensed
from tests.cast import OWN
from tests.inspections.factories import AT, DAY, filed, me, officers_report, supervisors_report
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db
PROBLEM = (Problem("超时培训", "conduct", "major"),)


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def test_a_hand_worked_tally(cast):
    """Two institutions and a site: 5 visits that count, 3 sites, 11 person-times of 3 persons, 2 with a problem."""
    first, second, site = institution(cast.officer), institution(cast.officer), unlicensed(cast.officer)
    stranger = OnSite("王五", "市场监管局")
    three = (me(cast.officer), me(cast.second_officer), stranger)
    filings = [
        {"subject": first},
        {"subject": first, "slot": Slot.EVENING, "problems": PROBLEM, "outcome": Outcome.CORRECTED},
        {"subject": second, "officers": three, "dispersed": HeadCount(20)},
        {"subject": site, "officers": (me(cast.officer), stranger), "dispersed": HeadCount(200, at_least=True)},
        {"subject": site, "slot": Slot.EVENING, "problems": PROBLEM, "outcome": Outcome.FOLLOW_UP},
    ]
    made = [
        filed(officers_report(given.pop("subject"), cast.officer, cast.second_officer, **given), cast.officer)
        for given in filings
    ]
    wrong = filed(officers_report(second, cast.officer, cast.second_officer, slot=Slot.EVENING), cast.officer)
    void_visit(visit=wrong, reason="重复", by=cast.leader, at=AT)
    filed(supervisors_report(first, cast.supervisor), cast.supervisor)
    official = queries.official(queries.counted(cast.officer))
    assert queries.tally(official) == queries.Tally(
        visits=5, sites=3, person_times=11, persons=3, with_problem=2, dispersed=220, dispersed_at_least=True
    )
    assert queries.of_supervisors(queries.counted(cast.officer)).count() == 1
    assert queries.of_whom(queries.counted(cast.officer), "both").count() == 6
    assert set(official) == set(made)


def test_a_site_that_became_an_institution_is_one_site(cast):
    """An unlicensed site merged into the register, and an institution merged into its look-alike, count once."""
    keep, twin = institution(cast.officer), institution(cast.officer, credit_code=None)
    site = unlicensed(cast.officer)
    for number, subject in enumerate((keep, twin, site)):
        slot = list(Slot)[number]
        filed(officers_report(subject, cast.officer, cast.second_officer, slot=slot), cast.officer)
    rows = queries.counted(cast.officer)
    assert queries.tally(rows).sites == 3
    merge_institutions(keep=keep, absorb=twin, reason="同一机构", by=cast.officer, at=AT)
    merge_unlicensed(site=site, institution=twin, reason="已取证", by=cast.officer, at=AT)
    assert queries.tally(rows).sites == 1


def test_last_visit_for_the_public(cast):
    """Neither a covert visit nor a supervisor's nor a void one is what the public page says."""
    row = institution(cast.officer)
    assert queries.last_visit_on(row.public_id) is None
    day = date(2026, 11, 3)
    seen = filed(officers_report(row, cast.officer, cast.second_officer, visited_on=day), cast.officer)
    filed(officers_report(row, cast.officer, cast.second_officer, covert=True), cast.officer)
    filed(supervisors_report(row, cast.supervisor), cast.supervisor)
    assert queries.last_visit_on(row.public_id) == day
    void_visit(visit=seen, reason="录错", by=cast.leader, at=AT)
    assert queries.last_visit_on(row.public_id) is None


# -- coverage --------------------------------------------------------------------------------------------------------
def towns() -> list[Division]:
    return list(Division.objects.filter(parent__code=OWN, level="town", valid_to=None).order_by("code")[:2])


def test_blind_spots_first(cast):
    """A planted gap ranks first, and each number equals the rows behind it."""
    seen_town, blind = towns()
    community = seen_town.children.order_by("code").first()
    seen = [institution(cast.officer, division=seen_town), institution(cast.officer, division=community)]
    for _ in range(3):
        institution(cast.officer, division=blind)
    for row, slot in zip(seen, (Slot.EVENING, Slot.MORNING), strict=True):
        filed(officers_report(row, cast.officer, cast.second_officer, slot=slot), cast.officer)
    span = Span(DAY.replace(day=1), DAY)
    first, second = coverage.by_town(cast.officer, span)
    assert (first.town, first.sites, first.unseen, first.visits, first.percent) == (f"思明区{blind}", 3, 3, 0, 0)
    assert (second.sites, second.seen, second.visits, second.percent) == (2, 2, 2, 100)
    assert (second.by_slot, second.off_hours) == ((1, 0, 1), 1)
    unseen = coverage.institutions_due(cast.officer, span).filter(seen=False, town=blind.pk)
    assert unseen.count() == first.unseen
    assert queries.in_town(coverage.visits_in(cast.officer, span), seen_town.pk).count() == second.visits


def test_coverage_counts_whom_it_says(cast):
    row = institution(cast.officer)
    filed(supervisors_report(row, cast.supervisor), cast.supervisor)
    span = Span(DAY, DAY)
    assert [line.seen for line in coverage.by_town(cast.officer, span)] == [0]
    both = coverage.by_town(cast.officer, Span(DAY, DAY, "both"))
    assert [(line.seen, line.visits) for line in both] == [(1, 1)]
    assert coverage.by_town(cast.officer, Span(DAY, DAY, "both", "subject")) == []
    assert coverage.by_town(cast.neighbour, span) == []


def test_open_unlicensed_sites_are_due_too(cast):
    site = unlicensed(cast.officer)
    assert [line.unseen for line in coverage.by_town(cast.officer, Span(DAY, DAY))] == [1]
    filed(officers_report(site, cast.officer, cast.second_officer), cast.officer)
    assert [line.unseen for line in coverage.by_town(cast.officer, Span(DAY, DAY))] == [0]


def test_hours(cast):
    """A Wednesday evening and a Sunday afternoon of arts."""
    row = institution(cast.officer)
    for day, slot in ((date(2026, 11, 18), Slot.EVENING), (date(2026, 11, 15), Slot.AFTERNOON)):
        filed(officers_report(row, cast.officer, cast.second_officer, visited_on=day, slot=slot), cast.officer)
    [line] = coverage.by_hour(cast.officer, Span(date(2026, 11, 1), DAY))
    assert (line.category, line.weekdays, line.weekends) == ("arts", (0, 0, 1), (0, 1, 0))
    visits = queries.counted(cast.officer)
    assert queries.on_weekends(visits, True).count() == queries.on_weekends(visits, False).count() == 1


def test_by_month(cast):
    row = institution(cast.officer)
    for day in (date(2026, 6, 30), date(2026, 9, 1), date(2026, 11, 1), date(2026, 11, 18)):
        filed(officers_report(row, cast.officer, cast.second_officer, visited_on=day), cast.officer)
    assert queries.by_month(queries.counted(cast.officer), until=DAY) == [1, 0, 0, 1, 0, 2]
