"""The month numbers of visits are what counting the visits gives, whatever is done to them, folded or not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from foundation.core import clock
from inspections.enums import OFFICIAL, Slot
from inspections.folding import fold_visit_months
from inspections.migrations import _visit_months as sql
from inspections.models import Visit, VisitMonth
from inspections.operations.visits import void_visit
from inspections.reports import HeadCount
from reports.kpis import kpi_of
from tests.cast import CITY, NEIGHBOUR
from tests.inspections.factories import AT, DAY, filed, officers_report, supervisors_report
from tests.inspections.monthly import KEPT, exact, rows
from tests.institutions.factories import institution
from tests.reports.asked import ask

pytestmark = pytest.mark.django_db
SUMMED = [kpi_of(code) for code in ("visits", "person_times", "dispersed", "evening_visits", "supervisor_visits")]


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def several(cast) -> list[Visit]:
    """Of two months, two bureaus, by day and evening, of officers and a supervisor, with pupils sent home."""
    home, other = institution(cast.officer), institution(cast.neighbour, county=NEIGHBOUR)
    sent_home = HeadCount(9, at_least=True)
    made = [
        filed(officers_report(home, cast.officer, cast.second_officer), cast.officer),
        filed(officers_report(home, cast.officer, cast.second_officer, slot=Slot.EVENING), cast.officer),
        filed(officers_report(other, cast.neighbour, cast.officer, dispersed=sent_home), cast.neighbour),
        filed(supervisors_report(home, cast.supervisor), cast.supervisor),
    ]
    before = officers_report(home, cast.officer, cast.second_officer, visited_on=DAY - timedelta(days=30))
    return [*made, filed(before, cast.officer)]


def test_they_follow_whatever_is_done_to_visits(cast):
    """A visit is filed or voided; the database refuses every other change."""
    _, evening, _, supervised, before = several(cast)
    assert exact()
    assert VisitMonth.objects.exists()
    for visit in (evening, supervised, before):
        void_visit(visit=visit, reason="录错了", by=cast.leader, at=AT)
        assert exact(), visit


def test_folding_changes_no_sum(cast):
    several(cast)
    kept, number = rows(KEPT), VisitMonth.objects.count()
    assert fold_visit_months() > 0
    assert rows(KEPT) == kept
    assert VisitMonth.objects.count() == len(kept) < number
    assert fold_visit_months() == 0
    assert exact()


def test_kpis_say_the_same_from_the_months_as_from_the_visits(cast):
    """``known_at`` of now asks the visits themselves."""
    several(cast)
    ready, counted = ask(CITY), ask(CITY, known_at=AT)
    assert (ready.is_of_whole_months, counted.is_of_whole_months) == (True, False)
    for kpi in SUMMED:
        assert kpi.answer(ready) == kpi.answer(counted), kpi.code
        assert kpi.answer(ready).value, kpi.code
        assert kpi.by_place(ready) == kpi.by_place(counted), kpi.code
        assert sorted(kpi.by_month(ready).items()) == sorted(kpi.by_month(counted).items()), kpi.code


@pytest.mark.parametrize("given", [{"first": DAY}, {"last": DAY - timedelta(days=1)}, {"on": DAY - timedelta(days=3)}])
def test_parts_of_months_are_counted(cast, given):
    several(cast)
    question = ask(CITY, **given)
    assert not question.is_of_whole_months
    assert all(kpi.answer(question).value == kpi.answer(ask(CITY, **given, known_at=AT)).value for kpi in SUMMED)


def test_the_kinds_of_officers_visits_are_the_same_in_both_languages():
    assert set(sql.KINDS.strip("{}").split(",")) == {kind.value for kind in OFFICIAL}


def test_nobody_writes_them_by_hand(cast):
    several(cast)
    with pytest.raises(ProgrammingError), transaction.atomic():
        VisitMonth.objects.update(visits=99)
