"""A clue is handed to a supervisor to look at, looked at on a visit, or taken back."""

from __future__ import annotations

from datetime import date, datetime

from clues.enums import ClueState
from clues.models import Clue
from clues.operations.clues import start_checking
from clues.rules import can_handle
from clues.timing import need_visit_day
from clues.workflow import CLUE
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import IllegalTransition, InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from inspections.models import Visit
from supervisors import events, notices, queries, rules, workflow
from supervisors.models import ClueTask, Supervisor


@operation
def assign_clue(*, clue: Clue, supervisor: Supervisor, due_on: date, by: Actor, at: datetime) -> ClueTask:
    """Ask a supervisor to look at what a clue speaks of: place and check points, never its text or sender.

    A clue that was only received is being checked from now on. Raises NotAllowed (elsewhere, out of office, an interest
    is declared), IllegalTransition (the clue has ended), Conflict (not before the day that protects its sender),
    InvalidInput (a day in the past, no place to go to).
    """
    row = lock(Clue, clue.pk)
    authorize(by, can_handle, row)
    authorize(by, rules.can_be_asked, supervisor, row, local_date(at))
    if CLUE.is_final(row.state):
        raise IllegalTransition("线索已办结，不能再交核查。")
    need_visit_day(row, on=local_date(at))
    if due_on < local_date(at):
        raise InvalidInput("完成期限不能早于今天。", code="date", fields={"due_on": ["完成期限不能早于今天。"]})
    place, address = queries.place_of(row)
    if row.state != ClueState.CHECKING:
        start_checking(clue=row, by=by, at=at)
    task = insert(
        ClueTask(
            clue=row,
            supervisor=supervisor,
            place=place,
            address=address,
            points=row.points,
            due_on=due_on,
            given_by_id=by.user_id,
            given_at=at,
            state_at=at,
        )
    )
    changes = {"supervisor": [None, supervisor.number], "due_on": [None, due_on]}
    record(events.TASK_GIVEN, subject=task, by=by, at=at, changes=changes)
    outbox.put(
        notices.FOR_SUPERVISOR,
        at=at,
        notice=notices.TASK_GIVEN.code,
        user_id=supervisor.user_id,
        title=f"请核查：{place}",
        model=task._meta.label_lower,
        pk=task.pk,
        page="phone:duty_tasks",
    )
    return task


@operation
def finish_task(*, task: ClueTask, visit: Visit, result: str, by: Actor, at: datetime) -> ClueTask:
    """The supervisor says which visit looked at it, and what was seen.

    Raises NotAllowed (another's), IllegalTransition, InvalidInput (another's visit, one elsewhere or before the task).
    """
    row = lock(ClueTask, task.pk)
    authorize(by, rules.can_finish_task, row)
    if visit not in queries.visits_for(row):
        raise InvalidInput("请选择派发之后对这一对象的走访记录。", code="visit", fields={"visit": ["请重新选择。"]})
    fields = advance(row, workflow.FINISH_TASK, at=at)
    row.visit, row.result = visit, result.strip()
    changes = update(row, *fields, "visit", "result")
    record(events.TASK_DONE, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def cancel_task(*, task: ClueTask, reason: str, by: Actor, at: datetime) -> ClueTask:
    """Whoever handles the clue takes the task back. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(ClueTask, task.pk)
    authorize(by, rules.can_take_back, row)
    need_words(reason, "reason", "请填写撤回理由。")
    fields = advance(row, workflow.CANCEL_TASK, at=at)
    row.reason = reason.strip()
    changes = update(row, *fields, "reason")
    record(events.TASK_CANCELLED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row
