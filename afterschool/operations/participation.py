"""What schools report, grade by grade: recorded, counted anew, corrected, struck; nothing is changed or deleted."""

from __future__ import annotations

from datetime import date, datetime

from afterschool import events, rules
from afterschool.counts import NAMES, Counts, check_counts
from afterschool.models import Participation, Term
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.models import School


@operation
def record_participation(
    *, school: School, term: Term, grade: int, counts: Counts, effective_on: date, by: Actor, at: datetime
) -> Participation:
    """Record what was counted of a grade on a day of the term.

    Raises NotAllowed, InvalidInput (a contradiction, a grade that the school has not, a day outside the term or to
    come), Conflict (that day is recorded already: correct it).
    """
    school = lock(School, school.pk)
    authorize(by, rules.can_enter_for, school)
    _check_day(term, effective_on, at)
    check_counts(school, grade, counts)
    same = Participation.objects.filter(school=school, term=term, grade=grade, effective_on=effective_on)
    if same.believed().exists():
        raise Conflict(f"{effective_on}的参与情况已登记，请在那条记录上更正。", code="recorded_already")
    about = {"school": school, "term": term, "grade": grade, "effective_on": effective_on}
    row = insert(Participation(**about, **counts.values(), recorded_at=at, recorded_by_id=by.user_id))
    changes = {name: [None, value] for name, value in counts.values().items()} | {"effective_on": [None, effective_on]}
    record(events.PARTICIPATION_RECORDED, subject=row, by=by, at=at, changes=changes)
    return row


def _check_day(term: Term, on: date, at: datetime) -> None:
    """Raise InvalidInput for a day outside the term, or to come."""
    if not term.starts_on <= on <= term.ends_on:
        raise invalid("effective_on", f"统计日期应在{term}（{term.starts_on}至{term.ends_on}）之内。")
    if on > local_date(at):
        raise invalid("effective_on", "统计日期不能晚于今天。")


@operation
def correct_participation(*, row: Participation, counts: Counts, reason: str, by: Actor, at: datetime) -> Participation:
    """Put other counts in the place of a record of the same day; the record stays to be read.

    Raises NotAllowed, InvalidInput (no reason, a contradiction, nothing else than before), Conflict (corrected since).
    """
    lock(School, row.school_id)
    row = Participation.objects.select_related("school", "term").get(pk=row.pk)
    authorize(by, rules.can_enter_for, row.school)
    _check_standing(row)
    need_words(reason, "reason", "请填写更正理由。")
    check_counts(row.school, row.grade, counts)
    before = {name: getattr(row, name) for name in NAMES}
    changes = {name: [before[name], value] for name, value in counts.values().items() if before[name] != value}
    if not changes:
        raise invalid("joined", "与原来的登记相同，没有更正任何内容。")
    made = insert(_after(row, counts.values(), reason=reason, by=by, at=at))
    record(events.PARTICIPATION_CORRECTED, subject=made, by=by, at=at, changes=changes, reason=reason)
    return made


@operation
def strike_participation(*, row: Participation, reason: str, by: Actor, at: datetime) -> Participation:
    """Say that a record never should have been there; it stays to be read and counts no more.

    Raises NotAllowed, InvalidInput (no reason), Conflict (corrected or struck since).
    """
    lock(School, row.school_id)
    row = Participation.objects.select_related("school", "term").get(pk=row.pk)
    authorize(by, rules.can_enter_for, row.school)
    _check_standing(row)
    need_words(reason, "reason", "请填写撤销理由。")
    counts = {name: getattr(row, name) for name in NAMES}
    made = insert(_after(row, counts, reason=reason, by=by, at=at, withdrawn=True))
    changes = {"withdrawn": [False, True]}
    record(events.PARTICIPATION_STRUCK, subject=made, by=by, at=at, changes=changes, reason=reason)
    return made


def _check_standing(row: Participation) -> None:
    if row.withdrawn or Participation.objects.filter(replaces=row).exists():
        raise Conflict("这条登记已被更正或撤销，请刷新后在最新的记录上办理。", code="corrected_since")


def _after(
    row: Participation, counts: dict[str, int], *, reason: str, by: Actor, at: datetime, withdrawn: bool = False
) -> Participation:
    about = {"school": row.school, "term": row.term, "grade": row.grade, "effective_on": row.effective_on}
    told = {"replaces": row, "withdrawn": withdrawn, "reason": reason.strip()}
    return Participation(**about, **counts, **told, recorded_at=at, recorded_by_id=by.user_id)
