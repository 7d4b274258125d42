"""Two people at one case at the same moment: one wins, the other reads a sentence, nothing is doubled or left out."""

from __future__ import annotations

from collections import Counter

from cases.enums import CaseState, Disposal, PenaltyKind, Source
from cases.models import Case, CasePaper, Evidence, Fulfilment, Penalty, Publication
from cases.operations import decision, evidence, execution, filing, publication, review
from cases.operations.filing import Proposal
from enforcement.enums import Service
from enforcement.operations.orders import escalate_order
from foundation.accounts.enums import Role
from foundation.audit.models import Event
from foundation.core.actor import Actor
from foundation.deadlines.enums import Limit
from foundation.deadlines.models import Deadline
from tests.cases.factories import (
    BANK,
    CONTACT,
    certified,
    executing,
    filed,
    in_state,
    proposed,
    shown,
    violation,
)
from tests.cases.test_filing import words
from tests.cast import OWN, Cast, acting, build_cast, organ, person
from tests.enforcement.factories import issued
from tests.inspections.factories import AT
from tests.racing import one_wins, together

MOVED = "请刷新页面查看最新进展"


def events(case: Case) -> Counter:
    return Counter(Event.objects.filter(subject_type="cases.case", subject_id=case.pk).values_list("kind", flat=True))


def of_two_leaders_one_files_a_case_and_one_decides_it(cast: Cast, leaders: list[Actor]) -> None:
    case = proposed(cast)
    said = one_wins(*(lambda by=by: filing.approve_filing(case=case, opinion="同意", by=by, at=AT) for by in leaders))
    assert said == f"当前状态为“调查取证”，不能同意立案。{MOVED}。"
    assert events(case)["case.filed"] == 1
    assert Deadline.objects.filter(subject_id=case.pk, code=Limit.PENALTY_DECISION).count() == 1

    case = in_state(cast, CaseState.TO_DECIDE)
    first, second = leaders
    said = one_wins(
        lambda: decision.approve_decision(case=case, opinion="同意", by=first, at=AT),
        lambda: decision.send_back_decision(case=case, opinion="再议", by=second, at=AT),
    )
    assert MOVED in said
    row = Case.objects.get(pk=case.pk)
    decided = row.state == CaseState.DECIDED
    standing = Penalty.objects.filter(case=row, stage="decided", dropped=False).exists()
    assert (standing, events(row)["case.decided"], events(row)["case.sent_back"]) == (decided, decided, not decided)


def papers_are_made_and_served_once_and_numbered_without_gap(cast: Cast, leaders: list[Actor]) -> None:
    both = (cast.officer, cast.second_officer)
    case = in_state(cast, CaseState.DECIDED)
    said = one_wins(
        *(lambda by=by: decision.make_decision(case=case, contact=CONTACT, payment=BANK, by=by, at=AT) for by in both)
    )
    assert said == "决定尚未批准，或者决定书已经制作。"
    paper = CasePaper.objects.get(case=case, kind="penalty_decision")
    told = {"service": Service.DIRECT, "served_on": AT.date(), "recipient": "王某"}
    said = one_wins(*(lambda by=by: review.serve_paper(paper=paper, **told, by=by, at=AT) for by in both))
    assert said == "这份文书不需要送达、已经送达或已作废。"
    assert events(case)["case.paper_served"] == 2  # the notice before, and this one

    cases = [proposed(cast) for _ in range(3)]
    for each in cases:
        filing.approve_filing(case=each, opinion="同意", by=cast.leader, at=AT)
    together(*(lambda each=each: execution.print_sheet(case=each, by=cast.officer, at=AT) for each in cases))
    numbers = sorted(Case.objects.filter(pk__in=[each.pk for each in cases]).values_list("number", flat=True))
    taken = CasePaper.objects.filter(kind="case_filing").count()
    assert numbers == [f"思教立〔2026〕{number}号" for number in range(taken - 2, taken + 1)]


def evidence_is_numbered_on_and_what_is_in_keeping_is_decided_once(cast: Cast, leaders: list[Actor]) -> None:
    case = filed(cast)
    together(*(lambda: shown(cast, case) for _ in range(4)))
    assert list(Evidence.objects.filter(case=case).order_by("no").values_list("no", flat=True)) == [1, 2, 3, 4]
    kept = evidence.preserve(
        case=case, items=["课桌"], place="原址", keeper="王某", approved_by="局长", contact=CONTACT,
        by=cast.officer, at=AT,
    )  # fmt: skip
    said = one_wins(
        *(
            lambda way=way: evidence.dispose(preservation=kept, disposal=way, note="处理", by=cast.officer, at=AT)
            for way in (Disposal.RETURNED, Disposal.CONFISCATED)
        )
    )
    assert said == "只有尚未处理的登记保存可以处理。"
    assert events(case)["case.disposed"] == 1


def an_order_grows_into_one_case_however_many_propose_it(cast: Cast, leaders: list[Actor]) -> None:
    order = escalate_order(order=issued(cast), reason="拒不整改", by=cast.officer, at=AT)
    proposal = Proposal(
        source=Source.ORDER, order=order, violation=violation("W21"), summary="逾期未改", subject=order.institution
    )
    officers = certified(cast)
    said = one_wins(
        *(
            lambda by=by: filing.propose_case(proposal=proposal, officers=officers, by=by, at=AT)
            for by in (cast.officer, cast.second_officer)
        )
    )
    assert said == "只有状态为“转立案”、尚未立案的通知书可以提请立案。"
    assert Case.objects.filter(order=order).count() == 1


def a_fine_is_paid_once_a_term_extended_once_a_decision_published_once(cast: Cast, leaders: list[Actor]) -> None:
    case = executing(cast)
    fine = case.penalties.get(kind=PenaltyKind.FINE, stage="decided")
    pay = {"case": case, "penalty": fine, "done_on": AT.date(), "amount": fine.amount, "note": "缴款"}
    said = one_wins(*(lambda: execution.record_fulfilment(**pay, by=cast.officer, at=AT) for _ in range(2)))
    assert said == "缴纳金额超过应缴的罚没款和加处罚款。"
    assert Fulfilment.objects.filter(penalty=fine).count() == 1
    said = one_wins(
        *(lambda: publication.publish_decision(case=case, words=words(), by=cast.officer, at=AT) for _ in range(2))
    )
    assert said == "只有已送达的处罚决定可以公开，每个案件只公开一次。"
    assert Publication.objects.filter(case=case).count() == 1
    running = filed(cast)
    said = one_wins(
        *(lambda by=by: filing.extend_decision(case=running, reason="案情复杂", by=by, at=AT) for by in leaders)
    )
    assert said == "办案期限已延长过一次。"
    assert Deadline.objects.get(subject_id=running.pk, code=Limit.PENALTY_DECISION).extended_by == 30


RACES = (
    of_two_leaders_one_files_a_case_and_one_decides_it,
    papers_are_made_and_served_once_and_numbered_without_gap,
    evidence_is_numbered_on_and_what_is_in_keeping_is_decided_once,
    an_order_grows_into_one_case_however_many_propose_it,
    a_fine_is_paid_once_a_term_extended_once_a_decision_published_once,
)


def test_of_two_at_one_case_one_wins(committed_db):
    """All in one database of their own: to make one takes longer than a race."""
    cast = build_cast()
    leaders = [cast.leader, acting(person(Role.COUNTY_LEADER, organ(OWN), username="second-leader"))]
    for race in RACES:
        race(cast, leaders)
