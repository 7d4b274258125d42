"""Every state of a case and every step: what may follow, what is refused, and that nothing else changes then."""

from datetime import timedelta

import pytest

from cases import workflow
from cases.enums import CaseState, Outcome, StatementKind
from cases.models import Case, CasePaper, Penalty
from cases.operations import decision, execution, filing, review, say
from cases.sanctions import Sanction
from foundation.accounts.models import Post
from foundation.audit.models import Event
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.deadlines.models import Deadline
from foundation.documents.models import Document
from tests.cases.factories import (
    BANK,
    CONTACT,
    CRITICISM,
    FINE,
    LATER,
    STOP,
    called,
    heard,
    in_state,
    opinion,
    said,
    shown,
    told,
)
from tests.inspections.factories import AT

pytestmark = pytest.mark.django_db

S = CaseState
#: (step's code, who takes it, what it asks for); ``case`` and ``at`` are given to each.
STEPS = {
    "approve": ("leader", filing.approve_filing, {"opinion": "同意"}),
    "decline": ("leader", filing.decline_filing, {"opinion": "不够"}),
    "conclude": ("officer", review.conclude, {"report": "查明", "sanctions": (FINE,)}),
    "pass": ("legal", review.pass_review, {"opinion": "可"}),
    "return": ("legal", review.return_review, {"opinion": "补充"}),
    "notify": ("officer", review.notify, {"contact": CONTACT}),
    "end_say": ("officer", say.end_say, {}),
    "reopen": ("officer", say.reopen, {"reason": "新事实"}),
    "propose": ("officer", decision.propose_decision, {"opinion": opinion(Outcome.PUNISH, FINE)}),
    "propose_mild": ("officer", decision.propose_decision, {"opinion": opinion(Outcome.SPARE)}),
    "decide": ("leader", decision.approve_decision, {"opinion": "同意"}),
    "send_back": ("leader", decision.send_back_decision, {"opinion": "再议"}),
    "ask_close": ("officer", execution.ask_close, {"note": "已执行"}),
    "close": ("leader", execution.approve_close, {}),
    "keep_open": ("leader", execution.keep_open, {"opinion": "未执行完"}),
    "archive": ("officer", execution.archive, {"archive_no": "1"}),
}
#: Steps taken in the course of another act; their tests stand below.
WITHIN = {"request_hearing", "end_hearing", "serve", "withdraw", "transfer", "send_back_mild"}


def everything() -> list:
    return [
        list(table.objects.order_by("pk").values()) for table in (Case, CasePaper, Penalty, Deadline, Document, Event)
    ]


def test_each_step_of_the_workflow_is_asked_here():
    assert {step.name for step in workflow.CASE.transitions} == {*STEPS, *WITHIN}


@pytest.mark.parametrize("state", list(CaseState), ids=lambda state: state.value)
def test_what_may_follow_a_state(cast, state):
    """Each step in each state: it leads where the table says or is refused, and then nothing has changed."""
    row = in_state(cast, state)
    assert row.state == state
    steps = {step.name: step for step in workflow.CASE.transitions}
    for code, (who, act, given) in STEPS.items():
        if steps[code].starts_from(state):
            continue
        before = everything()
        with pytest.raises((IllegalTransition, NotAllowed)):
            act(case=row, by=getattr(cast, who), at=AT, **given)
        assert everything() == before, code


@pytest.mark.parametrize("code", STEPS)
def test_a_step_leads_where_the_table_says(cast, code):
    step = next(each for each in workflow.CASE.transitions if each.name == code)
    who, act, given = STEPS[code]
    for state in step.sources:
        row = in_state(cast, state)
        if code == "conclude":
            shown(cast, row)
        act(case=row, by=getattr(cast, who), at=LATER if code == "end_say" else AT, **given)
        assert Case.objects.get(pk=row.pk).state == step.target
        assert Event.objects.filter(subject_type="cases.case", subject_id=row.pk).exists()


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAW, Outcome.TRANSFER])
def test_withdrawing_and_transferring_end_the_case_and_its_clocks(cast, outcome):
    row = in_state(cast, S.WITHDRAWN if outcome == Outcome.WITHDRAW else S.TRANSFERRED)
    assert row.outcome == outcome
    assert not Deadline.objects.filter(subject_type="cases.case", subject_id=row.pk, state="running").exists()


