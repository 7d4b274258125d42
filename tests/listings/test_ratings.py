"""From records to the grade on the public page: run, every state and step, four eyes, replay, two years of A."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.actor import job
from foundation.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from inspections.operations.visits import void_visit
from institutions.models import Institution
from listings import rating as queries
from listings import workflow
from listings.enums import ListKind, RatingState
from listings.models import ListEntry, Rating, RatingRun, Rubric, RubricItem
from listings.operations.disputes import answer_dispute, propose_grade, take_in_dispute
from listings.operations.entries import approve_listing
from listings.operations.ratings import (
    confirm_rating,
    make_rubric,
    object_to_rating,
    publish_rating,
    rate_institution,
    start_run,
)
from tests.cast import NEIGHBOUR, OWN
from tests.enforcement.factories import inspected
from tests.institutions.factories import AT, institution
from tests.listings.factories import proposed, seen_clean

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)
OVER = AT + timedelta(days=10)  # after five working days from LATER


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def run_of(cast, year=2026, by=None) -> RatingRun:
    place = institution(cast.officer).jurisdiction
    assert place.code == OWN
    return start_run(jurisdiction=place, year=year, by=by or cast.officer, at=AT)


def rated(cast, row=None, *, year=2026) -> Rating:
    row = row or institution(cast.officer)
    return rate_institution(institution=row, run=run_of(cast, year), by=cast.officer, at=AT)


def shown(cast, row=None, *, year=2026) -> Rating:
    """The grade as proposed, until Wednesday the 11th."""
    found = confirm_rating(rating=rated(cast, row, year=year), by=cast.second_officer, at=LATER)
    return propose_grade(rating=found, by=cast.leader, at=LATER)


def published(cast, row=None, *, year=2026) -> Rating:
    return publish_rating(rating=shown(cast, row, year=year), by=cast.leader, at=OVER)


def in_state(cast, state) -> Rating:
    if state in (RatingState.PUBLISHED, RatingState.NOTICE):
        return published(cast) if state == RatingState.PUBLISHED else shown(cast)
    found = rated(cast)
    if state == RatingState.OBJECTED:
        return object_to_rating(rating=found, reason="记录有误", by=cast.leader, at=LATER)
    if state == RatingState.REVIEWED:
        return confirm_rating(rating=found, by=cast.leader, at=LATER)
    if state == RatingState.SUPERSEDED:
        rate_institution(institution=found.institution, run=found.run, by=cast.officer, at=LATER)
    return Rating.objects.get(pk=found.pk)


STEPS = {
    "confirm": lambda cast, row: confirm_rating(rating=row, by=cast.leader, at=LATER),
    "object": lambda cast, row: object_to_rating(rating=row, reason="有误", by=cast.leader, at=LATER),
    "propose_grade": lambda cast, row: propose_grade(rating=row, by=cast.leader, at=LATER),
    "uphold": lambda cast, row: upheld(cast, row),
    "publish": lambda cast, row: publish_rating(rating=row, by=cast.leader, at=OVER),
}


def upheld(cast, row) -> Rating:
    said = {"text": "检查记录不是本机构的", "given_by": "陈校长", "received_on": LATER.date()}
    objection = take_in_dispute(rating=row, **said, by=cast.second_officer, at=LATER)
    return answer_dispute(objection=objection, accepted=True, answer="属实", by=cast.leader, at=LATER)


@pytest.mark.parametrize("state", RatingState.values)
def test_every_state_and_step(cast, state):
    assert {step.name for step in workflow.RATING.transitions} == {*STEPS, "supersede"}
    row = in_state(cast, state)
    before = (Rating.objects.filter(pk=row.pk).values().get(), Event.objects.count())
    for step in workflow.RATING.transitions[:-1]:
        with transaction.atomic():
            if step.starts_from(state):
                assert STEPS[step.name](cast, row).state == step.target
            else:
                with pytest.raises(DomainError), transaction.atomic():
                    STEPS[step.name](cast, row)
                assert (Rating.objects.filter(pk=row.pk).values().get(), Event.objects.count()) == before
            transaction.set_rollback(True)


def test_a_run_reckons_the_area_once_for_each_and_goes_on_where_it_stopped(cast):
    rows = [institution(cast.officer) for _ in range(2)]
    elsewhere = institution(cast.neighbour, county=NEIGHBOUR)
    run = run_of(cast)
    for _ in range(2):
        outbox.deliver_all(at=AT)
    outbox.put("listings.rate", at=AT, run_id=run.pk)
    outbox.deliver_all(at=AT)
    assert set(run.ratings.values_list("institution", flat=True)) >= {row.pk for row in rows}
    assert run.ratings.count() == Institution.objects.filter(jurisdiction=run.jurisdiction).count()
    assert not Rating.objects.filter(institution=elsewhere).exists()


def test_points_come_from_formal_records_of_the_year(cast):
    """One critical and one major finding, one clean visit: 90 - 8 - 3 + 2 = 81, B; last year's do not count."""
    row = institution(cast.officer)
    inspected(cast, row)
    seen_clean(cast, row)
    inspected(cast, row, at=AT - timedelta(days=400))
    found = rated(cast, row)
    assert (found.score, found.grade) == (81, "B")
    assert sorted((code, value) for code, _, value in found.points) == [("J2", -3), ("J3", -8), ("J4", 2)]
    assert queries.sum_of(found) == "90 − 3（J2） − 8（J3） + 2（J4） = 81分；B级。"


