"""What an operation on a case refuses to the one who may take it: nothing missing, nothing too late, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from cases.enums import CaseState, Disposal, Outcome, StatementKind
from cases.models import Case, CasePaper, Violation
from cases.operations import decision, evidence, execution, filing, publication, review, say
from cases.operations.evidence import EvidenceFacts
from cases.operations.say import HearingPlan
from enforcement.enums import Service
from foundation.accounts.models import Post
from foundation.audit.models import Event
from foundation.core.errors import DomainError
from foundation.documents.operations import void_document
from tests.cases.factories import (
    CONTACT,
    FINE,
    LATER,
    STOP,
    called,
    certified,
    decided,
    executing,
    filed,
    in_hearing,
    in_state,
    opinion,
    proposed,
    said,
    serve,
    told,
    violation,
)
from tests.cases.test_filing import words
from tests.cast import Cast
from tests.inspections.factories import AT, DAY

pytestmark = pytest.mark.django_db
S = CaseState
FACTS = EvidenceFacts(kind="record", title="笔录", shows="事实", taken_from="现场", taken_on=DAY, taken_by="两人")
TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)
KEEP = {"place": "原址", "keeper": "王某", "approved_by": "局长", "contact": CONTACT}


def refused(case: Case, *asked: tuple[str, Callable]) -> None:
    """Each act is refused with these words, and leaves the case and its trail as they were."""
    before = (Case.objects.filter(pk=case.pk).values().get(), Event.objects.count())
    let_through = []
    for sentence, act in asked:
        try:
            with transaction.atomic():
                act()
                transaction.set_rollback(True)
            let_through.append(sentence)
        except DomainError as refusal:
            if sentence not in refusal.message:
                let_through.append(f"{sentence}: {refusal.message}")
    assert let_through == []
    assert (Case.objects.filter(pk=case.pk).values().get(), Event.objects.count()) == before


def by_officer(cast: Cast, operation: Callable, case: Case, *, at=AT, **given) -> Callable:
    return partial(operation, case=case, by=cast.officer, at=at, **given)


def post_of(actor) -> Post:
    return Post.objects.get(pk=actor.post_id)


def test_a_proposal_is_whole_and_under_a_clause_in_force(cast):
    case = proposed(cast)
    Violation.objects.filter(code="W21", effective_to=None).update(effective_to=YESTERDAY)
    over = Violation.objects.get(code="W21", effective_to=YESTERDAY)
    facts = {"source": "visit", "visit": case.visit, "subject": case.institution, "summary": "摘要"}
    propose = partial(filing.propose_case, officers=certified(cast), by=cast.officer, at=AT)
    refused(
        case,
        (
            "请写明案情摘要",
            lambda: propose(proposal=filing.Proposal(**facts | {"summary": " "}, violation=violation())),
        ),
        ("没有施行", lambda: propose(proposal=filing.Proposal(**facts, violation=over))),
        ("不予立案的理由", partial(filing.decline_filing, case=case, opinion=" ", by=cast.leader, at=AT)),
        ("延长一次", partial(filing.extend_decision, case=case, reason="复杂", by=cast.leader, at=AT)),
        ("正在调查", by_officer(cast, evidence.add_evidence, case, facts=FACTS)),
        ("已作出的决定", by_officer(cast, publication.overturn, case, on=DAY, authority="法院")),
    )


def test_an_investigation_holds_to_its_forms(cast):
    case = filed(cast)
    leaving = case.officers.get(user=cast.second_officer.user_id)
    change = partial(by_officer, cast, filing.replace_officer, case, leaving=leaving)
    uncertified = post_of(cast.leader)
    elsewhere = post_of(cast.neighbour)
    elsewhere.certificate_no = "闽D0010"
    refused(
        case,
        ("调查终结报告", by_officer(cast, review.conclude, case, report=" ", sanctions=())),
        ("还没有登记证据", by_officer(cast, review.conclude, case, report="查明", sanctions=(FINE,))),
        ("写明保存的物品", by_officer(cast, evidence.preserve, case, items=[" "], **KEEP)),
        ("不能晚于今天", by_officer(cast, evidence.add_evidence, case, facts=replace(FACTS, taken_on=TOMORROW))),
        ("最多20个文件", by_officer(cast, evidence.add_evidence, case, facts=FACTS, files=[None] * 21)),
        ("更换或回避的理由", change(post=post_of(cast.officer), reason=" ")),
        ("持有执法证", change(post=uncertified, reason="回避")),
        ("持有执法证", change(post=elsewhere, reason="回避")),
        ("听取意见期间", by_officer(
            cast, say.take_statement, case, kind="defence", text="x", given_by="王某", given_on=DAY)),
    )  # fmt: skip
    filing.replace_officer(
        case=case, leaving=leaving, post=with_certificate(cast.leader), reason="回避", by=cast.officer, at=AT
    )
    refused(case, ("不是本案办案人员", change(post=with_certificate(cast.leader), reason="回避")))
    archived = in_state(cast, S.ARCHIVED)
    refused(archived, ("已归档", by_officer(
        cast, filing.replace_officer, archived, leaving=archived.officers.first(), post=with_certificate(cast.leader),
        reason="回避")))  # fmt: skip


def with_certificate(actor) -> Post:
    Post.objects.filter(pk=actor.post_id).update(certificate_no="闽D0011")
    return post_of(actor)


def test_what_is_in_keeping_is_disposed_of_in_some_way(cast):
    case = filed(cast)
    kept = evidence.preserve(case=case, items=["课桌"], **KEEP, by=cast.officer, at=AT)
    dispose = partial(evidence.dispose, preservation=kept, by=cast.officer, at=AT)
    refused(
        case,
        ("选择处理方式", partial(dispose, disposal=Disposal.NONE, note="x")),
        ("写明处理情况", partial(dispose, disposal=Disposal.RETURNED, note=" ")),
    )


def test_a_review_says_something_and_ends_the_taking_of_evidence(cast):
    case = in_state(cast, S.CONCLUDED)
    refused(
        case,
        ("法制审核意见", partial(review.pass_review, case=case, opinion=" ", by=cast.legal, at=AT)),
        ("退回的理由", partial(review.return_review, case=case, opinion=" ", by=cast.legal, at=AT)),
        ("正在调查", by_officer(cast, evidence.add_evidence, case, facts=FACTS)),
    )


def test_nothing_to_punish_needs_no_notice(cast):
    case = filed(cast)
    evidence.add_evidence(case=case, facts=FACTS, by=cast.officer, at=AT)
    review.conclude(case=case, report="没有违法事实", sanctions=(), by=cast.officer, at=AT)
    review.pass_review(case=case, opinion="同意", by=cast.legal, at=AT)
    mild = partial(by_officer, cast, decision.propose_decision, case)
    refused(
        case,
        ("不需要告知", by_officer(cast, review.notify, case, contact=CONTACT)),
        ("写明处理理由", mild(opinion=opinion(Outcome.SPARE, grounds=" "))),
        ("移送单位", mild(opinion=opinion(Outcome.TRANSFER, transferred_to=" "))),
    )


def test_a_paper_reaches_the_party_in_a_way_that_can_be_proved(cast):
    case = in_state(cast, S.REVIEWED)
    paper = review.notify(case=case, contact=CONTACT, by=cast.officer, at=AT)
    give = partial(review.serve_paper, paper=paper, by=cast.officer, at=AT)
    sheet = CasePaper.objects.get(case=case, kind="case_filing")
    statement = {"text": "x", "given_by": "王某", "given_on": DAY}
    refused(
        case,
        ("选择送达方式", partial(give, service=Service.NONE, served_on=DAY)),
        ("不能早于文书日期", partial(give, service=Service.POST, served_on=YESTERDAY)),
        ("不能早于文书日期", partial(give, service=Service.POST, served_on=TOMORROW)),
        ("签收人", partial(give, service=Service.DIRECT, served_on=DAY, recipient=" ")),
        ("不需要送达", partial(give, paper=sheet, service=Service.POST, served_on=DAY)),
        ("还没有送达", by_officer(cast, say.take_statement, case, kind=StatementKind.DEFENCE, **statement)),
        ("还没有送达", by_officer(cast, say.end_say, case)),
    )
    void_document(document=paper.document, reason="写错", by=cast.second_officer, at=AT)
    refused(case, ("已作废", partial(give, service=Service.POST, served_on=DAY)))


def test_the_partys_words_are_words_of_their_time_and_answered_once(cast):
    case = told(cast)
    state = partial(by_officer, cast, say.take_statement, case, kind=StatementKind.DEFENCE, given_by="王某")
    refused(
        case,
        ("意见的内容", state(text=" ", given_on=DAY)),
        ("送达之日", state(text="x", given_on=YESTERDAY)),
        ("送达之日", state(text="x", given_on=TOMORROW)),
    )
    defence = said(cast, case, StatementKind.DEFENCE)
    answer = partial(say.answer_statement, accepted=False, by=cast.officer, at=AT)
    refused(case, ("复核意见", partial(answer, statement=defence, answer=" ")))
    answer(statement=defence, answer="事实清楚")
    waiver = said(cast, case, StatementKind.WAIVER)
    refused(case, *(("不需要复核", partial(answer, statement=one, answer="x")) for one in (defence, waiver)))


def test_a_hearing_is_called_once_held_in_time_and_recorded(cast):
    case = told(cast, STOP)
    defence = said(cast, case, StatementKind.DEFENCE)
    said(cast, case, StatementKind.HEARING)
    hearing = called(cast, case)
    plan = HearingPlan(host=post_of(cast.leader), planned_on=LATER.date(), place="会议室")
    hold = partial(say.hold_hearing, hearing=hearing, by=cast.officer, at=LATER)
    last = LATER.date()
    refused(
        case,
        ("已经通知听证", by_officer(cast, say.call_hearing, case, plan=plan)),
        ("听证情况", partial(hold, held_on=last, text=" ")),
        ("听证日期应在", partial(hold, held_on=last - timedelta(days=1), text="质证")),
        ("听证日期应在", partial(hold, held_on=last + timedelta(days=1), text="质证")),
        ("还没有复核", partial(hold, held_on=last, text="质证")),
    )
    say.answer_statement(statement=defence, accepted=False, answer="清楚", by=cast.officer, at=AT)
    hold(held_on=last, text="质证")
    refused(case, ("已经结束", partial(hold, held_on=last, text="质证")))
    other = in_hearing(cast)
    refused(other, ("非本案调查人员", by_officer(
        cast, say.call_hearing, other, plan=replace(plan, host=post_of(cast.city)))))  # fmt: skip


def test_a_decision_is_a_decision(cast):
    case = in_state(cast, S.HEARD)
    refused(
        case,
        ("至少写一项处罚", by_officer(
            cast, decision.propose_decision, case, opinion=replace(opinion(Outcome.PUNISH), sanctions=()))),
        ("重新调查的理由", by_officer(cast, say.reopen, case, reason=" ")),
    )  # fmt: skip
    case = in_state(cast, S.TO_DECIDE)
    refused(case, ("退回的理由", partial(decision.send_back_decision, case=case, opinion=" ", by=cast.leader, at=AT)))
    case = in_state(cast, S.DECIDED)
    refused(case, ("延长一次", partial(filing.extend_decision, case=case, reason="复杂", by=cast.leader, at=AT)))


def test_what_is_paid_or_done_belongs_to_the_decision_and_to_its_days(cast):
    case, other = executing(cast), executing(cast)
    fine, criticism = (case.penalties.get(stage="decided", kind=kind) for kind in ("fine", "criticism"))
    pay = partial(by_officer, cast, execution.record_fulfilment, case)
    refused(
        case,
        ("写明履行情况", pay(penalty=fine, done_on=DAY, amount=1, note=" ")),
        ("不在本案", pay(penalty=other.penalties.get(stage="decided", kind="fine"), done_on=DAY, amount=1, note="x")),
        ("送达之日", pay(penalty=fine, done_on=YESTERDAY, amount=1, note="x")),
        ("送达之日", pay(penalty=fine, done_on=TOMORROW, amount=1, note="x")),
        ("没有金额", pay(penalty=criticism, done_on=DAY, amount=1, note="x")),
        ("填写缴纳金额", pay(penalty=fine, done_on=DAY, note="x")),
        ("执行和结案", by_officer(cast, execution.ask_close, case, note=" ")),
        ("机关和文号", by_officer(cast, publication.overturn, case, on=DAY, authority=" ")),
        ("决定之日", by_officer(cast, publication.overturn, case, on=TOMORROW, authority="法院")),
        ("决定之日", by_officer(cast, publication.overturn, case, on=YESTERDAY, authority="法院")),
    )
    publication.overturn(case=case, on=DAY, authority="法院", by=cast.officer, at=AT)
    refused(
        case,
        ("已作出的决定", by_officer(cast, publication.overturn, case, on=DAY, authority="法院")),
        ("只有已送达", by_officer(cast, publication.publish_decision, case, words=words())),
    )


def test_a_spared_party_pays_nothing_and_is_not_published(cast):
    case = decided(cast, Outcome.SPARE)
    serve(cast, decision.make_decision(case=case, contact=CONTACT, by=cast.officer, at=AT))
    penalty = executing(cast).penalties.get(stage="decided", kind="fine")
    refused(
        case,
        ("登记履行情况", by_officer(
            cast, execution.record_fulfilment, case, penalty=penalty, done_on=DAY, amount=1, note="x")),
        ("只有已送达", by_officer(cast, publication.publish_decision, case, words=words())),
    )  # fmt: skip


def test_the_end_is_asked_for_and_put_away_in_words(cast):
    case = in_state(cast, S.CLOSING)
    fine = case.penalties.get(stage="decided", kind="fine")
    refused(
        case,
        ("退回的理由", partial(execution.keep_open, case=case, opinion=" ", by=cast.leader, at=AT)),
        ("登记履行情况", by_officer(
            cast, execution.record_fulfilment, case, penalty=fine, done_on=DAY, amount=1, note="x")),
    )  # fmt: skip
    case = in_state(cast, S.CLOSED)
    refused(case, ("案卷号", by_officer(cast, execution.archive, case, archive_no=" ")))


def test_what_is_taken_back_is_taken_back_once_and_says_why(cast):
    case = executing(cast)
    shown = publication.publish_decision(case=case, words=words(), by=cast.officer, at=AT)
    back = partial(publication.withdraw_publication, publication=shown, by=cast.officer, at=AT)
    refused(case, ("撤下的理由", partial(back, reason=" ")))
    back(reason="撤销")
    refused(case, ("公开中的决定", partial(back, reason="撤销")))


def test_another_turn_is_reviewed_and_told_again(cast):
    """What the lawyers said of the first turn does not hold for the second."""
    case = in_state(cast, S.HEARD)
    say.reopen(case=case, reason="新事实", by=cast.officer, at=AT)
    review.conclude(case=case, report="查明", sanctions=(STOP,), by=cast.officer, at=AT)
    row = Case.objects.get(pk=case.pk)
    assert (row.turn, row.reviewed_by, row.review_opinion) == (2, None, "")
