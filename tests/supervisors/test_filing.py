"""A supervisor's visit needs an appointment in force, the quizzes and no interest, through whichever door it comes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import NotAllowed
from inspections import conditions
from inspections.models import InterestDeclaration, Visit
from inspections.operations.tagging import file_tagged_visit
from inspections.operations.visits import file_visit
from inspections.rules.visits import can_file_at_desk
from supervisors.models import Supervisor
from supervisors.operations.terms import dismiss
from supervisors.operations.training import make_quiz, take_quiz
from tests.inspections.factories import AT, DAY, first_version, supervisors_report
from tests.institutions.factories import institution, unlicensed
from tests.phone.sending import START, draft, logged_in, refused, send
from tests.supervisors.factories import acting_as, at_ten, in_office_from

pytestmark = pytest.mark.django_db
DAY_BEFORE, DAY_AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
#: What an appointment may lack: facts of the row, and the words of the refusal.
LACKING = {
    "expired": {"term_until_on": DAY_BEFORE},
    "not begun": {"term_from_on": DAY_AFTER},
    "let expire": {"state": "expired", "last_day_on": DAY_BEFORE},
    "dismissed": {"state": "dismissed", "last_day_on": DAY_BEFORE, "end_reason": "违反纪律"},
    "resigned": {"state": "resigned", "last_day_on": DAY, "end_reason": "迁居"},
    "of nobody": None,
}


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


@pytest.fixture
def place(cast):
    return institution(cast.officer)


def lacks(facts: dict[str, object] | None) -> None:
    """Every appointment becomes one that lacks this, or there is none."""
    if facts is None:
        Supervisor.objects.all().delete()
    else:
        Supervisor.objects.update(**facts)


def nothing_filed() -> None:
    assert (Visit.objects.count(), Event.objects.filter(kind="visit.filed").count()) == (0, 0)


@pytest.mark.parametrize("facts", LACKING.values(), ids=LACKING)
@pytest.mark.parametrize("site", [institution, unlicensed])
def test_without_an_appointment_in_force_no_operation_files(cast, facts, site):
    report = supervisors_report(site(cast.officer), cast.supervisor)
    lacks(facts)
    for file in (file_visit, lambda **given: file_tagged_visit(campaigns=[], **given)):
        with pytest.raises(NotAllowed, match="没有有效的监督员聘任"):
            file(report=report, by=cast.supervisor, at=AT)
    nothing_filed()


@pytest.mark.parametrize("facts", LACKING.values(), ids=LACKING)
def test_without_an_appointment_in_force_the_phone_files_nothing_and_says_so_before(cast, place, facts):
    report = draft(cast.supervisor, place)
    lacks(facts)
    phone = logged_in(cast.supervisor)
    assert "没有有效的监督员聘任" in phone.get(START).json()["not_yet"]
    refused(send(phone, report), 403, "not_allowed", "没有有效的监督员聘任")


def test_the_appointment_covers_the_day_of_the_visit_and_today(cast, place):
    """A visit of yesterday by whoever began today, and one of a term's last day filed when it is over."""
    for facts, words in (({"term_from_on": DAY}, "检查那天"), ({"term_until_on": DAY_BEFORE}, "没有有效")):
        report = supervisors_report(place, cast.supervisor, visited_on=DAY_BEFORE)
        Supervisor.objects.update(term_from_on=date(2026, 1, 1), term_until_on=date(2027, 1, 1))
        lacks(facts)
        with pytest.raises(NotAllowed, match=words):
            file_visit(report=report, by=cast.supervisor, at=AT)
    nothing_filed()


def test_whoever_was_appointed_again_files_what_the_earlier_term_left(cast, place):
    """The last visit of one term, entered in the first days of the next; nothing of the days between two terms."""
    user = User.objects.get(pk=cast.supervisor.user_id)
    earlier = in_office_from(cast, date(2026, 3, 2))
    ended = {"state": "expired", "term_until_on": DAY_BEFORE - timedelta(days=1), "user": user}
    report = supervisors_report(place, cast.supervisor, visited_on=DAY_BEFORE - timedelta(days=1))
    lacks({"term_from_on": DAY})
    Supervisor.objects.filter(pk=earlier.pk).update(
        **ended, term_from_on=date(2026, 3, 2), last_day_on=ended["term_until_on"]
    )
    assert file_visit(report=report, by=cast.supervisor, at=AT).filed_by_id == user.pk
    between = supervisors_report(place, cast.supervisor, visited_on=DAY_BEFORE)
    with pytest.raises(NotAllowed, match="检查那天"):
        file_visit(report=between, by=cast.supervisor, at=AT)


def test_nobody_files_on_anothers_appointment(cast, place):
    in_office_from(cast, date(2026, 10, 1))
    report = supervisors_report(place, cast.supervisor)
    Supervisor.objects.filter(user=cast.supervisor.user_id).delete()
    with pytest.raises(NotAllowed):
        file_visit(report=report, by=cast.supervisor, at=AT)


def test_whoever_was_dismissed_files_nothing_from_then_on(cast, place):
    """Through the operations: the draft lay on the phone, the appointment ended."""
    supervisor = in_office_from(cast, date(2026, 10, 1))
    actor = acting_as(supervisor)
    report = supervisors_report(place, actor)
    dismiss(supervisor=supervisor, reason="违反纪律", by=cast.city, at=at_ten(DAY))
    with pytest.raises(NotAllowed, match="没有有效的监督员聘任"):
        file_visit(report=report, by=actor, at=AT)


def test_the_quiz_comes_before_the_visit(cast, place):
    supervisor = in_office_from(cast, date(2026, 10, 1))
    actor = acting_as(supervisor)
    questions = [("能否罚款？", ["能", "不能"], 2)]
    quiz = make_quiz(checklist=first_version(), title="上岗测试", questions=questions, by=cast.city, at=AT)
    report = supervisors_report(place, actor)
    with pytest.raises(NotAllowed, match="先通过上岗测试"):
        file_visit(report=report, by=actor, at=AT)
    nothing_filed()
    take_quiz(quiz=quiz, supervisor=supervisor, chosen=[2], by=actor, at=AT)
    assert file_visit(report=report, by=actor, at=AT).filed_by_id == supervisor.user_id


def test_no_visit_where_an_interest_is_declared(cast, place):
    report = supervisors_report(place, cast.supervisor)
    user = Supervisor.objects.get().user
    InterestDeclaration.objects.create(
        person=user, institution=place, reason="子女就读", since=DAY, until=DAY, declared_by=user, declared_at=AT
    )
    with pytest.raises(NotAllowed, match="应当回避"):
        file_visit(report=report, by=cast.supervisor, at=AT)
    nothing_filed()


def test_no_other_post_files_a_supervisors_visit_at_the_desk(cast, place):
    assert not can_file_at_desk(cast.supervisor, place)


def test_a_kind_by_appointment_that_nobody_answers_for_is_refused(cast, place, monkeypatch):
    report = supervisors_report(place, cast.supervisor)
    monkeypatch.setattr(conditions, "_conditions", {})
    with pytest.raises(NotAllowed):
        file_visit(report=report, by=cast.supervisor, at=AT)
