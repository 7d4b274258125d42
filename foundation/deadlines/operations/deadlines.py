"""Starting, meeting, cancelling, extending, pausing and resuming a deadline."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models

from foundation.accounts.models import Organ, Post
from foundation.audit import record as audit
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.regions.models import Division, Jurisdiction

from .. import events, queries, rules, workflow
from ..calendars import DAY, Answer
from ..models import Deadline, LimitRule, Pause
from ..reckoning import due_on as reckon
from ..working_days import calendar, hold_calendar


@operation
def start_deadline(
    *,
    subject: models.Model,
    code: str,
    started_on: date,
    capability: str,
    jurisdiction: Jurisdiction,
    by: Actor,
    at: datetime,
    title: str = "",
    label: str = "",
    url: str = "",
    due_on: date | None = None,
    division: Division | None = None,
    category: str = "",
    organ: Organ | None = None,
    post: Post | None = None,
    matter: str = "",
    confidential: bool = False,
) -> Deadline:
    """Let a clock run over ``subject``: by the limit of ``code`` in that place, or until a date that a person set.

    ``capability`` names who has to act. The day of start is not counted. Where the count leans on a year without a
    confirmed notice, ``warning`` says so. One open deadline a subject and code. ``confidential``: seen only by those
    who have the capability.
    """
    hold_calendar()
    about = _about(subject, label, matter)
    place = {"jurisdiction": jurisdiction, "division": division, "category": category, "organ": organ, "post": post}
    deadline = Deadline(code=code, started_on=started_on, url=url, capability=capability, state_at=at, **about, **place)
    deadline.confidential = confidential
    authorize(by, rules.can_start_deadline, deadline)
    deadline.fixed_due_on = due_on
    if due_on is None:
        _by_rule(deadline, queries.limit_for(code, jurisdiction, started_on))
    deadline.title = title or (deadline.rule.name if deadline.rule else "限期办理")
    _settle(deadline, pauses=[])
    insert(deadline)
    changes = {"started_on": [None, started_on], "due_on": [None, deadline.due_on]}
    audit.record(events.DEADLINE_STARTED, subject=deadline, by=by, at=at, changes=changes, reason=deadline.warning)
    return deadline


def _about(subject: models.Model, label: str, matter: str) -> dict[str, object]:
    return {
        "subject_type": subject._meta.label_lower,
        "subject_id": subject.pk,
        "subject_label": (label or str(subject))[:200],
        "matter": matter or getattr(subject, "matter", ""),
    }


def _by_rule(deadline: Deadline, limit: LimitRule) -> None:
    deadline.rule = limit
    deadline.amount, deadline.unit, deadline.rolls_over = limit.amount, limit.unit, limit.rolls_over


def _settle(deadline: Deadline, *, pauses: list[tuple[date, date | None]]) -> list[str]:
    """Set due day and warning from the count; returns the names of the fields."""
    answer: Answer[date] = (
        Answer(deadline.fixed_due_on)
        if deadline.fixed_due_on
        else reckon(queries.term_of(deadline, pauses), calendar())
    )
    deadline.due_on, deadline.warning = answer.value, answer.warning
    return ["due_on", "warning"]


@operation
def meet_deadline(*, deadline: Deadline, by: Actor, at: datetime) -> Deadline:
    """What had to be done is done; late or not is read from ``met_at`` and ``due_on``."""
    deadline = lock(Deadline, deadline.pk)
    authorize(by, rules.can_run_deadline, deadline)
    fields = advance(deadline, workflow.MEET, at=at)
    deadline.met_at = at
    changes = update(deadline, *fields, "met_at")
    _end_pause(deadline, on=local_date(at))
    audit.record(events.DEADLINE_MET, subject=deadline, by=by, at=at, changes=changes)
    return deadline


@operation
def cancel_deadline(*, deadline: Deadline, reason: str, by: Actor, at: datetime) -> Deadline:
    """The matter fell away; nothing is expected any more. Needs a reason."""
    deadline = lock(Deadline, deadline.pk)
    authorize(by, rules.can_run_deadline, deadline)
    fields = advance(deadline, workflow.CANCEL, at=at)
    _require(reason)
    deadline.cancelled_at = at
    changes = update(deadline, *fields, "cancelled_at")
    _end_pause(deadline, on=local_date(at))
    audit.record(events.DEADLINE_CANCELLED, subject=deadline, by=by, at=at, changes=changes, reason=reason)
    return deadline


@operation
def extend_deadline(
    *,
    deadline: Deadline,
    reason: str,
    by: Actor,
    at: datetime,
    amount: int | None = None,
    until: date | None = None,
) -> Deadline:
    """Add ``amount`` in the deadline's own unit, or set a later last day ``until``: one of the two, with a reason."""
    hold_calendar()
    deadline = lock(Deadline, deadline.pk)
    authorize(by, rules.can_run_deadline, deadline)
    advance(deadline, workflow.EXTEND, at=deadline.state_at)
    _require(reason)
    before = deadline.due_on
    if (amount is None) == (until is None):
        raise InvalidInput("请填写延长的时长或新的到期日，二者填一项。", code="extension_one_of")
    if amount is not None:
        if deadline.fixed_due_on:
            raise InvalidInput("该期限为指定日期，请直接填写新的到期日。", code="extension_fixed")
        deadline.extended_by += amount
    else:
        deadline.fixed_due_on = until
    _settle(deadline, pauses=queries.pauses_of(deadline))
    if deadline.due_on <= before:
        raise InvalidInput(f"延长后的到期日应晚于原到期日 {before}。", code="extension_not_later")
    changes = update(deadline, "fixed_due_on", "extended_by", "due_on", "warning")
    audit.record(events.DEADLINE_EXTENDED, subject=deadline, by=by, at=at, changes=changes, reason=reason)
    return deadline


