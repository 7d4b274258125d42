"""People who work for an institution (从业人员管理办法; 未成年人保护法 art. 62)."""

from __future__ import annotations

from datetime import date, datetime

from stdnum.cn import ric

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import IllegalTransition, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from institutions import events, rules
from institutions.identity import checked_id_hash
from institutions.models import Institution, RedLine, StaffMember


@operation
def add_staff(
    *,
    institution: Institution,
    name: str,
    id_number: str,
    role: str,
    full_time: bool,
    joined_on: date,
    in_service_school_teacher: bool,
    by: Actor,
    at: datetime,
    teaches_subject: bool = False,
    teacher_certificate: str = "",
    other_qualification: str = "",
    crime_checked_on: date | None = None,
    phone: str = "",
) -> StaffMember:
    """Enter a person in service.

    Raises NotAllowed; InvalidInput for an in-service school teacher, a person under a red line, a missing
    qualification, an entry without a crime-record query, or a wrong ID number.
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_edit, row)
    if in_service_school_teacher:
        raise InvalidInput("不得聘用中小学校、幼儿园在职教师。", code="in_service_teacher")
    if crime_checked_on is None:
        raise InvalidInput("入职前须查询违法犯罪记录，请填写查询日期。", code="crime_check_missing")
    hashed = checked_id_hash(id_number)
    if RedLine.objects.filter(staff__id_hash=hashed, voided_at__isnull=True).exists():
        raise InvalidInput("该人员有红线行为记录，不得从业。", code="red_line")
    member = insert(
        StaffMember(
            institution=row,
            name=name,
            id_number=ric.compact(id_number),
            id_hash=hashed,
            phone=phone,
            role=role,
            full_time=full_time,
            teaches_subject=teaches_subject,
            teacher_certificate=teacher_certificate,
            other_qualification=other_qualification,
            crime_checked_on=crime_checked_on,
            joined_on=joined_on,
        )
    )
    record(events.STAFF_ADDED, subject=row, by=by, at=at, changes={"staff": [None, name], "role": [None, role]})
    return member


@operation
def record_crime_check(*, member: StaffMember, checked_on: date, by: Actor, at: datetime) -> StaffMember:
    """Keep the date of the yearly query. Raises NotAllowed, InvalidInput (in the future, before the last one)."""
    row = lock(Institution, member.institution_id)
    member = lock(StaffMember, member.pk)
    authorize(by, rules.can_edit, row)
    if checked_on > local_date(at):
        raise InvalidInput("查询日期不能晚于今天。", code="date")
    if member.crime_checked_on and checked_on < member.crime_checked_on:
        raise InvalidInput(f"已登记过较新的查询日期{member.crime_checked_on}。", code="date")
    member.crime_checked_on = checked_on
    changes = {"staff": [member.name, member.name], **update(member, "crime_checked_on")}
    record(events.CRIME_CHECKED, subject=row, by=by, at=at, changes=changes)
    return member


@operation
def end_staff(*, member: StaffMember, left_on: date, by: Actor, at: datetime) -> StaffMember:
    """Enter that a person left. Raises NotAllowed, IllegalTransition (left before)."""
    row = lock(Institution, member.institution_id)
    member = lock(StaffMember, member.pk)
    authorize(by, rules.can_edit, row)
    if member.left_on is not None:
        raise IllegalTransition(f"该人员已于{member.left_on}离职。")
    member.left_on = left_on
    changes = {"staff": [member.name, member.name], **update(member, "left_on")}
    record(events.STAFF_LEFT, subject=row, by=by, at=at, changes=changes)
    return member


@operation
def record_red_line(
    *, member: StaffMember, fact: str, happened_on: date, by: Actor, at: datetime, basis: str = ""
) -> RedLine:
    """Keep that a person crossed a red line: no institution may enter that person again. Raises NotAllowed."""
    row = lock(Institution, member.institution_id)
    authorize(by, rules.can_edit, row)
    made = insert(RedLine(staff=member, fact=fact, basis=basis, happened_on=happened_on, recorded_at=at))
    record(events.RED_LINE_RECORDED, subject=row, by=by, at=at, changes={"staff": [None, member.name]}, reason=fact)
    return made


@operation
def void_red_line(*, red_line: RedLine, reason: str, by: Actor, at: datetime) -> RedLine:
    """Take back a red line recorded in error. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(Institution, red_line.staff.institution_id)
    red_line = lock(RedLine, red_line.pk)
    authorize(by, rules.can_edit, row)
    if red_line.voided_at is not None:
        raise IllegalTransition("该记录已撤销。")
    if not reason.strip():
        raise InvalidInput("请填写撤销理由。", code="reason")
    red_line.voided_at = at
    update(red_line, "voided_at")
    changes = {"staff": [red_line.staff.name, red_line.staff.name]}
    record(events.RED_LINE_VOIDED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return red_line
