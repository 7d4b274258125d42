"""Historical totals: entered by one, confirmed by another, never two for one period, never mixed with records."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from foundation.regions.models import Jurisdiction
from inspections import workflow
from inspections.counting import Figure, counts
from inspections.enums import UNIT_OF, Measure, TotalState
from inspections.models import HistoricalTotal
from inspections.operations.totals import (
    confirm_total,
    enter_total,
    resubmit_total,
    return_total,
    void_total,
    withdraw_total,
)
from inspections.queries.totals import Reported, records_in_period, reported, waiting_for
from tests.cast import NEIGHBOUR, OWN
from tests.inspections.factories import AT, filed, officers_report
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
YEAR = (date(2023, 1, 1), date(2023, 12, 31))


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def entered(cast, *, by=None, code: str = OWN, **given) -> HistoricalTotal:
    by = by or cast.officer
    return enter_total(
        **{
            "jurisdiction": Jurisdiction.objects.get(code=code),
            "measure": Measure.VISITS,
            "period_from": YEAR[0],
            "period_to": YEAR[1],
            "value": 7364,
            "source_title": "2023年冬季巡查总结",
            "source_no": "思教〔2024〕3号",
            "source_on": date(2024, 1, 20),
            **given,
        },
        by=by,
        at=AT,
    )


def confirmed(cast, **given) -> HistoricalTotal:
    return confirm_total(total=entered(cast, **given), by=cast.leader, at=AT)


def returned(cast) -> HistoricalTotal:
    return return_total(total=entered(cast), remark="文号不对", by=cast.leader, at=AT)


def events() -> list[str]:
    return list(Event.objects.filter(kind__startswith="total.").order_by("pk").values_list("kind", flat=True))


def test_one_enters_another_confirms_and_both_are_on_record(cast):
    total = confirmed(cast)
    assert (total.state, total.entered_by_id, total.decided_by_id) == (
        TotalState.CONFIRMED,
        cast.officer.user_id,
        cast.leader.user_id,
    )
    assert (str(total), total.records_then) == ("检查家次 7,364家次（2023-01-01至2023-12-31）", 0)
    assert events() == ["total.entered", "total.confirmed"]


def test_every_measure_has_its_unit():
    assert set(UNIT_OF) == set(Measure)


def test_a_lower_bound_prints_one(cast):
    assert entered(cast, measure=Measure.DISPERSED, value=220, at_least=True).amount == "220余人"


@pytest.mark.parametrize("who", ["leader", "province", "town", "culture", "neighbour", "legal", "supervisor"])
def test_only_officers_of_the_area_enter(cast, who):
    with pytest.raises(NotAllowed):
        entered(cast, by=getattr(cast, who))
    assert (HistoricalTotal.objects.count(), events()) == (0, [])


def test_a_city_enters_for_a_county_and_never_confirms_it_itself(cast):
    total = entered(cast, by=cast.city)
    assert (total.jurisdiction.code, total.entered_by_id) == (OWN, cast.city.user_id)
    with pytest.raises(NotAllowed):
        confirm_total(total=total, by=cast.city, at=AT)
    assert confirm_total(total=total, by=cast.leader, at=AT).state == TotalState.CONFIRMED
    elsewhere = Jurisdiction.objects.get(code="350581")
    with pytest.raises(NotAllowed):
        entered(cast, by=cast.city, jurisdiction=elsewhere)


@pytest.mark.parametrize("who", ["officer", "second_officer", "neighbour", "province", "town", "legal"])
@pytest.mark.parametrize("decide", [confirm_total, return_total])
def test_only_approvers_of_the_area_decide(cast, who, decide):
    total = entered(cast)
    with pytest.raises(NotAllowed):
        decide(total=total, remark="意见", by=getattr(cast, who), at=AT)
    total.refresh_from_db()
    assert (total.state, events()) == (TotalState.PENDING, ["total.entered"])


def test_nobody_confirms_what_he_entered_whatever_his_rights(cast):
    both = cast.leader.allowed("totals.enter")
    total = entered(cast, by=both)
    with pytest.raises(NotAllowed):
        confirm_total(total=total, by=both, at=AT)
    with pytest.raises(IntegrityError, match="total_two_persons"), transaction.atomic():
        HistoricalTotal.objects.update(state=TotalState.CONFIRMED, decided_by=both.user_id)


def test_a_period_that_has_not_ended_is_refused(cast):
    with pytest.raises(InvalidInput, match="期间必须已经结束"):
        entered(cast, period_to=AT.date())
    with pytest.raises(InvalidInput, match="期间止不能早于期间起"):
        entered(cast, period_from=date(2023, 2, 1), period_to=date(2023, 1, 1))
    assert HistoricalTotal.objects.count() == 0


@pytest.mark.parametrize("state", ["pending", "confirmed"])
@pytest.mark.parametrize(("first", "last"), [(YEAR[1], date(2024, 2, 1)), (date(2023, 5, 1), date(2023, 5, 1))])
def test_periods_of_one_measure_and_bureau_do_not_overlap(cast, state, first, last):
    (confirmed if state == "confirmed" else entered)(cast)
    with pytest.raises(InvalidInput, match="期间不能重叠"):
        entered(cast, period_from=first, period_to=last)
    assert HistoricalTotal.objects.count() == 1


def test_other_measures_bureaus_and_days_are_free(cast):
    entered(cast)
    entered(cast, measure=Measure.SITES)
    entered(cast, by=cast.neighbour, code=NEIGHBOUR)
    entered(cast, period_from=YEAR[1] + timedelta(days=1), period_to=date(2024, 3, 1))
    assert HistoricalTotal.objects.count() == 4


def test_what_was_returned_or_voided_holds_its_period_no_more(cast):
    returned(cast)
    void_total(total=confirmed(cast), reason="数字有误", by=cast.leader, at=AT)
    assert entered(cast).state == TotalState.PENDING


def test_a_returned_total_is_corrected_and_goes_to_another_person_again(cast):
    total = returned(cast)
    again = resubmit_total(total=total, facts={"value": 7365}, by=cast.second_officer, at=AT)
    assert (again.state, again.value, again.entered_by_id) == (TotalState.PENDING, 7365, cast.second_officer.user_id)
    assert (again.decided_by_id, again.decision_remark) == (None, "")
    assert events() == ["total.entered", "total.returned", "total.corrected"]


def test_a_corrected_total_may_not_overlap_either(cast):
    total = returned(cast)
    entered(cast)
    with pytest.raises(InvalidInput, match="期间不能重叠"):
        resubmit_total(total=total, facts={}, by=cast.officer, at=AT)
    total.refresh_from_db()
    assert total.state == TotalState.RETURNED


@pytest.mark.parametrize(("step", "field"), [(return_total, "remark"), (withdraw_total, "reason")])
def test_a_refusal_needs_its_reason(cast, step, field):
    by = cast.leader if step is return_total else cast.officer
    with pytest.raises(InvalidInput, match="理由"):
        step(total=entered(cast), **{field: " "}, by=by, at=AT)
    assert events() == ["total.entered"]


STEPS = {
    workflow.CONFIRM_TOTAL: lambda cast, total: confirm_total(total=total, by=cast.leader, at=AT),
    workflow.RETURN_TOTAL: lambda cast, total: return_total(total=total, remark="不对", by=cast.leader, at=AT),
    workflow.RESUBMIT_TOTAL: lambda cast, total: resubmit_total(total=total, facts={}, by=cast.officer, at=AT),
    workflow.WITHDRAW_TOTAL: lambda cast, total: withdraw_total(total=total, reason="误报", by=cast.officer, at=AT),
    workflow.VOID_TOTAL: lambda cast, total: void_total(total=total, reason="误报", by=cast.leader, at=AT),
}
MAKE = {
    TotalState.PENDING: entered,
    TotalState.CONFIRMED: confirmed,
    TotalState.RETURNED: returned,
    TotalState.VOIDED: lambda cast: void_total(total=confirmed(cast), reason="误", by=cast.leader, at=AT),
}


@pytest.mark.parametrize("state", TotalState.values)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_each_step_from_each_state(cast, state, step):
    total = MAKE[TotalState(state)](cast)
    before = events()
    if step.starts_from(state):
        assert STEPS[step](cast, total).state == step.target
        assert len(events()) == len(before) + 1
    else:
        with pytest.raises(IllegalTransition):
            STEPS[step](cast, total)
        total.refresh_from_db()
        assert (total.state, events()) == (state, before)


def test_the_workflow_is_all_of_it():
    assert set(workflow.TOTAL.transitions) == set(STEPS)


def test_records_and_totals_stand_apart(cast):
    confirmed(cast)
    entered(cast, measure=Measure.SITES)
    confirmed(cast, period_from=date(2022, 7, 1), period_to=date(2022, 12, 31), value=100)
    row = institution(cast.officer)
    filed(officers_report(row, cast.officer, cast.leader), cast.officer)
    filed(officers_report(row, cast.officer, cast.leader, slot="morning"), cast.officer)
    asked = {"first": date(2022, 10, 1), "last": AT.date()}
    assert reported(cast.officer, Measure.VISITS, **asked) == Reported(
        measure=Measure.VISITS, recorded=Figure(2, records=2), total=7364, total_at_least=False, totals=1, partly=1
    )
    assert reported(cast.officer, Measure.SITES, **asked) == Reported(
        measure=Measure.SITES, recorded=Figure(1, records=2), total=0, total_at_least=False, totals=0, partly=0
    )
    assert reported(cast.officer, Measure.PERSON_TIMES, **asked).recorded == Figure(4, records=4)
    assert reported(cast.officer, Measure.NOTICES, **asked).recorded is None
    assert reported(cast.neighbour, Measure.VISITS, **asked).total == 0
    assert reported(cast.city, Measure.VISITS, **asked).total == 7364


def test_a_sum_with_a_lower_bound_in_it_is_one(cast):
    confirmed(cast, measure=Measure.DISPERSED, value=220, at_least=True)
    confirmed(cast, measure=Measure.DISPERSED, value=5, period_from=date(2022, 1, 1), period_to=date(2022, 12, 31))
    found = reported(cast.officer, Measure.DISPERSED, first=date(2022, 1, 1), last=YEAR[1])
    assert (found.total, found.total_at_least, found.totals) == (225, True, 2)


def test_who_confirms_is_told_of_records_of_the_same_days_and_that_is_kept(cast):
    row = institution(cast.officer)
    filed(officers_report(row, cast.officer, cast.leader, visited_on=date(2023, 5, 5)), cast.officer)
    total = entered(cast)
    assert records_in_period(total) == Figure(1, records=1)
    assert confirm_total(total=total, by=cast.leader, at=AT).records_then == 1


def test_a_measure_is_counted_by_one_app_only():
    with pytest.raises(RuntimeError, match="counted twice"):
        counts(Measure.VISITS)(lambda jurisdictions, first, last: Figure(0))


def inbox(actor) -> list[str]:
    outbox.deliver_all(at=clock.now())
    kinds = Message.objects.filter(recipient=actor.user_id, kind__startswith="inspections.total")
    return list(kinds.order_by("pk").values_list("kind", flat=True))


def test_who_decides_is_told_and_who_entered_hears_the_decision(cast):
    total = entered(cast)
    assert inbox(cast.leader) == ["inspections.total_to_decide"]
    assert [inbox(actor) for actor in (cast.officer, cast.city, cast.neighbour)] == [[], [], []]
    confirm_total(total=total, by=cast.leader, at=AT)
    assert inbox(cast.officer) == ["inspections.total_confirmed"]
    void_total(total=total, reason="数字有误", by=cast.leader, at=AT)
    assert inbox(cast.officer) == ["inspections.total_confirmed", "inspections.total_voided"]


VISIBLE = {"officer", "leader", "second_officer", "legal", "city", "province", "discipline"}


def test_the_whole_cast_sees_its_own_area(cast):
    entered(cast)
    seen = {name for name, actor in cast.everyone().items() if HistoricalTotal.objects.visible_to(actor).exists()}
    assert seen >= VISIBLE
    assert seen & {"neighbour", "other_city", "finance", "bank", "public"} == set()
    assert [waiting_for(actor).count() for actor in (cast.leader, cast.officer, cast.neighbour)] == [1, 0, 0]
