"""Who may do what in the register."""

from __future__ import annotations

from foundation.accounts.enums import Can, OrganKind
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Jurisdiction

from .enums import StandingKind
from .models import Institution, UnlicensedSite


@rule("您的岗位不能查看机构名录。")
def can_view_register(actor: Actor) -> bool:
    return actor.can(Can.VIEW_REGISTER)


@rule("只有本辖区的县级经办人可以登记和变更机构。")
def can_edit(actor: Actor, institution: Institution) -> bool:
    return actor.can(Can.EDIT_REGISTER) and covers(actor, institution)


@rule("只有县级经办人可以登记机构。")
def can_register(actor: Actor) -> bool:
    return actor.can(Can.EDIT_REGISTER)


@rule("只有本县教育行政部门的经办人可以为机构出具承诺书和退费协调记录。")
def can_issue_papers(actor: Actor, institution: Institution) -> bool:
    """The bureau that keeps the institution; one that was merged into another has papers no more."""
    keeps = actor.is_person and can_edit(actor, institution) and actor.can(Can.ISSUE_DOCUMENT)
    return keeps and institution.merged_into_id is None


@rule("有机构不在您的管辖范围内，不能导入。")
def can_import(actor: Actor, jurisdictions: set[int]) -> bool:
    """Every institution of a batch, before and after, lies in the actor's area."""
    return actor.can(Can.IMPORT_REGISTER) and jurisdictions <= actor.scope


@rule("只有本辖区的县级经办人可以合并重复机构。")
def can_merge(actor: Actor, institution: Institution) -> bool:
    return actor.can(Can.MERGE_INSTITUTIONS) and covers(actor, institution)


@rule("只有教育行政部门的经办人可以登记分类鉴别意见。")
def can_classify(actor: Actor, institution: Institution) -> bool:
    return actor.can(Can.CLASSIFY) and covers(actor, institution)


#: Who may set which standing; higher apps call ``set_standing`` inside operations with stricter rules of their own.
STANDING_CAPABILITIES = {
    StandingKind.GRADE: Can.APPROVE_LISTING,
    StandingKind.WHITE_LIST: Can.APPROVE_LISTING,
    StandingKind.BLACK_LIST: Can.APPROVE_LISTING,
    StandingKind.WARNING: Can.APPROVE_LISTING,
    StandingKind.AFTERSCHOOL: Can.APPROVE_LISTING,
    StandingKind.RED_LIST: Can.APPROVE_LISTING,
    StandingKind.FLAG: Can.EDIT_REGISTER,
}


@rule("您没有变更该机构资信的权限。")
def can_set_standing(actor: Actor, institution: Institution, kind: str) -> bool:
    return actor.can(STANDING_CAPABILITIES[StandingKind(kind)]) and covers(actor, institution)


@rule("查看完整个人信息须为本辖区有个人信息权限的人员。")
def can_see_personal(actor: Actor, institution: Institution) -> bool:
    return actor.can(Can.EXPORT_PERSONAL) and covers(actor, institution)


@rule("您的岗位不能查看无证场所。")
def can_view_unlicensed(actor: Actor) -> bool:
    return actor.can(Can.VIEW_REGISTER)


@rule("您的岗位不能上报无证场所。")
def can_report_unlicensed(actor: Actor) -> bool:
    return actor.can(Can.REPORT_UNLICENSED)


@rule("该地点不在您负责的区域内。")
def can_report_unlicensed_here(actor: Actor, site: UnlicensedSite) -> bool:
    return actor.can(Can.REPORT_UNLICENSED) and covers(actor, site)


@rule("只有本辖区的经办人可以核查和处置无证场所。")
def can_handle_unlicensed(actor: Actor, site: UnlicensedSite) -> bool:
    return actor.can(Can.HANDLE_UNLICENSED) and covers(actor, site)


#: Departments that can be in charge of a kind of institution: those whose officers sit in a county.
CHARGED = (
    *(OrganKind.EDUCATION, OrganKind.MARKET, OrganKind.CULTURE, OrganKind.SCIENCE, OrganKind.SPORT),
    *(OrganKind.CIVIL, OrganKind.LABOUR, OrganKind.URBAN, OrganKind.POLICE, OrganKind.FIRE),
)


@rule("您的岗位不能设定部门分工。")
def can_set_charges(actor: Actor) -> bool:
    """County officers for their county, the parameter post of the province for everywhere."""
    return actor.can(Can.EDIT_REGISTER) or actor.can(Can.MANAGE_PARAMETERS)


@rule("部门分工只能由本县经办人为本县设定，全省通用的由省级设定。")
def can_set_charge_in(actor: Actor, jurisdiction: Jurisdiction | None) -> bool:
    """A county's setting is its own officers', that for everywhere (None) the province's."""
    if jurisdiction is not None:
        return actor.can(Can.EDIT_REGISTER) and jurisdiction.pk in actor.scope
    province = Jurisdiction.objects.filter(level=JurisdictionLevel.PROVINCE, pk__in=actor.scope)
    return actor.can(Can.MANAGE_PARAMETERS) and province.exists()
