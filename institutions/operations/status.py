"""Status and standing: dated events, never overwritten; the columns on the institution only serve lists of today."""

from __future__ import annotations

from datetime import date, datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert
from foundation.core.errors import IllegalTransition, InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from institutions import events, periods, queries, rules, workflow
from institutions.enums import Status
from institutions.models import Institution, StandingEvent, StatusEvent
from institutions.present import refresh_cached


@operation
def change_status(
    *, institution: Institution, status: str, effective_on: date, reason: str, by: Actor, at: datetime
) -> Institution:
    """Give the institution another status from a day on; a day in the future takes effect by itself then.

    Raises NotAllowed, IllegalTransition (an ended institution, or no change), InvalidInput (no reason, or a day before
    the present status began: that is a correction).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_edit, row)
    need_words(reason, "reason", "请填写变更事由。")
    last = queries.last_status_event(row)
    if last is not None and effective_on < last.effective_on:
        raise InvalidInput(
            f"生效日期早于当前状态的生效日期{last.effective_on}，请使用“更正状态记录”。", code="date_order"
        )
    before = last.status if last else row.status
    if not workflow.may_follow(before, status):
        raise IllegalTransition(f"状态为“{Status(before).label}”的机构不能变更为“{Status(status).label}”。")
    insert(
        StatusEvent(
            institution=row,
            status=status,
            category=row.category,
            site_type=row.site_type,
            effective_on=effective_on,
            recorded_at=at,
            reason=reason,
        )
    )
    changes = {"status": [before, status], "effective_on": [None, effective_on]}
    record(events.STATUS_CHANGED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return refresh_cached(row, on=local_date(at))


@operation
def correct_status(
    *,
    event: StatusEvent,
    by: Actor,
    at: datetime,
    reason: str,
    status: str | None = None,
    effective_on: date | None = None,
    category: str | None = None,
) -> Institution:
    """Replace a status record that was wrong, or withdraw it (no status given). The old record stays readable.

    Raises NotAllowed, InvalidInput (no reason; the only record cannot be withdrawn; the record in force would say
    another category or type than the register), or the constraint's message when the record was corrected before.
    """
    row = lock(Institution, event.institution_id)
    authorize(by, rules.can_edit, row)
    need_words(reason, "reason", "请填写更正理由。")
    if status is None and StatusEvent.objects.filter(institution=row).believed().count() == 1:
        raise InvalidInput("这是唯一的状态记录，只能更正，不能撤销。", code="last_status")
    insert(
        StatusEvent(
            institution=row,
            status=status or event.status,
            category=category or event.category,
            site_type=event.site_type,
            effective_on=effective_on or event.effective_on,
            recorded_at=at,
            reason=reason,
            replaces=event,
            withdrawn=status is None,
        )
    )
    _need_kind_of_register(row, on=local_date(at))
    changes = {
        "category": [event.category, (category or event.category) if status else None],
        "status": [event.status, status],
        "effective_on": [event.effective_on, (effective_on or event.effective_on) if status else None],
    }
    record(events.STATUS_CORRECTED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return refresh_cached(row, on=local_date(at))


def _need_kind_of_register(row: Institution, *, on: date) -> None:
    """Lists show the column, figures of a day the records: both say the same today."""
    present = StatusEvent.objects.filter(institution=row).as_of(on).first()
    for name, label in (("category", "类别"), ("site_type", "机构类型")) if present is not None else ():
        then, now = (getattr(each, f"get_{name}_display")() for each in (present, row))
        if then != now:
            words = f"更正后现行记录的{label}将是{then}，而名录中是{now}。"
            way = f"要变更{label}，请用“变更信息”。"
            raise InvalidInput(words + way, code="category", fields={"category": [words]})


@operation
def set_standing(
    *,
    institution: Institution,
    kind: str,
    value: str,
    effective_on: date,
    by: Actor,
    at: datetime,
    reason: str,
    detail: str = "",
    until: date | None = None,
    source: str = "",
) -> Institution:
    """Set one kind of standing from a day on; an empty value ends it. Called by the apps that decide it.

    Raises NotAllowed, InvalidInput (no reason).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_set_standing, row, kind)
    if not reason.strip():
        raise InvalidInput("请填写事由。", code="reason")
    before = queries.standing(row, on=effective_on).get((kind, detail))
    insert(
        StandingEvent(
            institution=row,
            kind=kind,
            detail=detail,
            value=value,
            effective_on=effective_on,
            recorded_at=at,
            until=until,
            reason=reason,
            source=source,
        )
    )
    periods.refresh([row.pk])
    changes = {kind: [before.value if before else "", value], "effective_on": [None, effective_on]}
    record(events.STANDING_SET, subject=row, by=by, at=at, changes=changes, reason=reason)
    return refresh_cached(row, on=local_date(at))
