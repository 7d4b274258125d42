"""A grade as proposed: shown for some days, in which the institution may object; another person answers."""

from __future__ import annotations

from datetime import date, datetime

from foundation.accounts.links import can_answer, locked_by
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from listings import clocks, events, notices, rating_rules, workflow
from listings.enums import GRADE_LINK, RatingState
from listings.models import Rating, RatingObjection


@operation
def propose_grade(*, rating: Rating, by: Actor, at: datetime) -> Rating:
    """Show what the grade is to be; from tomorrow the days for objections run, by the limit of the bureau.

    Raises NotAllowed (who had it reckoned, another area), IllegalTransition.
    """
    row = lock(Rating, rating.pk)
    authorize(by, rating_rules.can_propose_grade, row)
    fields = advance(row, workflow.PROPOSE_GRADE, at=at)
    row.published_by_id = by.user_id
    row.notice_until = clocks.start_notice(row, by=by, at=at).due_on
    changes = update(row, *fields, "published_by", "notice_until")
    record(events.GRADE_PROPOSED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def take_in_dispute(
    *, rating: Rating, text: str, given_by: str, received_on: date, by: Actor, at: datetime
) -> RatingObjection:
    """Write down what the institution says against its proposed grade, in the days in which it may.

    Raises NotAllowed, Conflict (not shown now, one waits for its answer), InvalidInput (no words, nobody named, a day
    to come or outside the days).
    """
    row = lock(Rating, rating.pk)
    authorize(by, rating_rules.can_take_objection, row)
    return _take_in(row, text, given_by, received_on, by=by, at=at)


@operation
def dispute_by_link(*, code: str, text: str, given_by: str, by: Actor, at: datetime) -> RatingObjection:
    """The institution itself objects, with its code (``code``: its hash); the same words again are the same objection.

    Raises NotAllowed (somebody who is logged in), Conflict (no such code, or no more), and as ``take_in_dispute``.
    """
    authorize(by, can_answer)
    row = locked_by(GRADE_LINK, Rating, code, at=at)
    if said := row.objections.filter(entered_by=None, text=text.strip(), given_by=given_by.strip()).first():
        return said
    scope = frozenset({row.institution.jurisdiction_id})
    said = _take_in(row, text, given_by, local_date(at), by=by.allowed(scope=scope), at=at)
    outbox.put(notices.GRADE_DISPUTED, at=at, objection_id=said.pk)
    return said


def _take_in(row: Rating, text: str, given_by: str, received_on: date, *, by: Actor, at: datetime) -> RatingObjection:
    if row.state != RatingState.NOTICE:
        raise Conflict("只有公示中的等级可以登记机构的异议。", code="window")
    need_words(text, "text", "请写明异议内容。")
    need_words(given_by, "given_by", "请填写由谁提出。")
    first = local_date(row.state_at)
    if not first <= received_on <= min(row.notice_until, local_date(at)):
        raise invalid("received_on", f"收到日期应在公示期内：{first}至{row.notice_until}，且不晚于今天。", code="date")
    said = insert(
        RatingObjection(
            rating=row,
            text=text.strip(),
            given_by=given_by.strip(),
            received_on=received_on,
            entered_by_id=by.user_id,
        )
    )
    changes = {"objections": [None, f"{said.given_by}，{len(said.text)}字"]}
    record(events.GRADE_DISPUTED, subject=row, by=by, at=at, changes=changes)
    return said


@operation
def answer_dispute(*, objection: RatingObjection, accepted: bool, answer: str, by: Actor, at: datetime) -> Rating:
    """Answer an objection: kept to, the grade waits on for its last day; given in to, it goes back to be reckoned anew.

    Raises NotAllowed (who wrote it down or had it reckoned), Conflict (answered, not shown any more), InvalidInput (no
    reasons).
    """
    row = lock(Rating, objection.rating_id)
    said = lock(RatingObjection, objection.pk)
    authorize(by, rating_rules.can_answer_objection, said)
    if said.accepted is not None or row.state != RatingState.NOTICE:
        raise Conflict("这份异议已经答复，或者评价已重新计算。", code="answered")
    need_words(answer, "answer", "请写明答复的理由。")
    said.accepted, said.answer = accepted, answer.strip()
    said.answered_by_id, said.answered_on = by.user_id, local_date(at)
    changes = update(said, "accepted", "answer", "answered_by", "answered_on")
    if accepted:
        fields = advance(row, workflow.UPHOLD, at=at)
        row.remark = f"采纳机构异议：{said.answer}"[:300]
        changes |= update(row, *fields, "remark")
        clocks.stop_notice(row, reason="采纳机构异议", by=by, at=at)
    record(events.DISPUTE_ANSWERED, subject=row, by=by, at=at, changes=changes, reason=answer)
    return row
