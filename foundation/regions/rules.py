"""Who reads the places and who draws grids, school areas and schools."""

from foundation.core.actor import STAFF_DOOR, Actor
from foundation.core.operation import rule
from foundation.core.scope import covers

from .models import GridArea, School, SchoolArea

MANAGE_AREAS = "regions.manage_areas"
MANAGE_GRIDS = "regions.manage_grids"


@rule("只有工作人员可以查看区划。")
def can_view_places(actor: Actor) -> bool:
    """Divisions are public knowledge; every member of the staff looks them up."""
    return actor.can(STAFF_DOOR)


@rule("您的岗位没有管辖范围，不能查看网格和学校。")
def can_view_areas(actor: Actor) -> bool:
    return actor.can(STAFF_DOOR) and bool(actor.scope)


@rule("只有县级经办人和镇街工作人员可以管理网格。")
def can_manage_grids(actor: Actor) -> bool:
    return actor.can(MANAGE_GRIDS)


@rule("只有本辖区的县级经办人和镇街工作人员可以管理该网格；已停用的网格不能修改。")
def can_manage_grid(actor: Actor, grid: GridArea) -> bool:
    return actor.can(MANAGE_GRIDS) and covers(actor, grid) and grid.closed_on is None


@rule("只有县级经办人可以管理学校片区和学校。")
def can_manage_areas(actor: Actor) -> bool:
    return actor.can(MANAGE_AREAS)


@rule("只有本县的经办人可以管理该学校片区。")
def can_manage_school_area(actor: Actor, area: SchoolArea) -> bool:
    return actor.can(MANAGE_AREAS) and covers(actor, area)


@rule("只有本县的经办人可以管理该学校；已撤并的学校不能修改。")
def can_manage_school(actor: Actor, school: School) -> bool:
    return actor.can(MANAGE_AREAS) and covers(actor, school) and school.closed_on is None