def test_a_mild_proposal_that_is_sent_back_comes_back_to_before_the_notice(cast):
    row = in_state(cast, S.REVIEWED)
    decision.propose_decision(case=row, opinion=opinion(Outcome.SPARE), by=cast.officer, at=AT)
    assert decision.send_back_decision(case=row, opinion="再议", by=cast.leader, at=AT).state == S.REVIEWED


def test_a_hearing_asked_for_in_time_is_called_seven_working_days_ahead_and_held(cast):
    row = in_state(cast, S.HEARING)
    hearing = called(cast, row)
    say.hold_hearing(hearing=hearing, held_on=LATER.date(), text="双方质证", by=cast.officer, at=LATER)
    assert Case.objects.get(pk=row.pk).state == S.HEARD


def test_a_decision_reaches_the_party_and_is_carried_out(cast):
    assert in_state(cast, S.EXECUTING).state == S.EXECUTING


def test_who_handles_a_case_does_not_judge_it(cast):
    """Whoever handles a case neither approves nor reviews it."""
    for state, act, given in (
        (S.PROPOSED, filing.approve_filing, {"opinion": "同意"}),
        (S.TO_DECIDE, decision.approve_decision, {"opinion": "同意"}),
        (S.CLOSING, execution.approve_close, {}),
    ):
        row = in_state(cast, state)
        row.officers.filter(user=cast.second_officer.user_id).update(user=cast.leader.user_id)
        with pytest.raises(NotAllowed):
            act(case=row, by=cast.leader, at=AT, **given)
    row = in_state(cast, S.CONCLUDED)
    row.officers.filter(user=cast.second_officer.user_id).update(user=cast.legal.user_id)
    with pytest.raises(NotAllowed):
        review.pass_review(case=row, opinion="可", by=cast.legal, at=AT)


@pytest.mark.parametrize("who", ["city", "neighbour", "town", "culture", "leader", "legal", "discipline", "province"])
def test_others_do_not_handle_a_case(cast, who):
    row = in_state(cast, S.INVESTIGATING)
    with pytest.raises(NotAllowed):
        review.conclude(case=row, report="查明", sanctions=(FINE,), by=getattr(cast, who), at=AT)


# -- the party's say -----------------------------------------------------------------------------------------------
def test_no_decision_before_the_party_had_its_say(cast):
    row = in_state(cast, S.NOTIFIED)
    with pytest.raises(Conflict, match="期满前不能结束"):
        say.end_say(case=row, by=cast.officer, at=AT)
    last = Deadline.objects.get(subject_type="cases.case", subject_id=row.pk, code="defence.statement").due_on
    still = AT + (last - AT.date())
    with pytest.raises(Conflict):
        say.end_say(case=row, by=cast.officer, at=still)
    assert say.end_say(case=row, by=cast.officer, at=still + timedelta(days=1)).state == S.HEARD


def test_a_defence_is_answered_before_the_say_ends(cast):
    row = in_state(cast, S.NOTIFIED)
    defence = said(cast, row, StatementKind.DEFENCE)
    with pytest.raises(Conflict, match="还没有复核"):
        say.end_say(case=row, by=cast.officer, at=LATER)
    say.answer_statement(statement=defence, accepted=False, answer="事实清楚", by=cast.officer, at=AT)
    assert say.end_say(case=row, by=cast.officer, at=LATER).state == S.HEARD


