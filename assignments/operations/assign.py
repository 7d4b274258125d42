"""Giving, receiving, answering and judging assignments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from assignments import events, notices, rules, workflow
from assignments.enums import Urgency
from assignments.models import Assignment, Part
from foundation.accounts.enums import Can
from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.numbers import next_number
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.models import Deadline
from foundation.deadlines.operations.deadlines import cancel_deadline, meet_deadline, start_deadline
from foundation.deadlines.queries import open_clocks_of
from foundation.deadlines.rules import RUN_DEADLINES
from foundation.notifications.kinds import NoticeKind
from foundation.regions.models import Jurisdiction

DEADLINE = "assignment.answer"


@operation
def assign(
    *,
    title: str,
    content: str,
    organs: Sequence[Organ],
    due_on: date,
    by: Actor,
    at: datetime,
    urgency: str = Urgency.NORMAL,
    parent: Part | None = None,
    subject_url: str = "",
    subject_label: str = "",
    matter: str = "",
) -> Assignment:
    """Ask organs to do something by a day; each gets its own part with its own deadline.

    ``parent`` is the part that is being passed further down. Raises NotAllowed (an organ outside the area, a superior,
    oneself, a bank), InvalidInput (nobody named, a day in the past, later than what is being passed on).
    """
    authorize(by, rules.can_assign)
    if not organs:
        raise InvalidInput("请至少选择一个承办单位。", code="organs", fields={"organs": ["请至少选择一个承办单位。"]})
    if due_on < local_date(at):
        raise InvalidInput("办理期限不能早于今天。", code="date", fields={"due_on": ["办理期限不能早于今天。"]})
    for organ in organs:
        authorize(by, rules.can_assign_to, organ)
    if parent is not None:
        parent = lock(Part, parent.pk)
        authorize(by, rules.can_pass_on, parent)
        if due_on > parent.due_on:
            raise InvalidInput(f"转办期限不能晚于本单位的办理期限{parent.due_on}。", code="date")
    giver = Organ.objects.get(pk=by.organ_id)
    lock(Jurisdiction, giver.jurisdiction_id)  # numbers of one bureau are given one after the other
    row = insert(
        Assignment(
            number=_next_number(giver, at),
            jurisdiction=giver.jurisdiction,
            organ=giver,
            issued_by_id=by.user_id,
            issued_at=at,
            title=title,
            content=content,
            urgency=urgency,
            due_on=due_on,
            parent=parent,
            subject_url=subject_url,
            subject_label=subject_label,
            matter=matter or (parent.assignment.matter if parent else ""),
        )
    )
    for organ in organs:
        part = insert(Part(assignment=row, organ=organ, jurisdiction=organ.jurisdiction, state_at=at, due_on=due_on))
        _start_clock(part, due_on, by, at)
        _tell(part, notices.GIVEN, at)
    changes = {"organs": [None, [organ.name for organ in organs]], "due_on": [None, due_on]}
    record(events.ASSIGNED, subject=row, by=by, at=at, changes=changes)
    return row


def _next_number(giver: Organ, at: datetime) -> str:
    return next_number(Assignment, f"JB-{giver.jurisdiction.code}-{local_date(at).year}-")


@operation
def receive(*, part: Part, by: Actor, at: datetime) -> Part:
    """The receiving organ takes note. Raises NotAllowed, IllegalTransition."""
    row = lock(Part, part.pk)
    authorize(by, rules.can_answer, row)
    fields = advance(row, workflow.RECEIVE, at=at)
    row.received_at = at
    changes = update(row, *fields, "received_at")
    record(events.RECEIVED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def answer(*, part: Part, result: str, by: Actor, at: datetime) -> Part:
    """The receiving organ says what it did; its clock stops. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = lock(Part, part.pk)
    authorize(by, rules.can_answer, row)
    need_words(result, "result", "请填写办理情况。")
    fields = advance(row, workflow.ANSWER, at=at)
    row.result, row.answered_at = result.strip(), at
    changes = update(row, *fields, "result", "answered_at")
    for deadline in _running(row):
        meet_deadline(deadline=deadline, by=_keeper(by, row), at=at)
    _tell(row, notices.ANSWERED, at)
    record(events.ANSWERED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def send_back(*, part: Part, remark: str, due_on: date, by: Actor, at: datetime) -> Part:
    """The giver wants it done again, by a new day. Raises NotAllowed, IllegalTransition, InvalidInput (no remark)."""
    row = lock(Part, part.pk)
    authorize(by, rules.can_judge, row)
    need_words(remark, "remark", "请写明退回理由。")
    if due_on < local_date(at):
        raise InvalidInput("新的办理期限不能早于今天。", code="date", fields={"due_on": ["不能早于今天。"]})
    fields = advance(row, workflow.SEND_BACK, at=at)
    row.remark, row.due_on, row.returns = remark.strip(), due_on, row.returns + 1
    changes = update(row, *fields, "remark", "due_on", "returns")
    _start_clock(row, due_on, by, at)
    _tell(row, notices.RETURNED, at)
    record(events.SENT_BACK, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row


@operation
def accept(*, part: Part, by: Actor, at: datetime, remark: str = "") -> Part:
    """The giver closes the part. Raises NotAllowed, IllegalTransition, never before an answer."""
    row = lock(Part, part.pk)
    authorize(by, rules.can_judge, row)
    fields = advance(row, workflow.ACCEPT, at=at)
    row.remark, row.closed_at = remark.strip(), at
    changes = update(row, *fields, "remark", "closed_at")
    _tell(row, notices.ACCEPTED, at)
    record(events.ACCEPTED, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row


@operation
def cancel(*, part: Part, reason: str, by: Actor, at: datetime) -> Part:
    """The giver takes it back. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(Part, part.pk)
    authorize(by, rules.can_judge, row)
    need_words(reason, "reason", "请填写撤回理由。")
    fields = advance(row, workflow.CANCEL, at=at)
    changes = update(row, *fields)
    for deadline in _running(row):
        cancel_deadline(deadline=deadline, reason=reason, by=_keeper(by, row), at=at)
    _tell(row, notices.CANCELLED, at)
    record(events.CANCELLED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


def _tell(part: Part, notice: NoticeKind, at: datetime) -> None:
    outbox.put(notices.PART_MOVED, at=at, part_id=part.pk, notice=notice.code, round=part.returns)


def _keeper(by: Actor, part: Part) -> Actor:
    """The same person, allowed to run this part's clock: the rule of the calling operation has decided that already."""
    return by.allowed(RUN_DEADLINES, scope=frozenset({part.jurisdiction_id}))


def _start_clock(part: Part, due_on: date, by: Actor, at: datetime) -> None:
    start_deadline(
        subject=part,
        code=DEADLINE,
        started_on=local_date(at),
        due_on=due_on,
        title="交办反馈",
        label=f"{part.assignment.title} · {part.organ}",
        url=reverse("admin:assignments_part_change", args=[part.pk]),
        capability=Can.ANSWER_ASSIGNMENT,
        jurisdiction=part.jurisdiction,
        organ=part.organ,
        matter=part.assignment.matter,
        by=_keeper(by, part),
        at=at,
    )


def _running(part: Part) -> QuerySet[Deadline]:
    return open_clocks_of(part).filter(code=DEADLINE)
