"""Counters: the number is the count of the rows that it opens, whatever is cut out; groups and units by hand."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from inspections.counters import COUNTERS, Cut, by_day, by_group, figures
from inspections.enums import Outcome, SiteGroup, Slot
from inspections.models import Visit
from inspections.operations.tagging import tag_visit
from inspections.queries.campaigns import visits_of
from inspections.queries.patrols import covert_share, evening_share, heat, off_hours_share
from inspections.queries.visits import tally
from inspections.reports import HeadCount, OnSite, Problem
from institutions.enums import Category, SiteType, Status
from institutions.operations.merging import merge_institutions
from institutions.operations.status import change_status
from tests.cast import OWN, organ
from tests.inspections.campaigning import running
from tests.inspections.factories import AT, DAY, filed, me, officers_report
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db
SMALL = Problem("未公示收费", "fees", "light")


@pytest.fixture
def campaign(cast):
    """Seven visits at six sites by hand: see the assertions."""
    row = running(cast.officer)
    arts, subject, care = (
        institution(cast.officer, **given)
        for given in ({}, {"category": Category.SUBJECT}, {"site_type": SiteType.CARE, "category": Category.OTHER})
    )
    ended = institution(cast.officer, effective_on=DAY - timedelta(days=30))
    change_status(
        institution=ended, status=Status.DEREGISTERED, effective_on=DAY, reason="注销", by=cast.officer, at=AT
    )
    site, double = unlicensed(cast.officer), institution(cast.officer, credit_code=None)
    guest = OnSite("李四", "思明区市场监督管理局", None, organ(OWN, OrganKind.MARKET))
    both = (me(cast.officer), me(cast.second_officer))
    bad = {"problems": (SMALL,), "outcome": Outcome.CORRECTED}
    for subject_, given in (
        (arts, {}),
        (double, {"slot": Slot.EVENING} | bad),  # merged into arts below: the same site
        (subject, {"officers": (*both, guest)} | bad),
        (care, {"dispersed": HeadCount(20)}),
        (ended, {"visited_on": DAY}),
        (ended, {"visited_on": DAY - timedelta(days=1)}),  # the day before it ended
        (site, {"dispersed": HeadCount(200, at_least=True), "outcome": Outcome.FOLLOW_UP, "problems": (SMALL,)}),
    ):
        visit = filed(officers_report(subject_, cast.officer, cast.second_officer, **given), cast.officer)
        tag_visit(visit=visit, campaign=row, by=cast.officer, at=AT)
    merge_institutions(keep=arts, absorb=double, reason="重复", by=cast.officer, at=AT)
    return row


def test_the_figures(cast, campaign):
    assert figures(visits_of(campaign, cast.officer)) == {
        "visits": "7",
        "sites": "5",
        "person_times": "15",
        "persons": "3",
        "with_problem": "3",
        "corrected": "2",
        "dispersed": "220余",
    }


def test_they_agree_with_the_tally_of_visits(cast, campaign):
    visits = visits_of(campaign, cast.officer)
    found, counted = figures(visits), tally(visits)
    assert (counted.visits, counted.sites, counted.person_times, counted.persons, counted.with_problem) == tuple(
        int(found[key]) for key in ("visits", "sites", "person_times", "persons", "with_problem")
    )


CUTS = [
    Cut(),
    *(Cut(group=group) for group in SiteGroup.values),
    Cut(on=DAY),
    Cut(on=DAY - timedelta(days=1)),
    Cut(on=DAY - timedelta(days=5)),
]


def test_every_counter_opens_exactly_its_rows(cast, campaign, subtests):
    """One campaign for all of them: to file it takes ten times longer than to count it."""
    for (key, counter), cut in product(COUNTERS.items(), CUTS):
        with subtests.test(counter=key, cut=str(cut)):
            visits = cut.of(visits_of(campaign, cast.officer))
            rows = list(counter.rows(visits))
            number = sum(row.dispersed for row in rows) if counter.total else len(rows)
            assert counter.text(visits).rstrip("余") == str(number)
            assert figures(visits)[key] == counter.text(visits)
            assert len({row.pk for row in rows}) == len(rows)


def test_by_group(cast, campaign):
    lines = {
        line.of: (line.visits, line.sites, line.with_problem) for line in by_group(visits_of(campaign, cast.officer))
    }
    assert lines == {
        "unlicensed": (1, 1, 1),
        "ended": (1, 1, 0),
        "care": (1, 1, 0),
        "subject": (1, 1, 1),
        "non_subject": (3, 2, 1),
    }
    for group, (number, sites, bad) in lines.items():
        cut = Cut(group=group).of(visits_of(campaign, cast.officer))
        found = figures(cut)
        assert (found["visits"], found["sites"], found["with_problem"]) == (str(number), str(sites), str(bad))


def test_by_day(cast, campaign):
    lines = by_day(visits_of(campaign, cast.officer))
    assert [(line.of, line.visits, line.sites) for line in lines] == [(DAY, 6, 5), (DAY - timedelta(days=1), 1, 1)]


def test_a_units_share(cast, campaign):
    """An education bureau's is its area; a department's is what its people took part in."""
    visits = visits_of(campaign, cast.officer)
    assert Cut(unit=organ(OWN)).of(visits).count() == 7
    assert Cut(unit=organ(OWN, OrganKind.MARKET)).of(visits).count() == 1
    assert Cut(unit=Organ.objects.get(pk=cast.culture.organ_id)).of(visits).count() == 0


def test_when_it_was_looked(cast, campaign):
    visits = visits_of(campaign, cast.officer)
    assert (evening_share(visits).part, evening_share(visits).percent) == (1, "14.28%")
    assert off_hours_share(visits).part == 1
    assert covert_share(Visit.objects.none()).percent == "0.00%"
    cells = heat(visits)
    assert len(cells) == 21
    assert {cell: n for cell, n in cells.items() if n} == {
        ("afternoon", 3): 5,
        ("evening", 3): 1,
        ("afternoon", 2): 1,
    }