def test_a_waiver_in_writing_ends_the_say_at_once(cast):
    row = in_state(cast, S.NOTIFIED)
    said(cast, row, StatementKind.WAIVER)
    assert say.end_say(case=row, by=cast.officer, at=AT).state == S.HEARD


def test_a_hearing_is_for_grave_penalties_and_in_time(cast):
    light = in_state(cast, S.NOTIFIED)
    with pytest.raises(Conflict, match="不属于可以要求听证"):
        said(cast, light, StatementKind.HEARING)


def test_a_hearing_too_late_or_too_soon_is_refused(cast):
    row = told(cast, STOP)
    with pytest.raises(Conflict, match="已过"):
        said(cast, row, StatementKind.HEARING, on=LATER.date(), at=LATER)
    said(cast, row, StatementKind.HEARING)
    with pytest.raises(InvalidInput, match="七个工作日"):
        say.call_hearing(
            case=row,
            plan=say.HearingPlan(host=_post(cast.leader), planned_on=AT.date() + timedelta(days=3), place="会议室"),
            by=cast.officer,
            at=AT,
        )
    with pytest.raises(InvalidInput, match="非本案调查人员"):
        say.call_hearing(
            case=row,
            plan=say.HearingPlan(host=_post(cast.second_officer), planned_on=LATER.date(), place="会议室"),
            by=cast.officer,
            at=AT,
        )


def _post(actor):
    return Post.objects.get(pk=actor.post_id)


def test_a_penalty_is_never_heavier_than_the_party_was_told(cast):
    row = in_state(cast, S.HEARD)
    for heavier in (STOP, Sanction(kind="fine", amount=FINE.amount + 1)):
        with pytest.raises(Conflict, match="不能重于"):
            decision.propose_decision(
                case=row, opinion=opinion(Outcome.PUNISH, heavier, discussion="议"), by=cast.officer, at=AT
            )
    lighter = Sanction(kind="fine", amount=FINE.amount - 1)
    decision.propose_decision(case=row, opinion=opinion(Outcome.PUNISH, lighter), by=cast.officer, at=AT)
    assert [penalty.amount for penalty in row.penalties.filter(stage="decided")] == [FINE.amount - 1]


def test_a_grave_penalty_is_discussed_by_those_in_charge(cast):
    row = heard(cast, STOP, CRITICISM)
    with pytest.raises(InvalidInput, match="集体讨论"):
        decision.propose_decision(case=row, opinion=opinion(Outcome.PUNISH, STOP), by=cast.officer, at=AT)
    discussed = opinion(Outcome.PUNISH, STOP, discussion="局长办公会同意")
    assert decision.propose_decision(case=row, opinion=discussed, by=cast.officer, at=AT).state == S.TO_DECIDE


def test_what_was_sent_back_is_no_penalty_any_more(cast):
    row = in_state(cast, S.TO_DECIDE)
    decision.send_back_decision(case=row, opinion="过重", by=cast.leader, at=AT)
    decision.propose_decision(case=row, opinion=opinion(Outcome.PUNISH, CRITICISM), by=cast.officer, at=AT)
    decision.approve_decision(case=row, opinion="同意", by=cast.leader, at=AT)
    paper = decision.make_decision(case=row, contact=CONTACT, by=cast.officer, at=AT)
    assert "罚款" not in paper.document.content
    assert "通报批评" in paper.document.content


def test_a_decision_paper_is_made_once_and_names_where_to_pay(cast):
    row = in_state(cast, S.DECIDED)
    with pytest.raises(InvalidInput, match="缴纳方式"):
        decision.make_decision(case=row, contact=CONTACT, by=cast.officer, at=AT)
    paper = decision.make_decision(case=row, contact=CONTACT, payment=BANK, by=cast.officer, at=AT)
    assert paper.document.number == "思教罚决〔2026〕1号"
    with pytest.raises(Conflict):
        decision.make_decision(case=row, contact=CONTACT, payment=BANK, by=cast.officer, at=AT)
