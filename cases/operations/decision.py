"""The decision: proposed by one, approved by another, never heavier than the party was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases import clocks, events, notices, papers, queries, rules, workflow
from cases.enums import SERVED, CaseState, Outcome, Stage
from cases.models import Case, CasePaper
from cases.sanctions import Sanction, enter_penalties
from cases.telling import tell
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.enums import Limit

STEP_OF = {
    Outcome.PUNISH: workflow.DECIDE,
    Outcome.SPARE: workflow.DECIDE,
    Outcome.WITHDRAW: workflow.WITHDRAW,
    Outcome.TRANSFER: workflow.TRANSFER,
}


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What the case is to come to, and why. ``sanctions`` for a penalty only; ``discussion``: what those in charge said
    together (集体讨论), needed where the penalty is grave.
    """

    outcome: Outcome
    grounds: str
    sanctions: Sequence[Sanction] = ()
    discussion: str = ""
    transferred_to: str = ""


@operation
def propose_decision(*, case: Case, opinion: Opinion, by: Actor, at: datetime) -> Case:
    """Propose what the case comes to.

    Raises NotAllowed, IllegalTransition, InvalidInput (no grounds, no penalty, a grave one without a discussion, no
    organ to transfer to), Conflict (heavier than what the party was told: it has to be told again).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_handle, row)
    need_words(opinion.grounds, "grounds", "请写明处理理由。")
    step = workflow.PROPOSE if opinion.outcome == Outcome.PUNISH else workflow.PROPOSE_MILD
    fields = advance(row, step, at=at)
    _refuse_heavier(row, opinion)
    meant = enter_penalties(row, Stage.DECIDED, opinion.sanctions) if opinion.outcome == Outcome.PUNISH else []
    if any(queries.is_grave(penalty, row) for penalty in meant):
        need_words(opinion.discussion, "discussion", "较重的处罚须经负责人集体讨论，请填写讨论记录。")
    if opinion.outcome == Outcome.TRANSFER:
        need_words(opinion.transferred_to, "transferred_to", "请填写移送单位。")
    row.outcome, row.grounds, row.discussion = opinion.outcome, opinion.grounds.strip(), opinion.discussion.strip()
    row.transferred_to, row.decision_proposed_by_id = opinion.transferred_to.strip(), by.user_id
    names = ("outcome", "grounds", "discussion", "transferred_to", "decision_proposed_by")
    changes = update(row, *fields, *names)
    changes["penalties"] = [None, [": ".join(papers.shown(one)) for one in meant]]
    record(events.DECISION_PROPOSED, subject=row, by=by, at=at, changes=changes)
    tell(row, notices.TO_DECIDE, at=at)
    return row


def _refuse_heavier(case: Case, opinion: Opinion) -> None:
    """A penalty only of the kinds that the party was told of, and no larger sum (行政处罚法 §45)."""
    if opinion.outcome != Outcome.PUNISH:
        return
    if not opinion.sanctions:
        raise invalid("penalties", "请至少写一项处罚。")
    told = {penalty.kind: penalty.amount or 0 for penalty in queries.noticed(case)}
    for meant in opinion.sanctions:
        if meant.kind not in told or (meant.amount or 0) > told[meant.kind]:
            raise Conflict(
                "处罚不能重于已经告知的内容；确有必要的，请“重新调查”并重新告知当事人。", code="heavier_than_told"
            )


@operation
def approve_decision(*, case: Case, opinion: str, by: Actor, at: datetime) -> Case:
    """Decide as proposed: a decision is made and served, a withdrawal or a transfer ends the case.

    Raises NotAllowed (the one who proposed it, who handles the case), IllegalTransition.
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_approve, row)
    outcome = Outcome(row.outcome) if row.outcome else Outcome.PUNISH
    fields = advance(row, STEP_OF[outcome], at=at)
    row.decided_by_id, row.decided_on, row.decision_opinion = by.user_id, local_date(at), opinion.strip()
    changes = update(row, *fields, "decided_by", "decided_on", "decision_opinion")
    clocks.meet(row, Limit.PENALTY_DECISION, by=by, at=at)
    if outcome in SERVED:
        clocks.start(row, Limit.PENALTY_SERVICE, since=row.decided_on, by=by, at=at)
    else:
        clocks.stop_all(row, reason=row.get_state_display(), by=by, at=at)
    record(events.DECIDED, subject=row, by=by, at=at, changes=changes, reason=opinion)
    tell(row, notices.DECIDED, at=at)
    return row


@operation
def send_back_decision(*, case: Case, opinion: str, by: Actor, at: datetime) -> Case:
    """Let the proposal be thought over. Raises NotAllowed, IllegalTransition, InvalidInput (no words)."""
    row = lock(Case, case.pk)
    authorize(by, rules.can_approve, row)
    need_words(opinion, "opinion", "请写明退回的理由。")
    told = queries.notice_paper(row) is not None
    fields = advance(row, workflow.SEND_BACK if told else workflow.SEND_BACK_MILD, at=at)
    for penalty in queries.decided(row):
        penalty.dropped = True
        update(penalty, "dropped")
    changes = update(row, *fields)
    record(events.SENT_BACK, subject=row, by=by, at=at, changes=changes, reason=opinion)
    tell(row, notices.DECIDED, at=at)
    return row


@operation
def make_decision(*, case: Case, contact: str, by: Actor, at: datetime, payment: str = "") -> CasePaper:
    """Make the numbered paper of a decision that was approved, to be served.

    Raises NotAllowed, InvalidInput (a fine without a way to pay it), Conflict (not approved, made already).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_handle, row)
    if row.state != CaseState.DECIDED or queries.decision_paper(row):
        raise Conflict("决定尚未批准，或者决定书已经制作。", code="decision_paper")
    if any(penalty.amount for penalty in queries.decided(row)):
        need_words(payment, "payment", "有罚没款的，请写明缴纳方式。")
    paper = papers.decision(row, contact=contact, payment=payment.strip(), by=by, at=at)
    record(events.DECISION_MADE, subject=row, by=by, at=at, changes={"number": [None, paper.document.number]})
    return paper
