"""Who may give, do and judge assignments."""

from __future__ import annotations

from foundation.accounts.enums import Can, OrganKind
from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.core.operation import rule

from .models import Assignment, Part

#: Banks have their own narrow door and are not given assignments.
NOT_ASSIGNED = frozenset({OrganKind.BANK})


@rule("您的岗位不办理交办事项。")
def can_view_assignments(actor: Actor) -> bool:
    return actor.can(Can.ASSIGN) or actor.can(Can.ANSWER_ASSIGNMENT)


@rule("您的岗位不能交办任务。")
def can_assign(actor: Actor) -> bool:
    return actor.can(Can.ASSIGN) and actor.organ_id is not None


@rule("只能向本辖区内的其他单位交办。")
def can_assign_to(actor: Actor, organ: Organ) -> bool:
    """Down the tree or to a department beside; never to oneself, to a superior, to a bank or to a closed organ."""
    return (
        can_assign(actor)
        and organ.jurisdiction_id in actor.scope
        and organ.pk != actor.organ_id
        and organ.kind not in NOT_ASSIGNED
        and organ.closed_on is None
    )


@rule("只有承办单位可以签收和反馈。")
def can_answer(actor: Actor, part: Part) -> bool:
    return actor.can(Can.ANSWER_ASSIGNMENT) and actor.organ_id == part.organ_id


@rule("只有交办单位可以审核、退回和撤回。")
def can_judge(actor: Actor, part: Part) -> bool:
    return actor.can(Can.ASSIGN) and actor.organ_id == part.assignment.organ_id


@rule("只有承办单位可以把任务向下转办。")
def can_pass_on(actor: Actor, part: Part) -> bool:
    return can_assign(actor) and actor.organ_id == part.organ_id


@rule("您不能查看这一交办事项。")
def can_view(actor: Actor, assignment: Assignment) -> bool:
    return Assignment.objects.visible_to(actor).filter(pk=assignment.pk).exists()
