"""Who files, reads, voids visits and judges findings."""

from __future__ import annotations

from collections.abc import Collection

from foundation.accounts.enums import Can, Role
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from inspections.enums import OFFICIAL, VisitKind
from inspections.models import Finding, Visit
from institutions.models import Institution, UnlicensedSite


@rule("您的岗位不能查看检查记录。")
def can_view_visits(actor: Actor) -> bool:
    return actor.can(Can.VIEW_VISITS)


@rule("您的岗位不能登记检查。")
def can_file_visits(actor: Actor) -> bool:
    """Somebody who files visits at all, of whatever kind."""
    return bool(kinds_filed_by(actor))


def kinds_filed_by(actor: Actor) -> frozenset[VisitKind]:
    """The kinds of visits that this post files: a supervisor's are never an officer's, nor the other way round."""
    if actor.can(Can.SUPERVISE):
        return frozenset({VisitKind.SUPERVISOR})
    if not actor.can(Can.FILE_VISIT):
        return frozenset()
    if actor.role == Role.SCHOOL_SPECIALIST:
        return frozenset({VisitKind.SPECIALIST})
    return frozenset(OFFICIAL - {VisitKind.SPECIALIST})


@rule("这家机构不在您的工作范围内，或您的岗位不登记这类检查。")
def can_file(actor: Actor, subject: Institution | UnlicensedSite, kind: str) -> bool:
    return kind in kinds_filed_by(actor) and covers(actor, subject)


@rule("只有本辖区有核实权限的人员可以核实监督员反映的问题。")
def can_judge_finding(actor: Actor, finding: Finding) -> bool:
    return actor.can(Can.VERIFY_FINDING) and covers(actor, finding)


@rule("有检查记录不在您的管辖范围内，或您的岗位不能批量导入检查记录。")
def can_import_visits(actor: Actor, jurisdictions: Collection[int]) -> bool:
    """A person's post for the whole bureau; every visit of the batch lies in its area."""
    whole = actor.areas is None and actor.categories is None
    return actor.is_person and actor.can(Can.IMPORT_VISITS) and whole and set(jurisdictions) <= actor.scope


@rule("只有本辖区的审核人员可以作废检查记录。")
def can_void(actor: Actor, visit: Visit) -> bool:
    return actor.can(Can.VOID_VISIT) and covers(actor, visit)


@rule("只有参加这次检查的单位的经办人可以出具现场检查记录。")
def can_issue_record(actor: Actor, visit: Visit) -> bool:
    """In the name of an organ that went: the one that filed the visit, or one of whose people were there."""
    if not (actor.is_person and actor.can(Can.ISSUE_DOCUMENT) and covers(actor, visit)):
        return False
    return visit.organ_id == actor.organ_id or visit.officers.filter(organ=actor.organ_id).exists()


@rule("暗访、社会监督员走访和已作废的记录不出具现场检查记录。")
def can_issue_record_now(actor: Actor, visit: Visit) -> bool:
    """A covert visit stays internal: what it saw is told to nobody until a formal visit has been made."""
    return can_issue_record(actor, visit) and visit.is_formal


@rule("您的岗位不能在后台登记这里的检查。")
def can_file_at_desk(actor: Actor, subject: Institution | UnlicensedSite) -> bool:
    """Some official kind of visit at this site."""
    return bool(kinds_filed_by(actor) & OFFICIAL) and covers(actor, subject)


@rule("只有本辖区的另一名审核人员可以作废检查记录。")
def can_void_now(actor: Actor, visit: Visit) -> bool:
    """The visit is not void and was filed by somebody else."""
    return can_void(actor, visit) and visit.voided_at is None and visit.filed_by_id != actor.user_id


@rule("您的岗位不核实监督员反映的问题。")
def can_judge_findings(actor: Actor) -> bool:
    return actor.can(Can.VERIFY_FINDING)
