"""Who may see, enter, keep and approve what of after-school services."""

from __future__ import annotations

from foundation.accounts.enums import Can, Role
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import Jurisdiction, School
from institutions.models import Institution

from .models import Block, Offering, Participation, Provider, Selection
from .models.scoped import own_school


@rule("您的岗位不能查看课后服务。")
def can_view(actor: Actor) -> bool:
    return actor.can(Can.VIEW_AFTERSCHOOL) and bool(actor.scope)


@rule("您的岗位不能查看遴选的服务机构。")
def can_view_providers(actor: Actor) -> bool:
    """All who see after-school services: a school's specialist has to know whom the school may ask."""
    return can_view(actor)


# -- what schools report ---------------------------------------------------------------------------------------------
@rule("只有县级经办人和学校专员可以登记课后服务参与情况。")
def can_enter(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.ENTER_AFTERSCHOOL)


@rule("只能登记本县(市、区)学校的课后服务；学校专员只能登记自己负责的学校。")
def can_enter_for(actor: Actor, school: School) -> bool:
    """The officer of its county; its own specialist."""
    return can_enter(actor) and covers(actor, school) and is_own_school(actor, school)


def is_own_school(actor: Actor, school: School) -> bool:
    """Whether nothing narrows the actor to another school."""
    return actor.role != Role.SCHOOL_SPECIALIST or own_school(actor).filter(school=school.pk).exists()


@rule("只能更正本县(市、区)学校的登记；已被更正或撤销的不能再更正。")
def can_correct(actor: Actor, row: Participation) -> bool:
    """A record that still stands: neither replaced nor itself a withdrawal."""
    stands = not row.withdrawn and not Participation.objects.filter(replaces=row.pk).exists()
    return stands and can_enter_for(actor, row.school)


@rule("有学校不在您的管辖范围内，或者不是您负责的学校，不能导入。")
def can_enter_rows(actor: Actor, schools: list[School]) -> bool:
    """Every school of a batch; asked of all of them at once."""
    if not (can_enter(actor) and all(covers(actor, school) for school in schools)):
        return False
    own = set(own_school(actor).values_list("school", flat=True)) if actor.role == Role.SCHOOL_SPECIALIST else None
    return own is None or {school.pk for school in schools} <= own


@rule("只能作废本县(市、区)学校的登记；已作废的不能再作废。")
def can_void_offering(actor: Actor, row: Offering) -> bool:
    return row.voided_at is None and can_enter_for(actor, row.school)


# -- what bureaus keep -----------------------------------------------------------------------------------------------
@rule("只有省级和市级管理人员可以登记学期。")
def can_keep_terms(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.KEEP_TERMS)


@rule("只有县级经办人可以维护课后服务内容和服务机构。")
def can_keep(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.KEEP_AFTERSCHOOL)


@rule("只能维护本单位的课后服务内容和服务机构。")
def can_keep_in(actor: Actor, bureau: Jurisdiction) -> bool:
    return can_keep(actor) and covers(actor, bureau)


@rule("只能修改本单位的服务内容；已停用的不能修改。")
def can_change_block(actor: Actor, block: Block) -> bool:
    return can_keep(actor) and covers(actor, block) and block.closed_on is None


@rule("只有本单位的经办人可以提请服务机构入选。")
def can_propose(actor: Actor, provider: Provider) -> bool:
    return can_keep(actor) and covers(actor, provider)


@rule("须由本单位审核领导中的另一人审核，不能审核自己提请的事项。")
def can_decide(actor: Actor, selection: Selection) -> bool:
    return can_end(actor, selection) and selection.proposed_by_id != actor.user_id


@rule("只有本单位的审核领导可以登记服务机构退出。")
def can_end(actor: Actor, selection: Selection) -> bool:
    return actor.is_person and actor.can(Can.APPROVE_AFTERSCHOOL) and covers(actor, selection)


@rule("只有本县(市、区)的经办人可以把名录中的机构登记为课后服务机构；已登记的不再登记。")
def can_add_institution(actor: Actor, institution: Institution) -> bool:
    """An institution of the area that stands in the register by itself and is no provider yet."""
    own = can_keep(actor) and covers(actor, institution) and institution.merged_into_id is None
    return own and not Provider.objects.filter(institution=institution, jurisdiction__in=actor.scope).exists()
