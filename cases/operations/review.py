"""From the end of the investigation to the notice: the report, the legal review, what the party is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from cases import clocks, events, notices, papers, queries, rules, workflow
from cases.enums import DECISIONS, NOTICES, Disposal, PenaltyKind, Stage
from cases.models import Case, CasePaper
from cases.sanctions import Sanction, enter_penalties
from cases.telling import tell
from enforcement.serving import check_service
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import update
from foundation.core.errors import Conflict, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.enums import Limit


@operation
def conclude(
    *,
    case: Case,
    report: str,
    sanctions: Sequence[Sanction],
    by: Actor,
    at: datetime,
    illegal_gains: int | None = None,
) -> Case:
    """End the investigation with a report and the penalties meant (none: nothing is to be punished), for review.

    Raises NotAllowed, IllegalTransition, InvalidInput (no report), Conflict (no evidence, something still in keeping).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_handle, row)
    need_words(report, "report", "请写明调查终结报告（查明的事实、证据和处理建议）。")
    fields = advance(row, workflow.CONCLUDE, at=at)
    if not row.evidence.exists():
        raise Conflict("还没有登记证据，不能终结调查。", code="no_evidence")
    if row.preservations.filter(disposal=Disposal.NONE).exists():
        raise Conflict("先行登记保存的证据还没有处理，不能终结调查。", code="in_keeping")
    row.report, row.illegal_gains, row.concluded_by_id = report.strip(), illegal_gains, by.user_id
    row.reviewed_by_id, row.review_opinion = None, ""
    row.turn += 1
    changes = update(row, *fields, "report", "illegal_gains", "concluded_by", "reviewed_by", "review_opinion", "turn")
    meant = enter_penalties(row, Stage.NOTICED, sanctions)
    changes["penalties"] = [None, [": ".join(papers.shown(one)) for one in meant]]
    record(events.CONCLUDED, subject=row, by=by, at=at, changes=changes)
    tell(row, notices.TO_REVIEW, at=at)
    return row


@operation
def pass_review(*, case: Case, opinion: str, by: Actor, at: datetime) -> Case:
    """The lawyers find all right. Raises NotAllowed, IllegalTransition, InvalidInput (no words)."""
    row = lock(Case, case.pk)
    authorize(by, rules.can_review, row)
    need_words(opinion, "opinion", "请填写法制审核意见。")
    return _review(row, workflow.PASS, events.REVIEW_PASSED, opinion, by=by, at=at)


@operation
def return_review(*, case: Case, opinion: str, by: Actor, at: datetime) -> Case:
    """The lawyers send the case back to be investigated further. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = lock(Case, case.pk)
    authorize(by, rules.can_review, row)
    need_words(opinion, "opinion", "请写明退回的理由和要补充的内容。")
    return _review(row, workflow.RETURN, events.REVIEW_RETURNED, opinion, by=by, at=at)


def _review(row: Case, step, event, opinion: str, *, by: Actor, at: datetime) -> Case:
    fields = advance(row, step, at=at)
    row.reviewed_by_id, row.review_opinion = by.user_id, opinion.strip()
    changes = update(row, *fields, "reviewed_by", "review_opinion")
    record(event, subject=row, by=by, at=at, changes=changes, reason=opinion)
    tell(row, notices.REVIEWED, at=at)
    return row


@operation
def notify(*, case: Case, contact: str, by: Actor, at: datetime) -> CasePaper:
    """Tell the party what it has to expect and what it may say: with the right to be heard where the law gives it.

    Raises NotAllowed, IllegalTransition, Conflict (no penalty is meant).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_handle, row)
    fields = advance(row, workflow.NOTIFY, at=at)
    if not queries.noticed(row).exists():
        raise Conflict("没有拟处罚内容，不需要告知，请直接提出不予处罚、撤案或移送。", code="no_penalty")
    paper = papers.notice(row, with_hearing=queries.may_be_heard(row), contact=contact, by=by, at=at)
    changes = update(row, *fields) | {"number": [None, paper.document.number]}
    record(events.NOTIFIED, subject=row, by=by, at=at, changes=changes)
    return paper


@operation
def serve_paper(
    *,
    paper: CasePaper,
    service: str,
    served_on: date,
    by: Actor,
    at: datetime,
    recipient: str = "",
    witness: str = "",
) -> CasePaper:
    """Say how and when a paper reached the party; its proof of service is made, and what hangs on it begins to run.

    After a notice the party's say begins, after a decision the term of payment. Raises NotAllowed, InvalidInput.
    """
    case = lock(Case, paper.case_id)
    row = lock(CasePaper, paper.pk)
    authorize(by, rules.can_serve, row)
    check_service(service, served_on, recipient, made_on=row.made_on, today=local_date(at))
    row.service, row.served_on = service, served_on
    row.recipient, row.witness = recipient.strip(), witness.strip()
    row.receipt = papers.receipt(
        row,
        service=row.get_service_display(),
        served_on=served_on,
        recipient=row.recipient,
        witness=row.witness,
        by=by,
        at=at,
    )
    changes = update(row, "service", "served_on", "recipient", "witness", "receipt")
    _go_on(case, row, by=by, at=at)
    record(events.PAPER_SERVED, subject=case, by=by, at=at, changes=changes | {"paper": [None, str(row)]})
    return row


def _go_on(case: Case, paper: CasePaper, *, by: Actor, at: datetime) -> None:
    if paper.kind in NOTICES:
        clocks.start(case, Limit.DEFENCE_STATEMENT, since=paper.served_on, by=by, at=at)
        if queries.may_be_heard(case):
            clocks.start(case, Limit.HEARING_REQUEST, since=paper.served_on, by=by, at=at)
    if paper.kind in DECISIONS:
        update(case, *advance(case, workflow.SERVE, at=at))
        clocks.meet(case, Limit.PENALTY_SERVICE, by=by, at=at)
        if any(penalty.kind == PenaltyKind.FINE for penalty in queries.decided(case)):
            clocks.start(case, Limit.FINE_PAYMENT, since=paper.served_on, by=by, at=at)
