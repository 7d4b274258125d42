"""The month numbers of visits are what counting the visits gives, whatever is done to them, folded or not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from foundation.core import clock
from inspections.enums import OFFICIAL, Slot
from inspections.folding import fold_visit_months
from inspections.migrations import _visit_months as sql
from inspections.models import Visit, VisitMonth, VisitOfficer
from inspections.operations.visits import void_visit
from inspections.reports import HeadCount
from reports.kpis import kpi_of
from tests.cast import CITY, NEIGHBOUR
from tests.inspections.factories import AT, DAY, filed, officers_report, supervisors_report
from tests.institutions.factories import institution
from tests.reports.asked import ask

pytestmark = pytest.mark.django_db
COUNTED = sql.FILL[sql.FILL.index("SELECT") :]
KEPT = """
    SELECT jurisdiction_id, month, official, evening, sum(visits), sum(person_times), sum(dispersed),
      sum(dispersed_flags)
    FROM inspections_visitmonth GROUP BY 1, 2, 3, 4 HAVING sum(visits) <> 0
"""
SUMMED = [kpi_of(code) for code in ("visits", "person_times", "dispersed", "evening_visits", "supervisor_visits")]


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def rows(words: str) -> set[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(words)
        return {tuple(row) for row in cursor.fetchall()}


def exact() -> bool:
    """The kept numbers are the counted ones; what was taken back altogether sums to nothing."""
    nothing = "SELECT 1 FROM inspections_visitmonth GROUP BY jurisdiction_id, month, official, evening HAVING "
    left = rows(f"{nothing} sum(visits) = 0 AND (sum(person_times) <> 0 OR sum(dispersed) <> 0)")
    return rows(KEPT) == rows(COUNTED) and not left


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
    first, evening, dispersing, *_ = several(cast)
    assert exact()
    assert VisitMonth.objects.exists()
    void_visit(visit=evening, reason="录错了", by=cast.leader, at=AT)
    assert exact()
    Visit.objects.filter(pk=first.pk).update(visited_on=DAY - timedelta(days=40), slot=Slot.EVENING, unnamed=3)
    assert exact()
    Visit.objects.filter(pk=dispersing.pk).update(dispersed=0, dispersed_at_least=False)
    assert exact()
    Visit.objects.update(remark="不影响数字")
    assert exact()
    VisitOfficer.objects.filter(visit=first).delete()
    assert exact()


def test_a_change_that_changes_no_number_adds_no_row(cast):
    several(cast)
    before = VisitMonth.objects.count()
    Visit.objects.update(remark="不影响数字")
    assert VisitMonth.objects.count() == before


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
