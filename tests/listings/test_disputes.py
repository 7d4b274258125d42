"""A proposed grade: shown for five working days, disputed by the institution, answered by another, then final."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from foundation.deadlines.enums import Limit
from foundation.deadlines.models import Deadline, LimitRule
from listings import rating as queries
from listings import tasks
from listings.enums import RatingState
from listings.models import Rating, RatingObjection
from listings.operations.disputes import answer_dispute, propose_grade, take_in_dispute
from listings.operations.ratings import confirm_rating, publish_rating, rate_institution
from tests.institutions.factories import AT, institution
from tests.listings.test_ratings import LATER, OVER, rated, shown, upheld
from tests.publicity.factories import nobody_asked

pytestmark = pytest.mark.django_db
SHOWN_ON = LATER.date()  # Wednesday the 4th: five working days end on Wednesday the 11th
SAID = {"text": "检查记录不是本机构的", "given_by": "陈校长", "received_on": SHOWN_ON}


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(LATER):
        yield


def disputed(cast, row: Rating | None = None, **given) -> RatingObjection:
    by, at = given.pop("by", cast.officer), given.pop("at", LATER)
    return take_in_dispute(rating=row or shown(cast), **{**SAID, **given}, by=by, at=at)


def deadline(row: Rating) -> Deadline:
    return Deadline.objects.get(code=Limit.RATING_OBJECTION, subject_id=row.pk)


def night(at) -> None:
    with clock.set_to(at):
        tasks.close_lapsed(None)


def test_the_grade_is_final_only_after_its_days(cast):
    row = shown(cast)
    last = AT + timedelta(days=9)
    assert (str(row.notice_until), deadline(row).state) == ("2026-11-11", "running")
    with pytest.raises(Conflict, match="公示至2026-11-11"):
        publish_rating(rating=row, by=cast.leader, at=last)
    night(last)
    row.institution.refresh_from_db()
    assert row.institution.grade == ""
    night(OVER)
    row = Rating.objects.select_related("institution").get(pk=row.pk)
    assert (row.state, row.institution.grade, row.published_by_id) == ("published", row.grade, cast.leader.user_id)
    assert deadline(row).state == "met"


def test_the_days_are_the_bureaus_own(cast):
    LimitRule.objects.filter(code=Limit.RATING_OBJECTION).update(amount=10)
    assert str(shown(cast).notice_until) == "2026-11-18"


def test_an_objection_holds_the_grade_until_another_person_answers(cast):
    said = disputed(cast)
    night(OVER)
    with pytest.raises(Conflict, match="还没有答复"):
        publish_rating(rating=said.rating, by=cast.leader, at=OVER)
    for who in (cast.officer, cast.neighbour, cast.legal, cast.public):
        with pytest.raises(NotAllowed):
            answer_dispute(objection=said, accepted=False, answer="记录属实", by=who, at=OVER)
    kept = answer_dispute(objection=said, accepted=False, answer="记录属实", by=cast.second_officer, at=OVER)
    assert kept.state == RatingState.NOTICE
    night(OVER)
    assert Rating.objects.get(pk=said.rating_id).state == RatingState.PUBLISHED


def test_who_had_it_reckoned_answers_nothing(cast):
    by_city = rated(cast)
    Rating.objects.filter(pk=by_city.pk).update(computed_by=cast.second_officer.user_id)
    found = confirm_rating(rating=by_city, by=cast.leader, at=LATER)
    said = disputed(cast, propose_grade(rating=found, by=cast.leader, at=LATER))
    with pytest.raises(NotAllowed):
        answer_dispute(objection=said, accepted=False, answer="x", by=cast.second_officer, at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        RatingObjection.objects.filter(pk=said.pk).update(
            accepted=False, answer="x", answered_on=SHOWN_ON, answered_by=cast.officer.user_id
        )


def test_what_is_given_in_to_goes_back_and_is_shown_anew(cast):
    row = shown(cast)
    back = upheld(cast, row)
    assert (back.state, back.remark) == (RatingState.OBJECTED, "采纳机构异议：属实")
    assert deadline(row).state == "cancelled"
    night(OVER)
    assert Rating.objects.get(pk=row.pk).state == RatingState.OBJECTED
    again = rate_institution(institution=row.institution, run=row.run, by=cast.officer, at=OVER)
    confirmed = confirm_rating(rating=again, by=cast.leader, at=OVER)
    assert propose_grade(rating=confirmed, by=cast.leader, at=OVER).notice_until > OVER.date()


def test_a_grade_reckoned_anew_while_it_is_shown_stops_its_days(cast):
    row = shown(cast)
    rate_institution(institution=row.institution, run=row.run, by=cast.officer, at=LATER)
    assert (Rating.objects.get(pk=row.pk).state, deadline(row).state) == (RatingState.SUPERSEDED, "cancelled")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"text": " "}, InvalidInput),
        ({"given_by": ""}, InvalidInput),
        ({"received_on": SHOWN_ON - timedelta(days=1)}, InvalidInput),
        ({"received_on": SHOWN_ON + timedelta(days=1)}, InvalidInput),
        ({"received_on": SHOWN_ON + timedelta(days=8), "at": OVER}, InvalidInput),
    ],
)
def test_what_is_missing_or_comes_too_late(cast, given, refusal):
    row = shown(cast)
    before = Event.objects.count()
    with pytest.raises(refusal):
        disputed(cast, row, **given)
    assert (RatingObjection.objects.count(), Event.objects.count()) == (0, before)


def test_one_waits_at_a_time_and_only_while_the_grade_is_shown(cast):
    said = disputed(cast)
    with pytest.raises(DomainError), transaction.atomic():
        disputed(cast, said.rating)
    for who in (cast.leader, cast.neighbour, cast.supervisor):
        with pytest.raises(NotAllowed):
            disputed(cast, said.rating, by=who)
    answer_dispute(objection=said, accepted=True, answer="属实", by=cast.leader, at=LATER)
    with pytest.raises(Conflict):
        disputed(cast, said.rating)
    with pytest.raises(Conflict):
        answer_dispute(objection=said, accepted=False, answer="x", by=cast.leader, at=LATER)


def test_the_tiles_rows_and_the_public_page(cast, client):
    said = disputed(cast)
    waiting = [list(queries.waiting_for_answer(who)) for who in (cast.officer, cast.second_officer, cast.leader)]
    assert waiting == [[], [said.rating], [said.rating]]
    name = said.rating.institution.name

    def page(at) -> str:
        nobody_asked()
        with clock.set_to(at):
            return client.get("/annual-checks/").content.decode()

    assert all(word in page(LATER) for word in (name, said.rating.get_grade_display(), "2026-11-11"))
    assert name not in page(OVER)
    assert SAID["text"] not in page(LATER)


def test_from_the_proposal_to_the_answer_by_pages(cast, enter):
    row = confirm_rating(rating=rated(cast, institution(cast.officer)), by=cast.second_officer, at=LATER)
    page = f"/admin/listings/rating/{row.pk}/"
    assert enter(cast.leader).post(f"{page}propose-grade/", {}).status_code == 302
    assert enter(cast.leader).get(f"{page}dispute/").status_code == 403
    given = {**SAID, "received_on": SHOWN_ON.isoformat()}
    assert enter(cast.officer).post(f"{page}dispute/", given).status_code == 302
    assert enter(cast.officer).get(f"{page}answer-dispute/").status_code == 403
    client = enter(cast.second_officer)
    assert SAID["text"] in client.get(f"{page}answer-dispute/").content.decode()
    assert client.post(f"{page}answer-dispute/", {"accepted": "no", "answer": "记录属实"}).status_code == 302
    assert all(word in client.get(page).content.decode() for word in ("机构异议", "不采纳：记录属实", "公示至"))
