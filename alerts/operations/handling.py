"""What people do with an alert: take it, end it, disagree, send somebody there, hold releases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse

from alerts import events, queries, rules, workflow
from alerts.enums import Action
from alerts.models import Alert
from alerts.scores import write_score
from assignments.enums import Urgency
from assignments.models import Assignment
from assignments.operations.assign import assign
from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import update
from foundation.core.errors import Conflict, need_words
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import Rule, authorize, operation
from foundation.core.workflow import Transition, advance
from foundation.deadlines.operations.deadlines import meet_deadline
from foundation.deadlines.queries import open_clocks_of
from institutions.models import Institution
from payouts.models import Hold
from payouts.operations.holds import hold_releases


@operation
def take_alert(*, alert: Alert, action: str, by: Actor, at: datetime) -> Alert:
    """I look after it, in this way; who had it before no more. Raises NotAllowed, Conflict (ended)."""
    row = _open_one(alert, rules.can_handle, by)
    row.owner_id, row.action = by.user_id, action
    record(events.ALERT_TAKEN, subject=row, by=by, at=at, changes=update(row, "owner", "action"))
    return row


@operation
def close_alert(*, alert: Alert, action: str, result: str, by: Actor, at: datetime) -> Alert:
    """It was dealt with, how, and with which result; its points leave the score at once.

    Raises NotAllowed, IllegalTransition, InvalidInput (no result).
    """
    return _end(alert, workflow.CLOSE, events.ALERT_CLOSED, result, action, by, at)


@operation
def disagree_with_alert(*, alert: Alert, reason: str, by: Actor, at: datetime) -> Alert:
    """The rule is right about its figures and wrong about the matter. Raises as ``close_alert`` does."""
    return _end(alert, workflow.DISAGREE, events.ALERT_DISAGREED, reason, "", by, at)


def _end(alert: Alert, step: Transition, kind: EventKind, words: str, action: str, by: Actor, at: datetime) -> Alert:
    home = lock(Institution, alert.institution_id)
    row = lock(Alert, alert.pk)
    authorize(by, rules.can_handle, row)
    fields = advance(row, step, at=at)
    need_words(words, "result", "请写明结果或理由。")
    row.result, row.ended_on, row.ended_by_id = words.strip(), local_date(at), by.user_id
    row.action = action or row.action
    changes = update(row, *fields, "result", "ended_on", "ended_by", "action")
    for clock in open_clocks_of(row):
        meet_deadline(deadline=clock, by=by, at=at)
    today = local_date(at)
    write_score(home, limits=queries.thresholds_of(home.jurisdiction_id, on=today), on=today)
    record(kind, subject=row, by=by, at=at, changes=changes, reason=row.result)
    return row


@operation
def send_visit(
    *, alert: Alert, organs: Sequence[Organ], due_on: date, content: str, by: Actor, at: datetime
) -> Assignment:
    """Ask organs to go there and look (交办). Raises NotAllowed, Conflict (ended), and what ``assign`` raises."""
    row = _open_one(alert, rules.can_handle, by)
    given = assign(
        title=f"上门核实{row.institution.name}"[:120],
        content=content,
        organs=organs,
        due_on=due_on,
        urgency=Urgency.URGENT,
        subject_url=reverse("admin:institutions_institution_change", args=[row.institution_id]),
        subject_label=row.institution.name,
        by=by,
        at=at,
    )
    row.owner_id, row.action = by.user_id, Action.VERIFY
    changes = update(row, "owner", "action") | {"assignment": [None, given.number]}
    record(events.VISIT_SENT, subject=row, by=by, at=at, changes=changes)
    return given


@operation
def hold_on_alert(*, alert: Alert, until_on: date, reason: str, by: Actor, at: datetime) -> Hold:
    """The leader stops releases until a day because of it; refunds go on.

    Raises NotAllowed, Conflict (ended), and what ``hold_releases`` raises.
    """
    row = _open_one(alert, rules.can_hold, by)
    hold = hold_releases(institution=row.institution, until_on=until_on, reason=reason, by=by, at=at)
    row.action = Action.FREEZE
    changes = update(row, "action") | {"until_on": [None, until_on]}
    record(events.RELEASES_HELD, subject=row, by=by, at=at, changes=changes, reason=hold.reason)
    return hold


def _open_one(alert: Alert, permits: Rule, by: Actor) -> Alert:
    row = lock(Alert, alert.pk)
    authorize(by, permits, row)
    if not workflow.CLOSE.starts_from(row.state):
        raise Conflict(f"这条预警{row.get_state_display()}，不用再处置。", code="over")
    return row
