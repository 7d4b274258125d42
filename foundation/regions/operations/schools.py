"""School areas, and the schools whose pupils the nets and the after-school service look at."""

from __future__ import annotations

from datetime import date, datetime

from foundation.audit.record import record
from foundation.core import constraints
from foundation.core.actor import Actor
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions import events, rules
from foundation.regions.enums import DivisionLevel, SchoolStage
from foundation.regions.models import Division, Jurisdiction, School, SchoolArea
from foundation.regions.queries import lies_in


@operation
def register_school_area(*, by: Actor, at: datetime, jurisdiction: Jurisdiction, name: str) -> SchoolArea:
    """Add a school area (学校片区) of a county. Raises InvalidInput for a second one of the name."""
    area = SchoolArea(jurisdiction=jurisdiction, name=name.strip())
    authorize(by, rules.can_manage_school_area, area)
    constraints.insert(area)
    record(events.SCHOOL_AREA_REGISTERED, subject=area, by=by, at=at, changes={"name": ["", area.name]})
    return area


@operation
def rename_school_area(*, by: Actor, at: datetime, area: SchoolArea, name: str) -> SchoolArea:
    """Give a school area another name."""
    area = lock(SchoolArea, area.pk)
    authorize(by, rules.can_manage_school_area, area)
    area.name = name.strip()
    if changes := constraints.update(area, "name"):
        record(events.SCHOOL_AREA_CHANGED, subject=area, by=by, at=at, changes=changes)
    return area


@operation
def register_school(
    *,
    by: Actor,
    at: datetime,
    jurisdiction: Jurisdiction,
    division: Division,
    name: str,
    stage: SchoolStage,
    area: SchoolArea | None = None,
    code: str = "",
    opened_on: date | None = None,
) -> School:
    """Add a school. Raises InvalidInput when its place or area is another county's, or the name is taken."""
    school = School(
        jurisdiction=jurisdiction,
        division=division,
        area=area,
        name=name.strip(),
        stage=stage,
        code=code.strip(),
        opened_on=opened_on,
    )
    authorize(by, rules.can_manage_school, school)
    _check_place(school)
    constraints.insert(school)
    record(events.SCHOOL_REGISTERED, subject=school, by=by, at=at, changes={"name": ["", school.name]})
    return school


@operation
def change_school(
    *,
    by: Actor,
    at: datetime,
    school: School,
    division: Division,
    name: str,
    stage: SchoolStage,
    area: SchoolArea | None = None,
    code: str = "",
    opened_on: date | None = None,
) -> School:
    """Correct what is registered of a school."""
    school = lock(School, school.pk)
    authorize(by, rules.can_manage_school, school)
    school.division, school.area, school.name, school.stage = division, area, name.strip(), stage
    school.code, school.opened_on = code.strip(), opened_on
    _check_place(school)
    if changes := constraints.update(school, "division", "area", "name", "stage", "code", "opened_on"):
        record(events.SCHOOL_CHANGED, subject=school, by=by, at=at, changes=changes)
    return school


@operation
def close_school(*, by: Actor, at: datetime, school: School, closed_on: date, reason: str) -> School:
    """Close or merge a school from a day on; its past stays. Raises InvalidInput for a day before it opened."""
    school = lock(School, school.pk)
    authorize(by, rules.can_manage_school, school)
    school.closed_on = closed_on
    changes = constraints.update(school, "closed_on")
    record(events.SCHOOL_CLOSED, subject=school, by=by, at=at, changes=changes, reason=reason)
    return school


def _check_place(school: School) -> None:
    problems: dict[str, list[str]] = {}
    if school.division.level not in {DivisionLevel.TOWN, DivisionLevel.VILLAGE} or not lies_in(
        school.division, school.jurisdiction
    ):
        problems["division"] = ["请选择本县的乡镇(街道)或社区。"]
    if school.area is not None and school.area.jurisdiction_id != school.jurisdiction_id:
        problems["area"] = ["请选择本县的学校片区。"]
    if problems:
        raise InvalidInput("学校的位置或片区不在本县。", code="place", fields=problems)
