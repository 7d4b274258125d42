"""Who plans patrols, who runs them, who files for a group."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import Jurisdiction
from inspections.enums import ShiftKind, ShiftState
from inspections.models import GroupVisit, PatrolGroup, Shift

from .visits import can_view_visits

CHANGEABLE = frozenset({ShiftState.PLANNED, ShiftState.UNDER_WAY})


@rule("您的岗位不查看巡查排班。")
def can_view_shifts(actor: Actor) -> bool:
    return can_view_visits(actor)


@rule("您的岗位不能排班。")
def can_plan_shifts(actor: Actor) -> bool:
    return actor.can(Can.PLAN_PATROL) and actor.organ_id is not None


@rule("只能在本辖区排班。")
def can_plan_in(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    return can_plan_shifts(actor) and jurisdiction.pk in actor.scope


@rule("只有本辖区的排班人员可以办理；镇街只办理本单位组织的班次。")
def can_keep_shift(actor: Actor, shift: Shift) -> bool:
    """The planner of the area; one whose post is narrowed to places keeps the shifts of the own organ only."""
    if not (can_plan_shifts(actor) and covers(actor, shift)):
        return False
    return actor.areas is None or actor.organ_id == shift.organ_id


@rule("只有本辖区的排班人员可以在巡查开始前调整分组。")
def can_keep_roster(actor: Actor, shift: Shift) -> bool:
    return can_keep_shift(actor, shift) and shift.state == ShiftState.PLANNED


@rule("只有本辖区的排班人员可以在巡查开始前调整分组。")
def can_keep_group(actor: Actor, group: PatrolGroup) -> bool:
    return can_keep_roster(actor, group.shift)


@rule("只有本组人员和排班人员可以登记到岗。")
def can_take_attendance(actor: Actor, group: PatrolGroup) -> bool:
    return group.shift.state == ShiftState.UNDER_WAY and (can_keep_shift(actor, group.shift) or is_member(actor, group))


@rule("巡查进行中，由本组人员或排班人员登记检查。")
def can_file_for(actor: Actor, group: PatrolGroup) -> bool:
    """A member of the group or the planner, while the shift is under way; which sites is the visit's own rule."""
    if not actor.can(Can.FILE_VISIT) or group.shift.state != ShiftState.UNDER_WAY:
        return False
    return is_member(actor, group) or can_keep_shift(actor, group.shift)


def is_member(actor: Actor, group: PatrolGroup) -> bool:
    """Whether the person goes with the group."""
    return actor.user_id is not None and group.members.filter(user=actor.user_id).exists()


@rule("只有联合巡查的本组人员和排班人员可以登记联合处置。")
def can_set_outcome(actor: Actor, visit: GroupVisit) -> bool:
    group = visit.group
    if group.shift.kind != ShiftKind.JOINT or group.shift.state not in CHANGEABLE:
        return False
    return can_keep_shift(actor, group.shift) or is_member(actor, group)


@rule("您的岗位不能导出工作台账。")
def can_take_ledger(actor: Actor, shift: Shift) -> bool:
    return actor.can(Can.EXPORT) and can_view_shifts(actor) and covers(actor, shift)