@operation
def pause_deadline(*, deadline: Deadline, reason: str, by: Actor, at: datetime) -> Deadline:
    """Stop counting from today on (expert opinion, appraisal, force majeure); today does not count. Needs a reason."""
    deadline = lock(Deadline, deadline.pk)
    authorize(by, rules.can_run_deadline, deadline)
    fields = advance(deadline, workflow.PAUSE, at=at)
    _require(reason)
    today = local_date(at)
    if deadline.due_on < today:
        raise InvalidInput(f"期限已于 {deadline.due_on} 届满，不能再中止。", code="pause_after_due")
    insert(Pause(deadline=deadline, from_on=max(today, deadline.started_on + DAY), reason=reason))
    changes = update(deadline, *fields)
    audit.record(events.DEADLINE_PAUSED, subject=deadline, by=by, at=at, changes=changes, reason=reason)
    return deadline


@operation
def resume_deadline(*, deadline: Deadline, by: Actor, at: datetime) -> Deadline:
    """Count on from today; the last day moves by what did not count."""
    hold_calendar()
    deadline = lock(Deadline, deadline.pk)
    authorize(by, rules.can_run_deadline, deadline)
    fields = advance(deadline, workflow.RESUME, at=at)
    today = local_date(at)
    days = _end_pause(deadline, on=today)
    deadline.paused_days += days
    if deadline.fixed_due_on:
        deadline.fixed_due_on += days * DAY
    fields += _settle(deadline, pauses=queries.pauses_of(deadline))
    changes = update(deadline, *fields, "paused_days", "fixed_due_on")
    audit.record(events.DEADLINE_RESUMED, subject=deadline, by=by, at=at, changes=changes)
    return deadline


def _end_pause(deadline: Deadline, *, on: date) -> int:
    """Close the open pause, if any; returns how many days it lasted."""
    pause = deadline.pauses.filter(resumed_on__isnull=True).first()
    if pause is None:
        return 0
    pause.resumed_on = max(on, pause.from_on)
    update(pause, "resumed_on")
    return (pause.resumed_on - pause.from_on).days


def _require(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput("请写明理由。", code="reason_missing", fields={"reason": ["请写明理由。"]})
