"""What a KPI answers: exact numbers with unit and key, as of a day, as known at an instant, each as its list says."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from django.utils import timezone

from enforcement.enums import OrderState
from foundation.core import clock
from inspections.enums import Slot
from inspections.operations.visits import void_visit
from inspections.reports import HeadCount
from institutions.enums import Category, SiteType, Status
from institutions.operations.register import change_institution
from institutions.operations.status import change_status
from reports.enums import Days, Rounding, Unit
from reports.kpis import Answer, Ratio, kpi_of, rounded
from tests.cast import CITY, NEIGHBOUR, OWN
from tests.clues.factories import clue
from tests.enforcement.factories import in_state
from tests.inspections.campaigning import running
from tests.inspections.factories import AT, DAY, filed, officers_report
from tests.institutions.factories import institution, town
from tests.reports.asked import answer, ask, value

pytestmark = pytest.mark.django_db
SINCE = date(2021, 7, 24)
ZONE = timezone.get_default_timezone()


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def seen(cast, subject, *, at: datetime = AT, **given):
    return filed(officers_report(subject, cast.officer, cast.second_officer, **given), cast.officer, at=at)


@pytest.mark.parametrize(
    ("share", "places", "rounding", "text"),
    [
        (Fraction(74 * 100, 81), 2, Rounding.TRUNCATE, "91.35"),
        (Fraction(74 * 100, 81), 2, Rounding.HALF_UP, "91.36"),
        (Fraction(87082 * 100, 91350), 1, Rounding.TRUNCATE, "95.3"),
        (Fraction(1, 2), 0, Rounding.HALF_UP, "1"),
        (Fraction(1, 2), 0, Rounding.TRUNCATE, "0"),
        (Fraction(-1, 200), 2, Rounding.HALF_UP, "-0.01"),
        (Fraction(-1, 200), 2, Rounding.TRUNCATE, "0.00"),
        (Fraction(100), 2, Rounding.TRUNCATE, "100.00"),
    ],
)
def test_how_a_fraction_is_printed(share, places, rounding, text):
    assert rounded(share, places, rounding) == text


def test_numbers_and_their_units():
    assert Answer(220, Unit.PERSONS, at_least=True).text == "220余人"
    assert Answer(38012800, Unit.YUAN).text == "380,128.00元"
    assert Answer(None, Unit.PERCENT).text == "—"
    assert Answer(Fraction(19, 120), Unit.PERCENT, places=2).text == "15.83%"
    assert Answer(Fraction(27, 2), Unit.PER_PERSON, places=1).text == "13.5家次/人"


def test_visits_sites_and_people_are_different_numbers(cast):
    subject = institution(cast.officer)
    seen(cast, subject)
    seen(cast, subject, slot=Slot.EVENING)
    seen(cast, institution(cast.officer), dispersed=HeadCount(220, at_least=True))
    assert {code: value(code) for code in ("visits", "sites", "person_times", "persons", "evening_visits")} == {
        "visits": 3,
        "sites": 2,
        "person_times": 6,
        "persons": 2,
        "evening_visits": 1,
    }
    assert answer("dispersed").text == "220余人"
    assert answer("evening_share").text == "33.33%"


def test_a_site_stands_with_its_latest_visit(cast):
    subject = institution(cast.officer)
    seen(cast, subject, visited_on=DAY - timedelta(days=2))
    last = seen(cast, subject)
    assert list(kpi_of("sites").list(ask())) == [last]


def test_what_was_recorded_later_changes_no_past_answer(cast):
    """The late visit counts now and shows as 补录; the answer as it was known the day before stays what it was."""
    subject = institution(cast.officer)
    seen(cast, subject, visited_on=DAY - timedelta(days=20), at=AT - timedelta(days=20))
    known, last = AT - timedelta(days=1), DAY - timedelta(days=10)
    seen(cast, subject, visited_on=DAY - timedelta(days=19))
    assert (value("visits", last=last, known_at=known), value("visits", last=last)) == (1, 2)
    assert (kpi_of("visits").late(ask(last=last, known_at=known)), kpi_of("visits").late(ask(last=last))) == (0, 1)


def test_a_site_is_late_by_the_visit_that_it_stands_with(cast):
    """Of two visits the older one was put on record after the period; the site stands with the other."""
    subject, last = institution(cast.officer), DAY - timedelta(days=10)
    newer = {"visited_on": DAY - timedelta(days=20), "at": AT - timedelta(days=20)}
    seen(cast, subject, **newer)
    seen(cast, subject, visited_on=DAY - timedelta(days=21))
    assert (kpi_of("sites").late(ask(last=last)), kpi_of("visits").late(ask(last=last))) == (0, 1)
    assert value("sites", last=last) == 1


def test_a_voided_visit_counts_for_those_who_ask_what_was_known_before(cast):
    visit = seen(cast, institution(cast.officer))
    void_visit(visit=visit, reason="录错了机构", by=cast.leader, at=AT + timedelta(hours=2))
    with clock.set_to(AT + timedelta(hours=3)):
        assert (value("visits"), value("visits", known_at=AT + timedelta(hours=1))) == (0, 1)


def test_nothing_after_the_day_that_is_asked_about_counts(cast):
    seen(cast, institution(cast.officer))
    assert (value("visits", on=DAY - timedelta(days=1)), value("visits", on=DAY)) == (0, 1)


def test_weekday_evenings_and_holidays(cast):
    seen(cast, institution(cast.officer), slot=Slot.EVENING)
    seen(cast, institution(cast.officer), visited_on=date(2026, 10, 2))  # 国庆
    assert value("visits", days=Days.EVENINGS) == 1
    assert value("visits", days=Days.HOLIDAYS) == 1
    assert answer("notices", days=Days.EVENINGS).value is None


def test_by_place_and_month_as_the_list_of_each(cast):
    seen(cast, institution(cast.officer))
    seen(cast, institution(cast.officer), visited_on=DAY - timedelta(days=40))
    other = institution(cast.neighbour, county=NEIGHBOUR)
    filed(officers_report(other, cast.neighbour, cast.officer), cast.neighbour)
    kpi = kpi_of("visits")
    assert sorted(each.value for each in kpi.by_place(ask(CITY)).values()) == [1, 2]
    assert [each.value for _, each in sorted(kpi.by_month(ask(CITY)).items())] == [1, 2]
    assert (value("visits", OWN), value("visits", NEIGHBOUR), value("visits", CITY)) == (2, 1, 3)


def test_a_town_and_a_campaign_narrow(cast):
    seen(cast, institution(cast.officer))
    assert value("visits", town=town().pk) == 1
    assert value("visits", town=town(NEIGHBOUR).pk) == 0
    campaign = running(cast.officer)
    assert value("visits", campaign=campaign) == 0
    assert kpi_of("institutions").asked_in_vain(ask(campaign=campaign)) == "不按专项行动统计"
    assert value("institutions", campaign=campaign) is None


def test_the_reduction_is_of_the_day_of_the_opinion(cast):
    """Three subject institutions of 2021, two of which are gone: 66.66%; one that came later changes now, not base."""
    old = [
        institution(cast.officer, category=Category.SUBJECT, effective_on=SINCE - timedelta(days=9)) for _ in range(3)
    ]
    for gone in old[:2]:
        change_status(
            institution=gone,
            status=Status.DEREGISTERED,
            effective_on=DAY - timedelta(days=3),
            reason="压减",
            by=cast.officer,
            at=AT,
        )
    assert (value("subject_base"), value("subject_now"), answer("reduction_rate").text) == (3, 1, "66.66%")
    assert (value("subject_now", on=DAY - timedelta(days=4)), value("reduction_rate", on=DAY - timedelta(days=4))) == (
        3,
        0,
    )
    institution(cast.officer, category=Category.SUBJECT)
    assert (value("subject_base"), value("subject_now")) == (3, 2)


def test_who_became_a_care_place_was_a_training_institution_on_the_day_of_the_opinion(cast):
    row = institution(cast.officer, category=Category.SUBJECT, effective_on=SINCE)
    facts, since = {"site_type": SiteType.CARE}, DAY - timedelta(days=3)
    change_institution(institution=row, facts=facts, by=cast.officer, at=AT, category_since=since)
    assert (value("subject_base"), value("subject_now"), value("institutions")) == (1, 0, 0)
    assert value("subject_now", on=since - timedelta(days=1)) == 1


def test_a_clue_counts_on_the_day_it_was_received_and_is_known_from_when_it_was_entered(cast):
    clue(cast.officer, received_on=date(2026, 9, 30), at=AT)
    september, november = ({"first": date(2026, month, 1), "last": date(2026, month, 30)} for month in (9, 11))
    assert (value("clues", **september), value("clues", **november)) == (1, 0)
    assert value("clues", **september, known_at=AT - timedelta(minutes=1)) == 0
    months = kpi_of("clues").by_month(ask())
    assert {month: told.value for month, told in months.items() if told.value} == {date(2026, 9, 1): 1}


def test_notices_and_what_became_of_them(cast):
    in_state(cast, OrderState.CLOSED)
    in_state(cast, OrderState.ISSUED)
    in_state(cast, OrderState.VOIDED)
    later = AT + timedelta(days=60)
    year = {"first": date(2026, 1, 1)}
    with clock.set_to(later):
        assert [value(code, **year) for code in ("notices", "closed_notices", "overdue_notices")] == [2, 1, 1]
        assert answer("rectified_rate", **year).text == "50.00%"
        assert value("notices", **year, known_at=AT - timedelta(days=90)) == 0


def test_a_ratio_of_nothing_is_no_number(cast):
    ratio = kpi_of("rectified_rate")
    assert isinstance(ratio, Ratio)
    assert ratio.answer(ask()).value is None
    assert ratio.by_month(ask()) == {}
