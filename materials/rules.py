"""Who keeps training materials, sends them for review, decides on them, and says what a class uses."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import Jurisdiction
from institutions.models import Institution, TrainingClass
from institutions.rules import can_view_register as can_view

from .models import MaterialSet, MaterialUse, Reviewer, UseAlarm

__all__ = ["can_view"]


@rule("只有县级经办人可以登记培训材料。")
def can_keep_somewhere(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.EDIT_REGISTER)


@rule("只有本辖区的县级经办人可以为机构登记培训材料，已并入其他机构的不再登记。")
def can_register_for(actor: Actor, institution: Institution) -> bool:
    return can_keep_somewhere(actor) and covers(actor, institution) and institution.merged_into_id is None


@rule("只有本辖区的县级经办人可以办理这套材料。")
def can_keep(actor: Actor, material: MaterialSet) -> bool:
    return can_keep_somewhere(actor) and covers(actor, material)


@rule("只有本县的审核领导可以审定培训材料。")
def can_decide(actor: Actor, material: MaterialSet) -> bool:
    return actor.is_person and actor.can(Can.APPROVE_MATERIALS) and covers(actor, material)


@rule("送外审的人不能审定同一套材料。")
def is_another_person(actor: Actor, sent_by_id: int) -> bool:
    return actor.user_id != sent_by_id


@rule("只能为本辖区聘任材料审核人员。")
def can_name_reviewer(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    return can_keep_somewhere(actor) and jurisdiction.pk in actor.scope


@rule("只有聘任地区的县级经办人可以终止审核人员的任期。")
def can_end_reviewer(actor: Actor, reviewer: Reviewer) -> bool:
    return can_keep_somewhere(actor) and covers(actor, reviewer) and reviewer.ended_on is None


@rule("只有本辖区的县级经办人可以登记班级使用的材料。")
def can_record_use(actor: Actor, training_class: TrainingClass) -> bool:
    return can_keep_somewhere(actor) and covers(actor, training_class.course.institution)


@rule("只有本辖区的县级经办人可以登记停用，已停用的不再登记。")
def can_stop(actor: Actor, use: MaterialUse) -> bool:
    return can_keep_somewhere(actor) and covers(actor, use) and use.stopped_on is None


@rule("只有系统任务可以核对材料的有效期。")
def can_watch(actor: Actor, use: MaterialUse | UseAlarm) -> bool:
    return not actor.is_person and actor.can(Can.EDIT_REGISTER) and covers(actor, use)


@rule("有材料不在您的管辖范围内，不能导入。")
def can_import(actor: Actor, jurisdictions: set[int]) -> bool:
    """Every set of a batch lies in the actor's area."""
    return actor.can(Can.IMPORT_REGISTER) and jurisdictions <= actor.scope
