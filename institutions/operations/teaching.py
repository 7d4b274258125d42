"""Courses, classes and classification opinions."""

from __future__ import annotations

from datetime import date, datetime, time

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import IllegalTransition, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from institutions import events, rules
from institutions.enums import Category, Mode
from institutions.models import ClassificationOpinion, Course, Institution, Site, StaffMember, TrainingClass


@operation
def publish_course(
    *,
    institution: Institution,
    name: str,
    category: str,
    subject: str,
    stage: str,
    mode: str,
    lesson_minutes: int,
    lesson_fee_fen: int,
    published_on: date,
    by: Actor,
    at: datetime,
) -> Course:
    """Enter a course with its published fee per lesson in fen.

    Raises NotAllowed, InvalidInput when the permit does not cover it (subject or not, online or offline).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_edit, row)
    if (category == Category.SUBJECT) != (row.category == Category.SUBJECT):
        raise InvalidInput(
            f"“{row.get_category_display()}”机构不得开设“{Category(category).label}”课程。",
            code="category_beyond_permit",
        )
    if row.mode != Mode.BOTH and mode != row.mode:
        raise InvalidInput(f"该机构核准的培训形式为{row.get_mode_display()}。", code="mode_beyond_permit")
    course = insert(
        Course(
            institution=row,
            name=name,
            category=category,
            subject=subject,
            stage=stage,
            mode=mode,
            lesson_minutes=lesson_minutes,
            lesson_fee_fen=lesson_fee_fen,
            published_on=published_on,
        )
    )
    changes = {"course": [None, name], "lesson_fee_fen": [None, lesson_fee_fen]}
    record(events.COURSE_PUBLISHED, subject=row, by=by, at=at, changes=changes)
    return course


@operation
def stop_course(*, course: Course, stopped_on: date, reason: str, by: Actor, at: datetime) -> Course:
    """Take a course off the shelf. Raises NotAllowed, IllegalTransition (stopped before)."""
    row = lock(Institution, course.institution_id)
    course = lock(Course, course.pk)
    authorize(by, rules.can_edit, row)
    if course.stopped_on is not None:
        raise IllegalTransition(f"该课程已于{course.stopped_on}停开。")
    course.stopped_on = stopped_on
    changes = {"course": [course.name, course.name], **update(course, "stopped_on")}
    record(events.COURSE_STOPPED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return course


@operation
def open_class(
    *,
    course: Course,
    name: str,
    teacher: StaffMember,
    timetable: list[dict[str, object]],
    lessons: int,
    fee_fen: int,
    capacity: int,
    starts_on: date,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
    site: Site | None = None,
    room: str = "",
) -> TrainingClass:
    """Enter a class. ``timetable`` is a list of {weekday 1-7, start HH:MM, end HH:MM}; the fee is the total in fen.

    Raises NotAllowed, InvalidInput (course stopped, teacher or place of another institution, odd times).
    """
    row = lock(Institution, course.institution_id)
    authorize(by, rules.can_edit, row)
    if course.stopped_on is not None:
        raise InvalidInput("该课程已停开，不能登记新班级。", code="course_stopped")
    if teacher.institution_id != row.pk or teacher.left_on is not None:
        raise InvalidInput("任课教师不是本机构在职人员。", code="teacher")
    if site is not None and site.institution_id != row.pk:
        raise InvalidInput("办学场所不属于本机构。", code="site")
    made = insert(
        TrainingClass(
            course=course,
            site=site,
            teacher=teacher,
            name=name,
            room=room,
            timetable=[_slot(slot) for slot in timetable],
            lessons=lessons,
            fee_fen=fee_fen,
            capacity=capacity,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    )
    record(events.CLASS_OPENED, subject=row, by=by, at=at, changes={"class": [None, name], "fee_fen": [None, fee_fen]})
    return made


def _slot(slot: dict[str, object]) -> dict[str, object]:
    try:
        weekday = int(str(slot["weekday"]))
        start, end = (time.fromisoformat(str(slot[key])) for key in ("start", "end"))
    except (KeyError, ValueError) as error:
        raise InvalidInput("上课时间应写为星期(1-7)和起止时间，如 周六 09:00-10:30。", code="timetable") from error
    if not 1 <= weekday <= 7 or end <= start:
        raise InvalidInput("上课时间有误：结束时间应晚于开始时间。", code="timetable")
    return {"weekday": weekday, "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}


@operation
def record_opinion(
    *,
    institution: Institution,
    item: str,
    conclusion: str,
    purpose: str,
    content: str,
    method: str,
    evaluation: str,
    experts: str,
    no_interest_declared: bool,
    decided_on: date,
    by: Actor,
    at: datetime,
) -> ClassificationOpinion:
    """Keep a 分类鉴别意见 on one training item, by the four criteria. It does not change the category by itself.

    Raises NotAllowed, InvalidInput (no statement that the experts have no interest).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_classify, row)
    opinion = insert(
        ClassificationOpinion(
            institution=row,
            item=item,
            conclusion=conclusion,
            purpose=purpose,
            content=content,
            method=method,
            evaluation=evaluation,
            experts=experts,
            no_interest_declared=no_interest_declared,
            decided_on=decided_on,
            recorded_at=at,
        )
    )
    record(events.OPINION_RECORDED, subject=row, by=by, at=at, changes={item: [None, conclusion]})
    return opinion