def test_a_rating_is_reckoned_again_from_its_own_records(cast):
    row = institution(cast.officer)
    visit = inspected(cast, row)
    found = rated(cast, row)
    assert queries.reckoned_again(found)[1]
    void_visit(visit=visit, reason="查错机构", by=cast.leader, at=LATER)
    assert queries.reckoned_again(found)[1]  # what it rested on is kept as it was ...
    assert {why for _, why in queries.voided_since(found)} == {"查错机构"}  # ... and the change shows
    again = rate_institution(institution=row, run=found.run, by=cast.officer, at=LATER)
    assert (again.score, Rating.objects.get(pk=found.pk).state) == (90, RatingState.SUPERSEDED)
    Rating.objects.filter(pk=again.pk).update(score=95)
    assert not queries.reckoned_again(Rating.objects.get(pk=again.pk))[1]


def test_whoever_had_it_reckoned_neither_reviews_nor_publishes(cast):
    found = rate_institution(institution=institution(cast.officer), run=run_of(cast, by=cast.city), by=cast.city, at=AT)
    for act in (
        lambda: confirm_rating(rating=found, by=cast.city, at=AT),
        lambda: propose_grade(rating=found, by=cast.city, at=AT),
        lambda: publish_rating(rating=found, by=cast.city, at=AT),
    ):
        with pytest.raises(NotAllowed, match="发起计算的人不能"):
            act()
    by_job = rate_institution(
        institution=institution(cast.officer),
        run=found.run,
        by=job("计算", *cast.officer.capabilities, scope=cast.officer.scope),
        at=AT,
    )
    with pytest.raises(NotAllowed):  # the job reckoned, but at the city's asking
        confirm_rating(rating=by_job, by=cast.city, at=AT)


def test_publishing_gives_the_grade_that_draws_and_the_public_page_read(cast, client):
    row = institution(cast.officer)
    inspected(cast, row)
    found = published(cast, row)
    row.refresh_from_db()
    assert row.grade == found.grade == "B"
    with clock.set_to(OVER + timedelta(seconds=2)):
        page = client.get(f"/institutions/{row.public_id}/").content.decode()
    assert 'chip-primary">B级' in page
    assert "2026年度诚信评价79分" in page


def test_a_rubric_never_changes(cast):
    for model in (Rubric, RubricItem):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            model.objects.update(id=999)
    items = [
        {
            "code": "A1",
            "aspect": "penalty",
            "name": "逾期",
            "source": "order",
            "weight": "late",
            "points": -4,
            "most": 0,
            "veto": False,
        }
    ]
    facts = {"name": "区标准", "basis": "区办法", "base": 90, "a_from": 90, "b_from": 75, "c_from": 60}
    place = institution(cast.officer).jurisdiction
    own = [make_rubric(jurisdiction=place, facts=facts, items=items, by=cast.leader, at=AT).version for _ in range(2)]
    assert own == [1, 2]
    assert queries.rubric_for(place).version == 2
    with pytest.raises(InvalidInput, match="A1"):
        make_rubric(jurisdiction=place, facts=facts, items=[{**items[0], "source": "tips"}], by=cast.leader, at=AT)
    with pytest.raises(NotAllowed):
        make_rubric(jurisdiction=None, facts=facts, items=items, by=cast.leader, at=AT)


def test_two_years_of_a_are_shown_and_nothing_happens_by_itself(cast):
    row, once = institution(cast.officer), institution(cast.officer)
    for year in (2025, 2026):
        published(cast, row, year=year)
    published(cast, once)
    assert [found.institution_id for found in queries.red_candidates(cast.officer)] == [row.pk]
    assert ListEntry.objects.count() == 0
    with pytest.raises(Conflict, match="连续2年A级"):
        from_red(cast, once)
    assert from_red(cast, row).state == "approved"
    assert not queries.red_candidates(cast.officer).exists()


def from_red(cast, row):
    return approve_listing(entry=proposed(cast, row, kind=ListKind.RED), by=cast.leader, at=OVER)
