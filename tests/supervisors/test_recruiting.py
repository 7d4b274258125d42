"""From quota to appointment: each step, each refusal, the window in which others may object."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foundation.accounts.enums import Role
from foundation.accounts.models import Post, User
from foundation.audit.models import Event
from foundation.core.actor import ANONYMOUS
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.documents.models import Document
from supervisors import queries, workflow
from supervisors.enums import CandidateState, ObjectionState, RecruitmentState
from supervisors.models import Candidate, Objection, Recruitment, Supervisor
from supervisors.operations.appointing import appoint
from supervisors.operations.candidates import (
    dismiss_objection,
    file_objection,
    nominate,
    pass_candidate,
    reject_candidate,
    strike_candidate,
    uphold_objection,
    withdraw_nomination,
)
from supervisors.operations.recruiting import (
    cancel_recruitment,
    end_nomination,
    finish_recruitment,
    open_recruitment,
    set_duty,
    set_quotas,
    start_publicity,
)
from tests.cast import CITY, NEIGHBOUR, OTHER_CITY, OWN, PROVINCE, jurisdiction
from tests.supervisors.factories import (
    AT,
    CONTACT,
    DAY,
    after_publicity,
    announced,
    appointed,
    at_ten,
    candidate_in,
    nominated,
    objected,
    opened,
    passed,
    recruitment_in,
)

pytestmark = pytest.mark.django_db
SIGNED = {"objector": "李实名", "contact": "12388888888", "reason": "与机构有利益关系"}


def kinds() -> list[str]:
    found = Event.objects.filter(kind__startswith="supervisors.").order_by("pk")
    return [kind.removeprefix("supervisors.") for kind in found.values_list("kind", flat=True)]


def refused(error: type[Exception], call, match: str = "") -> None:
    """It raises, and nothing is audited."""
    before = Event.objects.count()
    with pytest.raises(error, match=match or None):
        call()
    assert Event.objects.count() == before


def test_from_opening_to_appointment_one_event_a_fact(cast):
    row = announced(cast)
    supervisor = appointed(cast, row)
    finish_recruitment(recruitment=row.recruitment, by=cast.city, at=after_publicity(row))
    assert kinds() == [
        "recruitment_opened",
        "quota_set",
        "nominated",
        "passed",
        "nomination_ended",
        "publicity_started",
        "appointed",
        "recruitment_finished",
    ]
    assert Candidate.objects.get(pk=row.pk).state == CandidateState.APPOINTED
    assert Recruitment.objects.get(pk=row.recruitment_id).state == RecruitmentState.FINISHED
    assert (supervisor.state, supervisor.number) == ("in_office", f"JDY-350200-{DAY.year}-001")


def test_the_term_is_two_years_less_a_day_and_the_post_has_its_days(cast):
    supervisor = appointed(cast, term_from_on=date(2026, 4, 1))
    assert (supervisor.term_from_on, supervisor.term_until_on) == (date(2026, 4, 1), date(2028, 3, 31))
    post = Post.objects.get(pk=supervisor.post_id)
    assert (post.role, post.valid_from, post.valid_to) == (Role.SUPERVISOR, date(2026, 4, 1), date(2028, 3, 31))
    assert (post.division_id, post.user.username) == (None, supervisor.number.lower())


def test_a_district_as_area_narrows_the_post(cast):
    supervisor = appointed(cast, area=jurisdiction(OWN))
    assert Post.objects.get(pk=supervisor.post_id).division.code == OWN


def test_an_existing_account_is_used_again(cast):
    user = User.objects.get(pk=cast.supervisor.user_id)
    before = User.objects.count()
    row = announced(cast)
    found = appoint(candidate=row, user=user, by=cast.city, at=after_publicity(row))
    assert (found.issued, found.supervisor.user, User.objects.count()) == (None, user, before)
    again = announced(cast)
    refused(InvalidInput, lambda: appoint(candidate=again, user=user, by=cast.city, at=after_publicity(again)), "在聘")


def test_letter_and_card_are_issued_with_the_words_of_the_appointment(cast):
    supervisor = appointed(cast)
    documents = Document.objects.filter(subject_id=supervisor.pk, subject_type="supervisors.supervisor")
    assert sorted(documents.values_list("kind", flat=True)) == ["supervisor_card", "supervisor_letter"]
    card = documents.get(kind="supervisor_card").frozen
    assert card["fields"]["page"] == f"/supervisors/card/{supervisor.public_code}/"
    assert any("无执法权" in str(block) for block in card["blocks"])


# -- quota -----------------------------------------------------------------------------------------------------------
def test_nominations_never_exceed_the_quota(cast):
    row = opened(cast, places=1)
    first = nominated(cast, row)
    refused(InvalidInput, lambda: nominated(cast, row), "名额已用完")
    withdraw_nomination(candidate=first, reason="本人放弃", by=cast.officer, at=AT)
    assert nominated(cast, row).state == CandidateState.NOMINATED


def test_a_quota_is_never_less_than_what_was_nominated(cast):
    row = opened(cast, places=2)
    nominated(cast, row)
    nominated(cast, row)
    places = {jurisdiction(OWN): 1}
    refused(InvalidInput, lambda: set_quotas(recruitment=row, places=places, by=cast.city, at=AT), "不能少于2")
    set_quotas(recruitment=row, places={jurisdiction(OWN): 3}, by=cast.city, at=AT)
    assert row.quotas.get(jurisdiction__code=OWN).places == 3


def test_each_district_nominates_for_itself(cast):
    row = opened(cast)
    refused(InvalidInput, lambda: nominated(cast, row, jurisdiction=jurisdiction(NEIGHBOUR)), "名额")
    assert nominated(cast, row, jurisdiction=jurisdiction(NEIGHBOUR), by=cast.neighbour).pk
    for who in (cast.other_city, cast.leader, cast.city, cast.supervisor, cast.public, cast.bank):
        refused(NotAllowed, lambda who=who: nominated(cast, row, by=who))


def test_nominations_end_with_their_day(cast):
    row = opened(cast, nominate_by_on=DAY)
    refused(Conflict, lambda: nominated(cast, row, at=AT + timedelta(days=1)), "截止")


@pytest.mark.parametrize("missing", ["name", "workplace", "statement"])
def test_a_nomination_says_who_and_why(cast, missing):
    row = opened(cast)
    refused(InvalidInput, lambda: nominated(cast, row, **{missing: " "}))


def test_identities_are_known_ones(cast):
    row = opened(cast)
    refused(InvalidInput, lambda: nominated(cast, row, identities=[]))
    refused(InvalidInput, lambda: nominated(cast, row, identities=["banker"]))


def test_the_phone_is_sealed_and_not_in_the_trail(cast):
    nominated(cast, phone="12312312312")
    assert "12312312312" not in str(list(Event.objects.values_list("changes", flat=True)))


@pytest.mark.parametrize(("born", "words"), [(1980, ""), (1964, "超过60岁"), (1950, "超过70岁")])
def test_age_is_a_word_and_no_bar(cast, born, words):
    row = nominated(cast, birth_year=born)
    note = queries.age_note(row, on=DAY)
    assert words in note
    assert bool(note) == bool(words)


# -- review ----------------------------------------------------------------------------------------------------------
def test_all_conditions_have_to_be_met(cast):
    row = nominated(cast)
    some = row.recruitment.conditions[:-1]
    refused(InvalidInput, lambda: pass_candidate(candidate=row, met=some, by=cast.city, at=AT), "无利益关系")
    assert Candidate.objects.get(pk=row.pk).state == CandidateState.NOMINATED


def test_a_rejection_needs_a_reason(cast):
    row = nominated(cast)
    refused(InvalidInput, lambda: reject_candidate(candidate=row, reason=" ", by=cast.city, at=AT))


@pytest.mark.parametrize("who", ["officer", "leader", "other_city", "province", "supervisor", "public"])
def test_only_the_appointing_bureau_reviews(cast, who):
    row = nominated(cast)
    by = getattr(cast, who)
    refused(NotAllowed, lambda: reject_candidate(candidate=row, reason="x", by=by, at=AT))
    refused(NotAllowed, lambda: pass_candidate(candidate=row, met=row.recruitment.conditions, by=by, at=AT))


# -- publicity -------------------------------------------------------------------------------------------------------
def test_publicity_counts_working_days_and_not_its_own_day(cast):
    row = announced(cast, at=at_ten(date(2026, 2, 9)))  # the spring festival lies in between, with make-up days
    assert row.recruitment.publicity_from_on == date(2026, 2, 9)
    assert row.recruitment.publicity_until_on == date(2026, 2, 14)  # Saturday 14 February is a make-up workday


def test_nobody_is_shown_while_somebody_is_to_be_reviewed(cast):
    row = opened(cast)
    passed(cast, row)
    nominated(cast, row)
    end_nomination(recruitment=row, by=cast.city, at=AT)
    call = lambda: start_publicity(recruitment=row, objection_contact=CONTACT, by=cast.city, at=AT)  # noqa: E731
    refused(InvalidInput, call, "待资格审核")


def test_nobody_is_appointed_while_the_list_is_shown_or_an_objection_is_open(cast):
    row = announced(cast)
    last = row.recruitment.publicity_until_on
    refused(Conflict, lambda: appoint(candidate=row, by=cast.city, at=at_ten(last)), "公示")
    objection = objected(cast, row)
    refused(Conflict, lambda: appoint(candidate=row, by=cast.city, at=after_publicity(row)), "异议")
    assert (Supervisor.objects.count(), Document.objects.count()) == (0, 0)
    dismiss_objection(objection=objection, findings="核查不属实", by=cast.city, at=AT)
    assert appoint(candidate=row, by=cast.city, at=after_publicity(row)).supervisor.pk


def test_an_objection_that_is_right_takes_the_candidate_out(cast):
    row = announced(cast)
    uphold_objection(objection=objected(cast, row), findings="其配偶为机构股东", by=cast.city, at=AT)
    assert Candidate.objects.get(pk=row.pk).state == CandidateState.STRUCK
    assert list(queries.shown_in_publicity(row.recruitment)) == []
    refused(IllegalTransition, lambda: appoint(candidate=row, by=cast.city, at=after_publicity(row)))


def test_anybody_objects_in_time_and_signed(cast):
    row = announced(cast)
    found = file_objection(candidate=row, by=ANONYMOUS, at=AT, **SIGNED)
    assert (found.state, found.objector) == (ObjectionState.OPEN, "李实名")
    late = at_ten(row.recruitment.publicity_until_on + timedelta(days=1))
    refused(NotAllowed, lambda: file_objection(candidate=row, by=ANONYMOUS, at=late, **SIGNED))
    unsigned = {**SIGNED, "objector": " "}
    refused(InvalidInput, lambda: file_objection(candidate=row, by=ANONYMOUS, at=AT, **unsigned), "异议人姓名")
    trail = str(list(Event.objects.values_list("changes", "reason")))
    assert "李实名" not in trail
    assert "12388888888" not in trail


def test_only_the_bureau_of_the_batch_handles_objections(cast):
    objection = objected(cast, announced(cast))
    for who in (cast.officer, cast.leader, cast.other_city, cast.province):
        refused(NotAllowed, lambda who=who: dismiss_objection(objection=objection, findings="x", by=who, at=AT))
    refused(InvalidInput, lambda: dismiss_objection(objection=objection, findings=" ", by=cast.city, at=AT))
    dismiss_objection(objection=objection, findings="不属实", by=cast.city, at=AT)
    refused(IllegalTransition, lambda: uphold_objection(objection=objection, findings="x", by=cast.city, at=AT))


def test_who_objected_is_sealed(cast):
    objection = objected(cast, announced(cast))
    stored = Objection.objects.filter(pk=objection.pk).extra(select={"raw": "objector::text"}).values_list("raw")
    assert stored[0][0].startswith("v1$aes256gcm$")


# -- states ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", CandidateState.values)
@pytest.mark.parametrize("step", workflow.CANDIDATE.transitions, ids=lambda step: step.name)
def test_every_state_of_a_candidate_and_every_step(cast, state, step):
    row = candidate_in(cast, state)
    later = after_publicity(row) if row.recruitment.publicity_until_on else AT
    steps = {
        "pass": lambda: pass_candidate(candidate=row, met=row.recruitment.conditions, by=cast.city, at=later),
        "reject": lambda: reject_candidate(candidate=row, reason="x", by=cast.city, at=later),
        "withdraw": lambda: withdraw_nomination(candidate=row, reason="x", by=cast.officer, at=later),
        "strike": lambda: strike_candidate(candidate=row, reason="x", by=cast.city, at=later),
        "appoint": lambda: appoint(candidate=row, by=cast.city, at=later),
    }
    if step.starts_from(state):
        steps[step.name]()
        assert Candidate.objects.get(pk=row.pk).state == step.target
    else:
        refused((IllegalTransition, NotAllowed), steps[step.name])
        assert Candidate.objects.get(pk=row.pk).state == state


@pytest.mark.parametrize("state", RecruitmentState.values)
@pytest.mark.parametrize("step", workflow.RECRUITMENT.transitions, ids=lambda step: step.name)
def test_every_state_of_a_recruitment_and_every_step(cast, state, step):
    row = recruitment_in(cast, state)
    if step is workflow.END_NOMINATION and state == RecruitmentState.NOMINATING:
        nominated(cast, row)
    if step is workflow.FINISH and state == RecruitmentState.PUBLICITY:
        strike_candidate(candidate=row.candidates.get(), reason="x", by=cast.city, at=AT)
    steps = {
        "end_nomination": lambda: end_nomination(recruitment=row, by=cast.city, at=AT),
        "start_publicity": lambda: start_publicity(recruitment=row, objection_contact="x", by=cast.city, at=AT),
        "finish": lambda: finish_recruitment(recruitment=row, by=cast.city, at=AT),
        "cancel": lambda: cancel_recruitment(recruitment=row, reason="x", by=cast.city, at=AT),
    }
    if step.starts_from(state):
        assert steps[step.name]().state == step.target
    else:
        refused((IllegalTransition, InvalidInput), steps[step.name])
        assert Recruitment.objects.get(pk=row.pk).state == state


def test_a_batch_is_not_finished_while_somebody_waits(cast):
    row = announced(cast)
    refused(InvalidInput, lambda: finish_recruitment(recruitment=row.recruitment, by=cast.city, at=AT), "未聘任")


def test_who_opens_where(cast):
    facts = {"batch": "首批", "nominate_by_on": DAY, "at": AT}
    for who in (cast.officer, cast.leader, cast.province, cast.discipline, cast.system):
        refused(NotAllowed, lambda who=who: open_recruitment(jurisdiction=jurisdiction(OWN), by=who, **facts))
    refused(NotAllowed, lambda: open_recruitment(jurisdiction=jurisdiction(OTHER_CITY), by=cast.city, **facts))
    refused(NotAllowed, lambda: open_recruitment(jurisdiction=jurisdiction(PROVINCE), by=cast.city, **facts))
    row = open_recruitment(jurisdiction=jurisdiction(OWN), by=cast.city, **facts)
    assert row.level == "county"
    refused(InvalidInput, lambda: open_recruitment(jurisdiction=jurisdiction(OWN), by=cast.city, **facts), "同名批次")


def test_what_is_owed_changes_from_a_month_on(cast):
    row = opened(cast)
    refused(
        InvalidInput,
        lambda: set_duty(recruitment=row, from_on=date(2026, 2, 1), minimum=1, target=2, by=cast.city, at=AT),
        "过去",
    )
    refused(
        InvalidInput,
        lambda: set_duty(recruitment=row, from_on=date(2026, 5, 1), minimum=3, target=2, by=cast.city, at=AT),
    )
    set_duty(recruitment=row, from_on=date(2026, 5, 9), minimum=2, target=3, by=cast.city, at=AT)
    assert list(row.duties.order_by("from_on").values_list("from_on", "minimum")) == [
        (date(2026, 3, 1), 1),
        (date(2026, 5, 1), 2),
    ]


# -- who sees what ---------------------------------------------------------------------------------------------------
def test_the_whole_cast_sees_what_it_ought_to(cast):
    supervisor = appointed(cast)
    row = supervisor.candidate
    see = {name for name, actor in cast.everyone().items() if Recruitment.objects.visible_to(actor).exists()}
    districts = {"officer", "leader", "second_officer", "legal", "town", "culture", "grid", "neighbour"}
    above = {"city", "province", "supervisor", "discipline", "system", "security", "auditor"}
    assert see == districts | above
    see = {name for name, actor in cast.everyone().items() if Candidate.objects.visible_to(actor).filter(pk=row.pk)}
    assert see == (districts - {"neighbour"}) | above
    assert {name for name, actor in cast.everyone().items() if Supervisor.objects.visible_to(actor)} == see
    objected(cast, announced(cast))
    assert {name for name, actor in cast.everyone().items() if Objection.objects.visible_to(actor)} == above


def test_counts_of_a_batch_by_district(cast):
    row = opened(cast)
    passed(cast, row)
    reject_candidate(candidate=nominated(cast, row), reason="x", by=cast.city, at=AT)
    withdraw_nomination(candidate=nominated(cast, row), reason="x", by=cast.officer, at=AT)
    lines = {line.quota.jurisdiction.code: line for line in queries.by_district(row)}
    assert (lines[OWN].nominated, lines[OWN].passed, lines[OWN].rejected, lines[OWN].appointed) == (2, 1, 1, 0)
    assert (lines[NEIGHBOUR].nominated, lines[NEIGHBOUR].quota.places) == (0, 5)


def test_nominate_is_where_the_quota_is_asked(cast):
    """The rule sees quotas, the operation their number: without a quota nobody of the district nominates."""
    bare = open_recruitment(jurisdiction=jurisdiction(CITY), batch="无名额", nominate_by_on=DAY, by=cast.city, at=AT)
    facts = {"name": "x", "birth_year": 1980, "workplace": "x", "identities": ["teacher"], "phone": "1"}
    refused(
        NotAllowed,
        lambda: nominate(
            recruitment=bare, jurisdiction=jurisdiction(OWN), statement="x", by=cast.officer, at=AT, **facts
        ),
    )
