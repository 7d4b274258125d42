"""After the decision: what was paid or done, the end, the archive; the papers of filing and closing."""

from __future__ import annotations

from datetime import date, datetime

from cases import clocks, events, notices, papers, queries, rules, workflow
from cases.enums import MONEY, PenaltyKind
from cases.models import Case, CasePaper, Fulfilment, Penalty
from cases.telling import tell
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.enums import Limit
from foundation.documents.enums import DocumentKind


@operation
def record_fulfilment(
    *, case: Case, penalty: Penalty, done_on: date, note: str, by: Actor, at: datetime, amount: int | None = None
) -> Fulfilment:
    """Write down a payment (fen, with what it holds of the late fee) or what was done of another penalty.

    What is paid counts for the penalty first. Raises NotAllowed, InvalidInput (a day to come, no sum, more than owed).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_record_fulfilment, row)
    need_words(note, "note", "请写明履行情况。")
    owed = queries.decided(row).filter(pk=penalty.pk).first()
    if owed is None:
        raise Conflict("这项处罚不在本案的决定中。", code="penalty")
    served = queries.decision_paper(row).served_on
    if not served <= done_on <= local_date(at):
        raise invalid("done_on", f"日期应在决定书送达之日（{served}）至今天之间。", code="date")
    done = insert(
        Fulfilment(
            penalty=owed,
            done_on=done_on,
            amount=amount,
            late_fee=_beyond(row, owed, amount, done_on),
            note=note.strip(),
            recorded_by_id=by.user_id,
            recorded_at=at,
        )
    )
    if owed.kind == PenaltyKind.FINE and owed not in queries.unfulfilled(row):
        clocks.meet(row, Limit.FINE_PAYMENT, by=by, at=at)
    changes = {"penalty": [None, str(owed)], "amount": [None, amount], "late_fee": [None, done.late_fee]}
    record(events.FULFILLED, subject=row, by=by, at=at, changes=changes, reason=note)
    return done


def _beyond(case: Case, owed: Penalty, amount: int | None, done_on: date) -> int:
    """What a payment holds beyond the penalty itself: at most the late fee of that day. Raises InvalidInput."""
    if owed.kind not in MONEY:
        if amount:
            raise invalid("amount", "这项处罚没有金额。")
        return 0
    if not amount:
        raise InvalidInput("请填写缴纳金额。", code="amount", fields={"amount": ["请填写缴纳金额。"]})
    paid = sum((row.amount or 0) - row.late_fee for row in owed.fulfilments.all())
    beyond = max(paid + amount - (owed.amount or 0), 0)
    due_on = clocks.last_day(case, Limit.FINE_PAYMENT)
    fee = 0
    if owed.kind == PenaltyKind.FINE and due_on:
        fee = queries.late_fee(owed.amount or 0, due_on=due_on, paid_on=done_on)
    if beyond > fee:
        raise invalid("amount", "缴纳金额超过应缴的罚没款和加处罚款。")
    return beyond


@operation
def ask_close(*, case: Case, note: str, by: Actor, at: datetime) -> Case:
    """Ask for the case to be closed: everything is paid and done, or the note says why it cannot be.

    Raises NotAllowed, IllegalTransition, InvalidInput (no words).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_handle, row)
    need_words(note, "note", "请写明执行和结案情况。")
    fields = advance(row, workflow.ASK_CLOSE, at=at)
    row.closing_note, row.close_asked_by_id = note.strip(), by.user_id
    changes = update(row, *fields, "closing_note", "close_asked_by")
    open_ = [str(penalty) for penalty in queries.unfulfilled(row)]
    changes["unfulfilled"] = [None, open_ or "无"]
    record(events.CLOSE_ASKED, subject=row, by=by, at=at, changes=changes, reason=note)
    tell(row, notices.TO_CLOSE, at=at)
    return row


@operation
def approve_close(*, case: Case, by: Actor, at: datetime, opinion: str = "") -> Case:
    """Close the case; no clock of it runs on. Raises NotAllowed, IllegalTransition."""
    row = lock(Case, case.pk)
    authorize(by, rules.can_approve, row)
    fields = advance(row, workflow.CLOSE, at=at)
    row.closed_by_id, row.closed_on = by.user_id, local_date(at)
    changes = update(row, *fields, "closed_by", "closed_on")
    clocks.stop_all(row, reason="已结案", by=by, at=at)
    record(events.CLOSED, subject=row, by=by, at=at, changes=changes, reason=opinion)
    tell(row, notices.CLOSED, at=at)
    return row


@operation
def keep_open(*, case: Case, opinion: str, by: Actor, at: datetime) -> Case:
    """Send the request to close back. Raises NotAllowed, IllegalTransition, InvalidInput (no words)."""
    row = lock(Case, case.pk)
    authorize(by, rules.can_approve, row)
    need_words(opinion, "opinion", "请写明退回的理由。")
    changes = update(row, *advance(row, workflow.KEEP_OPEN, at=at))
    record(events.KEPT_OPEN, subject=row, by=by, at=at, changes=changes, reason=opinion)
    tell(row, notices.CLOSED, at=at)
    return row


@operation
def archive(*, case: Case, archive_no: str, by: Actor, at: datetime) -> Case:
    """Put the file away under its number. Raises NotAllowed, IllegalTransition, InvalidInput (no number)."""
    row = lock(Case, case.pk)
    authorize(by, rules.can_handle, row)
    need_words(archive_no, "archive_no", "请填写案卷号。")
    fields = advance(row, workflow.ARCHIVE, at=at)
    row.archive_no = archive_no.strip()
    changes = update(row, *fields, "archive_no")
    record(events.ARCHIVED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def print_sheet(*, case: Case, by: Actor, at: datetime) -> CasePaper:
    """Make the numbered sheet of what was approved: of the filing (or of declining it), or of the closing.

    The case takes its number from the sheet of its filing. Raises NotAllowed, Conflict (nothing to make).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_handle, row)
    kind = queries.sheet_due(row)
    if kind is None:
        raise Conflict("没有待制作的审批表。", code="sheet")
    if kind == DocumentKind.CASE_CLOSING:
        paper = papers.closing(row, by=by, at=at)
    else:
        paper = papers.filing(row, by=by, at=at)
        row.number = paper.document.number
        update(row, "number")
    record(events.SHEET_MADE, subject=row, by=by, at=at, changes={"number": [None, paper.document.number]})
    return paper
