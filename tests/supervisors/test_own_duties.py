"""Training, quiz, library, feedback, publicity and proposals: own things only, each answered and told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clues.models import Clue
from foundation.core import clock
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from foundation.regions.models import Division
from inspections.models import InterestDeclaration
from supervisors import queries, rules
from supervisors.enums import FeedbackKind, Outlet
from supervisors.models import Feedback, LibraryItem, Proposal, PublicityActivity, QuizResult, Supervisor
from supervisors.operations.duty import (
    answer_feedback,
    convert_feedback,
    decide_proposal,
    file_feedback,
    propose,
    record_activity,
)
from supervisors.operations.library import mark_read, publish_library_item
from supervisors.operations.terms import dismiss
from supervisors.operations.training import hold_training, make_quiz, note_attendance, take_quiz
from tests.cast import NEIGHBOUR, OWN, TOWN
from tests.inspections.factories import first_version
from tests.institutions.factories import institution
from tests.supervisors.factories import acting_as, at_ten, deliver, in_office_from
from tests.supervisors.test_recruiting import refused

pytestmark = pytest.mark.django_db
FIRST = date(2026, 4, 1)
NOW = at_ten(date(2026, 4, 10))
QUESTIONS = [("能否罚款？", ["能", "不能"], 2), ("看不到的怎么填？", ["是", "无法查看"], 2)]


@pytest.fixture
def supervisor(cast) -> Supervisor:
    return in_office_from(cast, FIRST)


def told(actor) -> list[str]:
    with clock.set_to(NOW):
        deliver(NOW + timedelta(minutes=1))
    rows = Message.objects.filter(recipient=actor.user_id, kind__startswith="supervisors.")
    return list(rows.order_by("pk").values_list("kind", flat=True))


def made(cast, **given):
    facts = {"checklist": first_version(), "title": "上岗测试", "questions": QUESTIONS, **given}
    return make_quiz(by=cast.city, at=NOW, **facts)


# -- training and quiz -----------------------------------------------------------------------------------------------
def test_without_a_quiz_a_supervisor_in_office_may_file_and_with_one_only_after_passing(cast, supervisor):
    actor, on = acting_as(supervisor), NOW.date()
    assert rules.may_file(actor, on)
    quiz = made(cast)
    assert not rules.may_file(actor, on)
    failed = take_quiz(quiz=quiz, supervisor=supervisor, chosen=[2, 1], by=actor, at=NOW)
    assert (failed.passed, failed.right, rules.may_file(actor, on)) == (False, 1, False)
    good = take_quiz(quiz=quiz, supervisor=supervisor, chosen=[2, 2], by=actor, at=NOW)
    assert (good.passed, rules.may_file(actor, on)) == (True, True)
    refused(Conflict, lambda: take_quiz(quiz=quiz, supervisor=supervisor, chosen=[2, 2], by=actor, at=NOW))
    made(cast)  # a newer quiz of the same version asks anew
    assert not rules.may_file(actor, on)


def test_no_visit_where_an_interest_is_declared(cast, supervisor):
    site, actor, on = institution(cast.officer, at=at_ten(date(2026, 1, 5))), acting_as(supervisor), NOW.date()
    other = institution(cast.officer, at=at_ten(date(2026, 1, 5)))
    since = on - timedelta(days=1)
    InterestDeclaration.objects.create(
        person=supervisor.user, institution=site, reason="子女就读", since=since, until=on,
        declared_by=supervisor.user, declared_at=NOW,
    )  # fmt: skip
    days = [rules.may_visit(actor, site, day) for day in (since - timedelta(days=1), since, on, on + timedelta(days=1))]
    assert days == [True, False, False, True]
    assert rules.may_visit(actor, other, on)
    assert rules.may_visit(acting_as(in_office_from(cast, FIRST)), site, on)


def test_out_of_office_nobody_files(cast, supervisor):
    actor = acting_as(supervisor)
    assert not rules.may_file(actor, FIRST - timedelta(days=1))
    assert not rules.may_file(actor, supervisor.term_until_on + timedelta(days=1))
    assert not rules.may_file(cast.supervisor, NOW.date())  # a post, but no appointment
    assert not rules.may_file(cast.officer, NOW.date())
    dismiss(supervisor=supervisor, reason="迁居", by=cast.city, at=NOW)
    assert not rules.may_file(actor, NOW.date())


def test_a_quiz_is_answered_whole_and_by_oneself(cast, supervisor):
    quiz, other = made(cast), in_office_from(cast, FIRST)
    actor = acting_as(supervisor)
    refused(InvalidInput, lambda: take_quiz(quiz=quiz, supervisor=supervisor, chosen=[2], by=actor, at=NOW))
    refused(NotAllowed, lambda: take_quiz(quiz=quiz, supervisor=other, chosen=[2, 2], by=actor, at=NOW))
    assert QuizResult.objects.count() == 0


def test_a_quiz_has_questions_with_right_answers(cast):
    refused(InvalidInput, lambda: made(cast, questions=[]))
    refused(InvalidInput, lambda: made(cast, questions=[("问", ["一", "二"], 3)]), "不在选项")
    refused(
        NotAllowed,
        lambda: make_quiz(checklist=first_version(), title="x", questions=QUESTIONS, by=cast.officer, at=NOW),
    )


def test_attendance_is_noted_once_a_person(cast, supervisor):
    row = hold_training(title="岗前培训", held_on=NOW.date(), attended=[supervisor], by=cast.city, at=NOW)
    refused(InvalidInput, lambda: note_attendance(training=row, supervisors=[supervisor], by=cast.city, at=NOW))
    other = in_office_from(cast, FIRST)
    note_attendance(training=row, supervisors=[supervisor, other], by=cast.city, at=NOW)
    assert row.attendances.count() == 2
    plan = hold_training(title="下月培训", held_on=NOW.date() + timedelta(days=9), by=cast.city, at=NOW)
    refused(InvalidInput, lambda: note_attendance(training=plan, supervisors=[other], by=cast.city, at=NOW), "尚未举行")


# -- library ---------------------------------------------------------------------------------------------------------
def published(cast, **given) -> LibraryItem:
    facts = {"kind": "handbook", "title": "工作手册", "sections": [("一", "甲"), ("二", "乙")], **given}
    return publish_library_item(by=cast.city, at=NOW, **facts)


def test_a_changed_text_is_the_next_version_and_supervisors_are_told(cast, supervisor):
    published(cast)
    second = published(cast, sections=[("一", "丙")])
    assert second.version == 2
    actor = acting_as(supervisor)
    assert queries.library_of(actor) == [second]
    assert told(actor) == ["supervisors.library", "supervisors.library"]
    refused(InvalidInput, lambda: published(cast, sections=[]))
    refused(InvalidInput, lambda: published(cast, sections=[("一", " ")]))


def test_a_section_is_marked_once_by_its_reader(cast, supervisor):
    section = published(cast).sections.order_by("no").first()
    actor = acting_as(supervisor)
    marks = [mark_read(section=section, supervisor=supervisor, by=actor, at=NOW).pk for _ in range(2)]
    assert len(set(marks)) == 1
    assert queries.read_sections(supervisor) == {section.pk}
    other = in_office_from(cast, FIRST)
    refused(NotAllowed, lambda: mark_read(section=section, supervisor=other, by=actor, at=NOW))


def test_a_citys_library_is_read_below_it_and_nowhere_else(cast):
    row = published(cast)
    see = {name for name, actor in cast.everyone().items() if LibraryItem.objects.visible_to(actor).filter(pk=row.pk)}
    nobody = {"other_city", "finance", "bank", "public"}
    assert see == set(cast.everyone()) - nobody


# -- feedback, publicity, proposals ----------------------------------------------------------------------------------
def fed_back(supervisor, **given) -> Feedback:
    facts = {"kind": FeedbackKind.SAFETY, "text": "通道堵塞", **given}
    return file_feedback(supervisor=supervisor, by=acting_as(supervisor), at=NOW, **facts)


def test_feedback_goes_to_the_bureau_and_its_answer_back(cast, supervisor):
    row = fed_back(supervisor)
    assert told(cast.city) == ["supervisors.nominated", "supervisors.fed_back"]
    answer_feedback(feedback=row, reply="已派人核查", by=cast.city, at=NOW)
    assert told(acting_as(supervisor)) == ["supervisors.answered"]
    refused(IllegalTransition, lambda: answer_feedback(feedback=row, reply="x", by=cast.city, at=NOW))
    assert queries.conversion(Feedback.objects.all()) == (0, 1)


def test_feedback_about_an_institution_lies_in_its_county(cast, supervisor):
    site = institution(cast.officer, at=at_ten(date(2026, 1, 5)))
    row = fed_back(supervisor, institution=site)
    assert row.jurisdiction == site.jurisdiction
    assert list(queries.feedback_to_handle(cast.officer)) == [row]
    answer_feedback(feedback=row, reply="已核查", by=cast.officer, at=NOW)
    for who in (cast.neighbour, cast.leader, cast.other_city, cast.province):
        assert not rules.can_handle_feedback(who, row)


def test_feedback_becomes_a_clue_once_and_the_supervisor_is_told(cast, supervisor):
    row = fed_back(supervisor, text="小区内有人晚上补课")
    town = Division.objects.get(code=TOWN)
    for who in (cast.leader, cast.neighbour, cast.province, acting_as(supervisor)):
        call = lambda who=who: convert_feedback(feedback=row, division=town, subject="disguised", by=who, at=NOW)  # noqa: E731
        refused(NotAllowed, call)
    done = convert_feedback(feedback=row, division=town, subject="disguised", by=cast.city, at=NOW)
    clue = Clue.objects.get()
    assert (done.clue, clue.content, clue.jurisdiction.code) == (clue, "小区内有人晚上补课", OWN)
    assert (clue.channel, clue.reported_by) == ("supervisor", supervisor.user)
    assert told(acting_as(supervisor)) == ["supervisors.answered"]
    assert queries.conversion(Feedback.objects.all()) == (1, 1)
    refused(
        IllegalTransition,
        lambda: convert_feedback(feedback=row, division=town, subject="disguised", by=cast.city, at=NOW),
    )


def test_a_clue_lies_in_the_county_of_its_institution(cast, supervisor):
    site = institution(cast.officer, at=at_ten(date(2026, 1, 5)))
    row = fed_back(supervisor, institution=site)
    elsewhere = Division.objects.filter(parent__code=NEIGHBOUR, level="town").order_by("code").first()
    call = lambda: convert_feedback(feedback=row, division=elsewhere, subject="safety", by=cast.city, at=NOW)  # noqa: E731
    refused(InvalidInput, call)
    assert Feedback.objects.get().state == "submitted"
    assert Clue.objects.count() == 0


def test_feedback_needs_words_and_an_own_record(cast, supervisor):
    refused(InvalidInput, lambda: fed_back(supervisor, text=" "))
    other = in_office_from(cast, FIRST)
    facts = {"kind": FeedbackKind.SAFETY, "text": "x", "at": NOW}
    refused(NotAllowed, lambda: file_feedback(supervisor=other, by=acting_as(supervisor), **facts))
    refused(NotAllowed, lambda: file_feedback(supervisor=supervisor, by=cast.officer, **facts))
    dismiss(supervisor=other, reason="迁居", by=cast.city, at=NOW)
    refused(NotAllowed, lambda: file_feedback(supervisor=other, by=acting_as(other), **facts), "聘期")
    assert Feedback.objects.count() == 0


def test_nobody_on_the_phone_sees_anothers_feedback(cast, supervisor):
    other = in_office_from(cast, FIRST)
    fed_back(supervisor)
    assert Feedback.objects.own_of(acting_as(supervisor)).count() == 1
    assert Feedback.objects.own_of(acting_as(other)).count() == 0
    assert Feedback.objects.own_of(cast.public).count() == 0


def test_publicity_is_shown_by_a_link_or_told(cast, supervisor):
    facts = {"outlet": Outlet.SCHOOL, "title": "家长会", "held_on": NOW.date(), "by": acting_as(supervisor), "at": NOW}
    refused(InvalidInput, lambda: record_activity(supervisor=supervisor, **facts))
    tomorrow = {**facts, "held_on": NOW.date() + timedelta(days=1), "description": "x"}
    refused(InvalidInput, lambda: record_activity(supervisor=supervisor, **tomorrow), "晚于今天")
    record_activity(supervisor=supervisor, description="三年级家长", reach=40, **facts)
    assert PublicityActivity.objects.get().reach == 40


def test_a_proposal_is_decided_with_a_word(cast, supervisor):
    row = propose(supervisor=supervisor, title="张贴查询码", text="门口张贴", by=acting_as(supervisor), at=NOW)
    assert "supervisors.proposed" in told(cast.city)
    for given in ({"decision": "adopted", "reply": " "}, {"decision": "submitted", "reply": "x"}):
        refused(InvalidInput, lambda given=given: decide_proposal(proposal=row, by=cast.city, at=NOW, **given))
    for who in (cast.officer, cast.leader, cast.other_city):
        call = lambda who=who: decide_proposal(proposal=row, decision="adopted", reply="x", by=who, at=NOW)  # noqa: E731
        refused(NotAllowed, call)
    decide_proposal(proposal=row, decision="partly", reply="先在两区试行", by=cast.city, at=NOW)
    assert Proposal.objects.get().state == "partly"
    assert told(acting_as(supervisor)) == ["supervisors.answered"]


def test_a_person_with_two_identities_counts_in_both_lines_and_once_as_a_person(cast):
    in_office_from(cast, FIRST, identities=["teacher", "parent"])
    in_office_from(cast, FIRST, identities=["parent"])
    found = queries.composition(Supervisor.objects.all())
    assert (dict(found.lines)["教师"], dict(found.lines)["家长"], found.persons) == (1, 2, 2)
