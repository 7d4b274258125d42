"""利益关系: who declares it, how long it keeps away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from inspections.operations.interests import declare_interest, end_interest
from inspections.queries import pools
from tests.inspections.drawing import (
    FROZEN_AT,
    inspectors,
    planned,
)
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
DAY = FROZEN_AT.date()


def declared(person: User, row, by, **given):
    return declare_interest(person=person, institution=row, reason="亲属任职", since=DAY, by=by, at=FROZEN_AT, **given)


def test_an_interest_is_declared_by_oneself_or_by_who_manages_people(cast):
    row = institution(cast.officer, at=FROZEN_AT)
    culture, supervisor = (User.objects.get(pk=actor.user_id) for actor in (cast.culture, cast.supervisor))
    assert declared(culture, row, cast.culture).declared_by_id == cast.culture.user_id
    assert declared(supervisor, row, cast.supervisor).person == supervisor
    leader = User.objects.get(pk=cast.leader.user_id)
    assert declared(leader, row, cast.officer).declared_by_id == cast.officer.user_id
    for by in (cast.culture, cast.legal, cast.neighbour, cast.leader):
        with pytest.raises(NotAllowed):
            declared(User.objects.get(pk=cast.second_officer.user_id), row, by)
    with pytest.raises(InvalidInput, match="已申报"), transaction.atomic():
        declared(culture, row, cast.culture)


def test_an_interest_ends_with_its_day_and_then_no_longer_keeps_away(cast):
    row = institution(cast.officer, at=FROZEN_AT)
    officers = inspectors(2)
    interest = declared(officers[0].user, row, cast.officer)
    with pytest.raises(NotAllowed):
        end_interest(interest=interest, by=cast.neighbour, at=FROZEN_AT)
    end_interest(interest=interest, by=cast.officer, at=FROZEN_AT)
    with pytest.raises(Conflict):
        end_interest(interest=interest, by=cast.officer, at=FROZEN_AT)
    draw = planned(cast, officers=officers)
    assert row.credit_code in pools.pool_of(draw, on=DAY).lines[1]
    assert row.credit_code not in pools.pool_of(draw, on=DAY + timedelta(days=1)).lines[1]
    about = Event.objects.filter(subject_type="inspections.interestdeclaration").order_by("pk")
    assert list(about.values_list("kind", flat=True)) == ["interest.declared", "interest.ended"]


@pytest.mark.parametrize(("reason", "until"), [(" ", None), ("亲属", DAY - timedelta(days=1))])
def test_an_interest_has_a_reason_and_a_period(cast, reason, until):
    row = institution(cast.officer, at=FROZEN_AT)
    me = User.objects.get(pk=cast.officer.user_id)
    with pytest.raises(InvalidInput), transaction.atomic():
        declare_interest(
            person=me, institution=row, reason=reason, since=DAY, until=until, by=cast.officer, at=FROZEN_AT
        )
