"""Who may not: every operation of a case against everybody else, and the people who may not judge their own work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from cases.enums import CaseState, Disposal, StatementKind
from cases.models import Case
from cases.notices import CASE_MOVED
from cases.operations import decision, evidence, execution, filing, publication, review, say
from cases.operations.evidence import EvidenceFacts
from cases.operations.say import HearingPlan
from cases.papers import Talk
from enforcement.operations.orders import escalate_order
from foundation.accounts.enums import Can
from foundation.accounts.models import Post
from foundation.audit.models import Event
from foundation.core.errors import NotAllowed
from foundation.core.models import OutboxMessage
from tests.cases.factories import (
    CONTACT,
    FINE,
    LATER,
    called,
    executing,
    filed,
    in_hearing,
    in_state,
    opinion,
    said,
    shown,
    told,
    violation,
)
from tests.cases.test_filing import words
from tests.cast import NEIGHBOUR, Cast
from tests.clues.factories import clue
from tests.enforcement.factories import inspected, issued
from tests.inspections.campaigning import running
from tests.inspections.factories import AT, DAY
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
S = CaseState
#: Asked besides the one who may: both sides of the second person, other organs, other areas, and nobody.
OTHERS = ("officer", "leader", "legal", "city", "neighbour", "town", "discipline", "system", "public")
FACTS = EvidenceFacts(kind="record", title="笔录", shows="事实", taken_from="现场", taken_on=DAY, taken_by="两人")
TALK = Talk(
    asked="王某", relation="负责人", is_party=True, time="14:00", place="教育局", recorder="陈", shows="收费",
    talk=[["何时开始？", "九月"]],
)  # fmt: skip


def post_of(actor) -> Post:
    return Post.objects.get(pk=actor.post_id)


def kept(cast: Cast):
    return evidence.preserve(
        case=filed(cast), items=["课桌"], place="原址", keeper="王某", approved_by="局长", contact=CONTACT,
        by=cast.officer, at=AT,
    )  # fmt: skip


def published(cast: Cast):
    return publication.publish_decision(case=executing(cast), words=words(), by=cast.officer, at=AT)


def unserved(cast: Cast):
    return review.notify(case=in_state(cast, S.REVIEWED), contact=CONTACT, by=cast.officer, at=AT)


def with_evidence(cast: Cast) -> Case:
    case = filed(cast)
    shown(cast, case)
    return case


def certified(actor) -> Post:
    Post.objects.filter(pk=actor.post_id).update(certificate_no="闽D0009")
    return post_of(actor)


def state(wanted: CaseState) -> Callable[[Cast], Case]:
    return lambda cast: in_state(cast, wanted)


def acting(operation: Callable, name: str = "case", *, at: datetime = AT, **given) -> Callable:
    return lambda cast, row, by: operation(**{name: row}, **given, by=by, at=at)


PLAN = {"planned_on": LATER.date(), "place": "会议室"}
#: operation: (who may, what it is done to, how).
OPERATIONS: dict[str, tuple[str, Callable, Callable]] = {
    "approve_filing": ("leader", state(S.PROPOSED), acting(filing.approve_filing, opinion="同意")),
    "decline_filing": ("leader", state(S.PROPOSED), acting(filing.decline_filing, opinion="轻微")),
    "replace_officer": ("officer", filed, lambda cast, row, by: filing.replace_officer(
        case=row, leaving=row.officers.get(user=cast.second_officer.user_id), post=certified(cast.leader),
        reason="回避", by=by, at=AT)),
    "extend_decision": ("leader", filed, acting(filing.extend_decision, reason="复杂")),
    "tag_case": ("officer", lambda cast: (filed(cast), running(cast.officer)), lambda cast, row, by: filing.tag_case(
        case=row[0], campaign=row[1], by=by, at=AT)),
    "add_evidence": ("officer", filed, acting(evidence.add_evidence, facts=FACTS)),
    "question": ("officer", filed, acting(evidence.question, talk=TALK)),
    "preserve": ("officer", filed, acting(
        evidence.preserve, items=["课桌"], place="原址", keeper="王某", approved_by="局长", contact=CONTACT)),
    "dispose": ("officer", kept, acting(evidence.dispose, "preservation", disposal=Disposal.RETURNED, note="退还")),
    "conclude": ("officer", with_evidence, acting(review.conclude, report="查明", sanctions=(FINE,))),
    "pass_review": ("legal", state(S.CONCLUDED), acting(review.pass_review, opinion="可")),
    "return_review": ("legal", state(S.CONCLUDED), acting(review.return_review, opinion="补充")),
    "notify": ("officer", state(S.REVIEWED), acting(review.notify, contact=CONTACT)),
    "serve_paper": ("officer", unserved, acting(
        review.serve_paper, "paper", service="direct", served_on=DAY, recipient="王某")),
    "take_statement": ("officer", told, acting(
        say.take_statement, kind=StatementKind.DEFENCE, text="从轻", given_by="王某", given_on=DAY)),
    "answer_statement": ("officer", lambda cast: said(cast, told(cast), StatementKind.DEFENCE), acting(
        say.answer_statement, "statement", accepted=False, answer="不采纳")),
    "end_say": ("officer", told, acting(say.end_say, at=LATER)),
    "call_hearing": ("officer", in_hearing, lambda cast, row, by: say.call_hearing(
        case=row, plan=HearingPlan(host=post_of(cast.leader), **PLAN), by=by, at=AT)),
    "hold_hearing": ("officer", lambda cast: called(cast, in_hearing(cast)), acting(
        say.hold_hearing, "hearing", at=LATER, held_on=LATER.date(), text="质证")),
    "reopen": ("officer", state(S.HEARD), acting(say.reopen, reason="新事实")),
    "propose_decision": ("officer", state(S.HEARD), acting(decision.propose_decision, opinion=opinion())),
    "approve_decision": ("leader", state(S.TO_DECIDE), acting(decision.approve_decision, opinion="同意")),
    "send_back_decision": ("leader", state(S.TO_DECIDE), acting(decision.send_back_decision, opinion="再议")),
    "make_decision": ("officer", state(S.DECIDED), acting(decision.make_decision, contact=CONTACT, payment="银行")),
    "record_fulfilment": ("officer", executing, lambda cast, row, by: execution.record_fulfilment(
        case=row, penalty=row.penalties.get(stage="decided", kind="fine"), done_on=DAY, amount=100, note="缴", by=by,
        at=AT)),
    "ask_close": ("officer", executing, acting(execution.ask_close, note="完毕")),
    "approve_close": ("leader", state(S.CLOSING), acting(execution.approve_close)),
    "keep_open": ("leader", state(S.CLOSING), acting(execution.keep_open, opinion="未完")),
    "archive": ("officer", state(S.CLOSED), acting(execution.archive, archive_no="1")),
    "print_sheet": ("officer", state(S.CLOSED), acting(execution.print_sheet)),
    "publish_decision": ("officer", executing, acting(publication.publish_decision, words=words())),
    "overturn": ("officer", executing, acting(publication.overturn, on=DAY, authority="法院")),
    "withdraw_publication": ("officer", published, acting(
        publication.withdraw_publication, "publication", reason="撤销")),
}  # fmt: skip


#: After these somebody has to be told: who acts next, or who asked.
TELL = {
    *("approve_filing", "decline_filing", "conclude", "pass_review", "return_review", "propose_decision"),
    *("approve_decision", "send_back_decision", "ask_close", "approve_close", "keep_open"),
}


def told_and_noted() -> tuple[int, int]:
    """How many events cases have, and how many messages of them wait to be told."""
    noted = Event.objects.filter(kind__startswith="case.").count()
    return noted, OutboxMessage.objects.filter(kind=CASE_MOVED).count()


@pytest.mark.parametrize("name", OPERATIONS)
def test_one_does_it_and_nobody_else(cast, name):
    """Refused to all others without a trace; done by who may, with one event, and told where somebody waits for it."""
    who, make, act = OPERATIONS[name]
    row = make(cast)
    events = Event.objects.count()
    for other in OTHERS:
        if other != who:
            with pytest.raises(NotAllowed):
                act(cast, row, getattr(cast, other))
    assert Event.objects.count() == events
    allowed = getattr(cast, who)
    strangers = [replace(allowed, scope=frozenset()), replace(allowed, user_id=None)]  # no area; no person
    if who != "legal":  # a lawyer may sit elsewhere
        strangers.append(replace(allowed, organ_id=cast.city.organ_id))
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            act(cast, row, stranger)
    noted, telling = told_and_noted()
    act(cast, row, allowed)
    assert told_and_noted() == (noted + 1, telling + (name in TELL))


def test_all_operations_on_a_case_are_asked():
    modules = (decision, evidence, execution, filing, publication, review, say)
    every = {name for module in modules for name, one in vars(module).items() if getattr(one, "is_operation", False)}
    asked_elsewhere = {"propose_case", "take_evidence_file", "word_violation", "extend_deadline", "say_by_link"}
    assert every - asked_elsewhere == set(OPERATIONS)


#: (state, operation, who asks, the field that says who asked before).
OWN_WORK = [
    (S.PROPOSED, "approve_filing", "leader", "proposed_by"),
    (S.TO_DECIDE, "approve_decision", "leader", "decision_proposed_by"),
    (S.TO_DECIDE, "approve_decision", "leader", "concluded_by"),
    (S.CLOSING, "approve_close", "leader", "close_asked_by"),
    (S.CONCLUDED, "pass_review", "legal", "proposed_by"),
    (S.CONCLUDED, "pass_review", "legal", "concluded_by"),
]


@pytest.mark.parametrize(("state", "name", "who", "field"), OWN_WORK)
def test_who_asked_does_not_agree_though_they_hold_both_posts(cast, state, name, who, field):
    row = in_state(cast, state)
    judge = getattr(cast, who)
    Case.objects.filter(pk=row.pk).update(**{f"{field}_id": judge.user_id})
    with pytest.raises(NotAllowed):
        OPERATIONS[name][2](cast, row, judge)


@pytest.mark.parametrize(("who", "state", "name"), [
    ("leader", S.TO_DECIDE, "approve_decision"), ("legal", S.CONCLUDED, "pass_review"),
])  # fmt: skip
def test_who_handed_a_case_over_does_not_judge_it(cast, who, state, name):
    row = in_state(cast, state)
    judge = getattr(cast, who)
    row.officers.create(
        user_id=judge.user_id, name=judge.name, certificate_no="闽D0009", since=DAY, until=DAY, left_because="回避"
    )
    with pytest.raises(NotAllowed):
        OPERATIONS[name][2](cast, row, judge)


def propose(by, subject, **given):
    facts = {"source": "other", "source_note": "测试", "violation": violation(), "summary": "摘要", "subject": subject}
    return filing.propose_case(proposal=filing.Proposal(**facts | given), officers=[], by=by, at=AT)


def test_a_case_is_proposed_by_officers_about_their_area(cast):
    subject = institution(cast.officer)
    for by in (cast.leader, cast.legal, cast.city, cast.neighbour, cast.town, cast.system, cast.public):
        with pytest.raises(NotAllowed):
            propose(by, subject)


def test_a_case_grows_only_from_records_of_the_own_area_that_may_found_one(cast):
    """The party lies in the officer's area; the visit, order or clue does not, or is none to found a case on."""
    subject = institution(cast.neighbour, county=NEIGHBOUR)
    visit = inspected(cast)
    order = escalate_order(order=issued(cast), reason="拒不整改", by=cast.officer, at=AT)
    tip = clue(cast.officer)
    blind = replace(cast.officer, capabilities=cast.officer.capabilities - {Can.VIEW_CLUES})
    for origin in ({"visit": visit}, {"order": order}, {"clue": tip}):
        with pytest.raises(NotAllowed):
            propose(cast.neighbour, subject, **origin)
    with pytest.raises(NotAllowed, match="线索"):
        propose(blind, visit.institution, clue=tip)
    for field, flaw in (("voided_at", AT), ("kind", "supervisor"), ("covert", True)):
        flawed = inspected(cast)
        setattr(flawed, field, flaw)
        with pytest.raises(NotAllowed, match="已作废"):
            propose(cast.officer, flawed.institution, visit=flawed)


def test_words_of_clauses_are_kept_by_parameter_posts(cast):
    old = violation()
    fields = ("name", "conduct", "forbidden_by", "punished_by", "consequence", "competent")
    wording = publication.Wording(**{field: getattr(old, field) for field in fields})
    for other in OTHERS:
        with pytest.raises(NotAllowed):
            publication.word_violation(
                violation=old, wording=wording, since=LATER.date(), by=getattr(cast, other), at=AT
            )
