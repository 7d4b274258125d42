"""Cases brought to any state through the operations, each step by the one who may take it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from cases.enums import CaseState, EvidenceKind, Outcome, PenaltyKind, Source, StatementKind
from cases.models import Case, CasePaper, Hearing, Violation
from cases.operations import decision, evidence, execution, filing, review, say
from cases.operations.decision import Opinion
from cases.operations.evidence import EvidenceFacts
from cases.operations.filing import Proposal
from cases.operations.say import HearingPlan
from cases.sanctions import Sanction
from enforcement.enums import Service
from foundation.accounts.models import Post
from foundation.core import clock
from foundation.core.clock import local_date
from institutions.models import Institution, UnlicensedSite
from tests.cast import Cast
from tests.enforcement.factories import inspected
from tests.inspections.factories import AT

FINE = Sanction(kind=PenaltyKind.FINE, amount=3_000_00)
CRITICISM = Sanction(kind=PenaltyKind.CRITICISM, detail="在全区范围内通报")
STOP = Sanction(kind=PenaltyKind.STOP_ENROLMENT, detail="停止招收学员3个月")
CONTACT, BANK = "执法股 0592-1234567", "建设银行思明支行 财政专户"
#: A moment after every term of the party's say that begins on the day of ``AT``.
LATER = AT + timedelta(days=14)


def certified(cast: Cast) -> list[Post]:
    """The two officers of the cast, with certificates."""
    for number, actor in enumerate((cast.officer, cast.second_officer), start=1):
        Post.objects.filter(pk=actor.post_id).update(certificate_no=f"闽D000{number}")
    return list(Post.objects.filter(pk__in=[cast.officer.post_id, cast.second_officer.post_id]).order_by("pk"))


def violation(code: str = "W18") -> Violation:
    return Violation.objects.get(code=code, effective_to=None)


def proposed(cast: Cast, subject: Institution | UnlicensedSite | None = None, *, at: datetime = AT, **given) -> Case:
    """A case proposed from a formal visit."""
    visit = given.get("visit") or inspected(cast, subject, at=at)
    facts = {
        "source": Source.VISIT,
        "visit": visit,
        "violation": violation(),
        "summary": "以家政服务名义在居民楼内开展学科类培训，现场十二名学生。",
        "subject": visit.institution or visit.unlicensed,
    }
    return filing.propose_case(proposal=Proposal(**facts | given), officers=certified(cast), by=cast.officer, at=at)


def proposed_today(cast: Cast, subject: Institution) -> Case:
    """A case of this very moment against a given party."""
    return proposed(cast, subject, at=clock.now())


def filed(cast: Cast, *, at: datetime = AT, **given) -> Case:
    case = proposed(cast, at=at, **given)
    filing.approve_filing(case=case, opinion="同意立案。", by=cast.leader, at=at)
    execution.print_sheet(case=case, by=cast.officer, at=at)
    return case


def shown(cast: Cast, case: Case, *, at: datetime = AT) -> None:
    """One piece of evidence, as the investigation needs."""
    facts = EvidenceFacts(
        kind=EvidenceKind.RECORD,
        title="现场检查笔录",
        shows="现场正在开展学科类培训",
        taken_from="现场检查",
        taken_on=local_date(at),
        taken_by="陈晓岚、林志远",
    )
    evidence.add_evidence(case=case, facts=facts, by=cast.officer, at=at)


def concluded(cast: Cast, *sanctions: Sanction, at: datetime = AT, **given) -> Case:
    case = filed(cast, at=at, **given)
    shown(cast, case, at=at)
    report = "经查，当事人未取得许可开展学科类培训，收费三千元。"
    review.conclude(
        case=case,
        report=report,
        sanctions=sanctions or (FINE, CRITICISM),
        illegal_gains=3_000_00,
        by=cast.officer,
        at=at,
    )
    return case


def reviewed(cast: Cast, *sanctions: Sanction, at: datetime = AT, **given) -> Case:
    case = concluded(cast, *sanctions, at=at, **given)
    review.pass_review(case=case, opinion="事实清楚，适用法律正确。", by=cast.legal, at=at)
    return case


def told(cast: Cast, *sanctions: Sanction, at: datetime = AT, **given) -> Case:
    """The notice made and served on the same day."""
    case = reviewed(cast, *sanctions, at=at, **given)
    serve(cast, review.notify(case=case, contact=CONTACT, by=cast.officer, at=at), at=at)
    return case


def serve(cast: Cast, paper: CasePaper, *, at: datetime = AT) -> CasePaper:
    return review.serve_paper(
        paper=paper,
        service=Service.DIRECT,
        served_on=local_date(at),
        recipient="王某",
        by=cast.officer,
        at=at,
    )


def said(cast: Cast, case: Case, kind: StatementKind, *, on: date | None = None, at: datetime = AT):
    return say.take_statement(
        case=case,
        kind=kind,
        text="收入不多，请从轻。",
        given_by="王某",
        given_on=on or local_date(at),
        by=cast.officer,
        at=at,
    )


def in_hearing(cast: Cast, *, at: datetime = AT) -> Case:
    case = told(cast, STOP, at=at)
    said(cast, case, StatementKind.HEARING, at=at)
    return case


def called(cast: Cast, case: Case, *, at: datetime = AT) -> Hearing:
    plan = HearingPlan(
        host=Post.objects.get(pk=cast.leader.post_id), planned_on=local_date(LATER), place="区教育局三楼会议室"
    )
    return say.call_hearing(case=case, plan=plan, by=cast.officer, at=at)


def heard(cast: Cast, *sanctions: Sanction, at: datetime = AT, **given) -> Case:
    """The party waived its say."""
    case = told(cast, *sanctions, at=at, **given)
    said(cast, case, StatementKind.WAIVER, at=at)
    say.end_say(case=case, by=cast.officer, at=at)
    return case


def opinion(outcome: Outcome = Outcome.PUNISH, *sanctions: Sanction, **given) -> Opinion:
    facts = {"grounds": "主动退费，从轻处罚。", "discussion": "", "transferred_to": ""}
    if outcome == Outcome.PUNISH:
        facts["sanctions"] = sanctions or (FINE, CRITICISM)
    if outcome == Outcome.TRANSFER:
        facts["transferred_to"] = "思明区市场监督管理局"
    return Opinion(outcome=outcome, **facts | given)


def to_decide(cast: Cast, outcome: Outcome = Outcome.PUNISH, *, at: datetime = AT, **given) -> Case:
    mild = outcome != Outcome.PUNISH
    case = reviewed(cast, at=at, **given) if mild else heard(cast, at=at, **given)
    decision.propose_decision(case=case, opinion=opinion(outcome), by=cast.officer, at=at)
    return case


def decided(cast: Cast, outcome: Outcome = Outcome.PUNISH, *, at: datetime = AT, **given) -> Case:
    case = to_decide(cast, outcome, at=at, **given)
    decision.approve_decision(case=case, opinion="同意。", by=cast.leader, at=at)
    return case


def executing(cast: Cast, *, at: datetime = AT, **given) -> Case:
    case = decided(cast, at=at, **given)
    serve(cast, decision.make_decision(case=case, contact=CONTACT, payment=BANK, by=cast.officer, at=at), at=at)
    return Case.objects.get(pk=case.pk)


def paid(cast: Cast, case: Case, *, at: datetime = AT, on: date | None = None) -> None:
    """Everything of the decision is paid and done."""
    for penalty in case.penalties.filter(stage="decided", dropped=False):
        execution.record_fulfilment(
            case=case,
            penalty=penalty,
            done_on=on or local_date(at),
            amount=penalty.amount,
            note="已履行",
            by=cast.officer,
            at=at,
        )


def closing(cast: Cast, *, at: datetime = AT, **given) -> Case:
    case = executing(cast, at=at, **given)
    paid(cast, case, at=at)
    execution.ask_close(case=case, note="罚款已缴，培训已停止。", by=cast.officer, at=at)
    return case


def closed(cast: Cast, *, at: datetime = AT, **given) -> Case:
    case = closing(cast, at=at, **given)
    execution.approve_close(case=case, by=cast.leader, at=at)
    return case


def declined(cast: Cast) -> Case:
    case = proposed(cast)
    filing.decline_filing(case=case, opinion="情节轻微，已当场改正。", by=cast.leader, at=AT)
    return case


def archived(cast: Cast) -> Case:
    case = closed(cast)
    execution.archive(case=case, archive_no="2026-001", by=cast.officer, at=AT)
    return case


WAYS: dict[CaseState, Callable[[Cast], Case]] = {
    CaseState.PROPOSED: proposed,
    CaseState.DECLINED: declined,
    CaseState.INVESTIGATING: filed,
    CaseState.CONCLUDED: concluded,
    CaseState.REVIEWED: reviewed,
    CaseState.NOTIFIED: told,
    CaseState.HEARING: in_hearing,
    CaseState.HEARD: heard,
    CaseState.TO_DECIDE: to_decide,
    CaseState.DECIDED: decided,
    CaseState.EXECUTING: executing,
    CaseState.CLOSING: closing,
    CaseState.CLOSED: closed,
    CaseState.WITHDRAWN: lambda cast: decided(cast, Outcome.WITHDRAW),
    CaseState.TRANSFERRED: lambda cast: decided(cast, Outcome.TRANSFER),
    CaseState.ARCHIVED: archived,
}


def in_state(cast: Cast, state: CaseState) -> Case:
    """A case that has come this far, as the database knows it."""
    return Case.objects.get(pk=WAYS[state](cast).pk)
