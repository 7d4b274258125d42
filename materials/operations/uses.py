"""What a class uses: noted, stopped; each night what ran out meanwhile."""

from __future__ import annotations

from datetime import date, datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from institutions.models import TrainingClass
from materials import events, rules
from materials.alarming import cause_on, close_alarms, raise_alarm
from materials.enums import Closing, UseSource
from materials.models import MaterialSet, MaterialUse, UseAlarm


@operation
def record_use(
    *,
    training_class: TrainingClass,
    material: MaterialSet,
    since: date,
    source: str,
    by: Actor,
    at: datetime,
    note: str = "",
) -> MaterialUse:
    """Note that a class uses a set; where no approval holds, an alarm is raised and the use is noted all the same.

    Raises NotAllowed, InvalidInput (a set of another institution, a day to come, noted before).
    """
    row = lock(MaterialSet, material.pk)
    authorize(by, rules.can_record_use, training_class)
    if row.institution_id != training_class.course.institution_id:
        raise invalid("material", "这套材料不是这家机构登记的，请先为机构登记。")
    if since > local_date(at):
        raise invalid("since", "开始使用日期不能晚于今天。")
    use = insert(
        MaterialUse(
            training_class=training_class,
            material=row,
            since=since,
            source=UseSource(source),
            note=note.strip(),
            entered_by_id=by.user_id,
            entered_at=at,
        )
    )
    changes = {"class": [None, training_class.name], "since": [None, since]}
    record(events.USED, subject=use, by=by, at=at, changes=changes, reason=use.note)
    if cause := cause_on(row, local_date(at)):
        raise_alarm(use, cause, source, by=by, at=at)
    return use


@operation
def stop_use(*, use: MaterialUse, stopped_on: date, reason: str, by: Actor, at: datetime) -> MaterialUse:
    """Note that a class stopped using a set; this closes its alarm.

    Raises NotAllowed (stopped before), InvalidInput (no reason, a day to come or before the first).
    """
    material = lock(MaterialSet, use.material_id)
    row = lock(MaterialUse, use.pk)
    authorize(by, rules.can_stop, row)
    need_words(reason, "reason", "请写明停用的事由。")
    if stopped_on > local_date(at):
        raise invalid("stopped_on", "停用日期不能晚于今天。")
    row.stopped_on, row.stopped_at, row.stop_reason = stopped_on, at, reason.strip()
    changes = update(row, "stopped_on", "stopped_at", "stop_reason")
    record(events.STOPPED, subject=row, by=by, at=at, changes=changes, reason=reason)
    about = {"training_class": row.training_class, "material": material}
    waiting = UseAlarm.objects.filter(**about, closed_on__isnull=True)
    close_alarms(waiting, Closing.STOPPED, f"班级已停用：{row.stop_reason}"[:300], by=by, at=at)
    return row


@operation
def note_run_out(*, use: MaterialUse, by: Actor, at: datetime) -> UseAlarm | None:
    """Raise the alarm of a class whose set's approval ran out; None where there is none to raise. Raises NotAllowed."""
    material = lock(MaterialSet, use.material_id)
    row = lock(MaterialUse, use.pk)
    authorize(by, rules.can_watch, row)
    cause = cause_on(material, local_date(at))
    if row.stopped_on is not None or cause is None:
        return None
    return raise_alarm(row, cause, UseSource.PAPERS, by=by, at=at)
