"""A figure of the rules is one person's word until another agrees; the past keeps its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from alerts import events, queries
from alerts.models import Threshold
from alerts.operations.thresholds import approve_threshold, propose_threshold, refuse_threshold
from contracts.enums import ProposalState
from foundation.audit.models import Event
from foundation.core.actor import Actor
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
DAY = AT.date()
LATER = DAY + timedelta(days=1)


def proposed(by: Actor, *, value: int = 7, on: date = LATER, source: str = "本县通知") -> Threshold:
    return propose_threshold(code="idle_days", value=value, effective_from=on, source=source, by=by, at=AT)


def figure(cast, on: date) -> int:
    return queries.thresholds_of(institution(cast.officer).jurisdiction_id, on=on)["idle_days"]


def test_it_holds_from_its_day_on_and_below_once_another_agreed(cast):
    row = proposed(cast.officer)
    assert figure(cast, LATER) == 14
    assert list(queries.thresholds_waiting(cast.leader)) == [row]
    approve_threshold(threshold=row, by=cast.leader, at=AT)
    assert (figure(cast, DAY), figure(cast, LATER)) == (14, 7)
    assert list(queries.thresholds_waiting(cast.leader)) == []
    told = Event.objects.filter(subject_type="alerts.threshold", subject_id=str(row.pk)).order_by("pk")
    assert [event.label for event in told] == [events.THRESHOLD_PROPOSED.label, events.THRESHOLD_SET.label]


def test_the_proposer_and_who_has_no_right_do_not_decide(cast):
    own = proposed(cast.leader)
    for who in (cast.leader, cast.officer, cast.neighbour, cast.discipline, cast.province):
        with pytest.raises(NotAllowed):
            approve_threshold(threshold=own, by=who, at=AT)
    assert list(queries.thresholds_waiting(cast.leader)) == []
    of_city = proposed(cast.city)
    with pytest.raises(NotAllowed):
        approve_threshold(threshold=of_city, by=cast.leader, at=AT)
    approve_threshold(threshold=own, by=cast.city, at=AT)
    assert figure(cast, LATER) == 7


def test_the_database_wants_two(cast):
    row = proposed(cast.leader)
    facts = {"state": ProposalState.APPROVED, "decided_by": cast.leader.user_id}
    with pytest.raises(IntegrityError, match="threshold_by_another"), transaction.atomic():
        Threshold.objects.filter(pk=row.pk).update(**facts)
    with pytest.raises(IntegrityError, match="threshold_decided_by_somebody"), transaction.atomic():
        Threshold.objects.filter(pk=row.pk).update(state=ProposalState.APPROVED)


def test_what_is_refused_or_too_late_changes_nothing(cast):
    row = proposed(cast.officer)
    with pytest.raises(InvalidInput, match="请写明不批准的理由"):
        refuse_threshold(threshold=row, remark=" ", by=cast.leader, at=AT)
    refuse_threshold(threshold=row, remark="没有依据", by=cast.leader, at=AT)
    with pytest.raises(IllegalTransition):
        approve_threshold(threshold=row, by=cast.leader, at=AT)
    old = proposed(cast.officer)
    with pytest.raises(Conflict, match="施行日"):
        approve_threshold(threshold=old, by=cast.leader, at=AT + timedelta(days=9))
    for wrong in ({"on": DAY - timedelta(days=1)}, {"source": ""}):
        with pytest.raises(InvalidInput):
            proposed(cast.officer, **wrong)
    assert figure(cast, LATER) == 14


def test_a_day_has_one_figure(cast):
    approve_threshold(threshold=proposed(cast.officer), by=cast.leader, at=AT)
    with pytest.raises(InvalidInput, match="这一天已设定"):
        approve_threshold(threshold=proposed(cast.officer, value=9), by=cast.leader, at=AT)
