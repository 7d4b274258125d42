"""Who may ask for, hear about and decide on entries of the lists."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import Jurisdiction
from institutions.models import Institution

from .enums import ListState, RepairState
from .models import Edition, ListEntry, Rating, Repair


@rule("您的岗位不能查看黑白名单。")
def can_view_lists(actor: Actor) -> bool:
    return actor.can(Can.VIEW_REGISTER)


@rule("您的岗位不能提请列入名单。")
def can_propose_somewhere(actor: Actor) -> bool:
    return actor.can(Can.PROPOSE_LISTING)


@rule("只有本辖区的经办人可以提请列入或移出名单。")
def can_propose(actor: Actor, institution: Institution) -> bool:
    return actor.is_person and actor.can(Can.PROPOSE_LISTING) and covers(actor, institution)


@rule("只有本辖区的经办人可以办理这条名单记录。")
def can_handle(actor: Actor, entry: ListEntry) -> bool:
    return actor.is_person and actor.can(Can.PROPOSE_LISTING) and covers(actor, entry)


@rule("这种名单不需要事先告知，或您不是本辖区的经办人。")
def can_notify(actor: Actor, entry: ListEntry) -> bool:
    return can_handle(actor, entry) and actor.can(Can.ISSUE_DOCUMENT) and entry.needs_defence


@rule("只有本辖区有文书权限的经办人可以出具证据卷。")
def can_issue_file(actor: Actor, row: ListEntry | Rating) -> bool:
    may = actor.is_person and actor.can(Can.PROPOSE_LISTING) and actor.can(Can.ISSUE_DOCUMENT)
    return may and covers(actor, row)


@rule("须告知并听取申辩的名单，只能在信用修复核查通过后移出，或因列入有误移出。")
def can_propose_removal(actor: Actor, entry: ListEntry) -> bool:
    return can_handle(actor, entry)


@rule("只有公布前须听取申辩的名单可以申请信用修复。")
def can_take_repair(actor: Actor, entry: ListEntry) -> bool:
    return can_handle(actor, entry) and may_be_repaired(entry)


def may_be_repaired(entry: ListEntry) -> bool:
    """Whether its party may ask to be taken off early, whoever enters that."""
    return entry.needs_defence and entry.state == ListState.APPROVED


@rule("只有本辖区的经办人可以核查信用修复申请。")
def can_check_repair(actor: Actor, repair: Repair) -> bool:
    return actor.is_person and actor.can(Can.PROPOSE_LISTING) and covers(actor, repair)


@rule("只有本辖区的经办人可以核查办理中的信用修复申请。")
def can_check_open_repair(actor: Actor, entry: ListEntry) -> bool:
    """The same, asked of the entry on whose page the application is looked into."""
    open_one = entry.repairs.filter(state=RepairState.APPLIED)
    return can_handle(actor, entry) and entry.state == ListState.APPROVED and open_one.exists()


@rule("您的岗位不能审核名单。")
def can_approve_somewhere(actor: Actor) -> bool:
    return actor.can(Can.APPROVE_LISTING)


@rule("须由本辖区有审核权限的另一人审核，提请人不能审核自己的提请。")
def can_decide(actor: Actor, entry: ListEntry) -> bool:
    return _may_approve(actor, entry) and entry.proposed_by_id != actor.user_id


@rule("须先向当事人告知，陈述申辩期满或者当事人书面放弃后，由另一人审核。")
def can_approve_now(actor: Actor, entry: ListEntry) -> bool:
    """The same, and the party has been heard where it has to be."""
    return can_decide(actor, entry) and (not entry.needs_defence or entry.state == ListState.HEARD)


@rule("须由本辖区有审核权限的另一人审核，提请人不能审核自己的提请。")
def can_decide_removal(actor: Actor, entry: ListEntry) -> bool:
    return _may_approve(actor, entry) and entry.removal_proposed_by_id != actor.user_id


@rule("只有系统任务和本辖区的经办人可以结束申辩期。")
def can_close_window(actor: Actor, entry: ListEntry) -> bool:
    return can_handle(actor, entry) or can_let_lapse(actor, entry)


@rule("只有系统任务可以将到期的记录移出名单。")
def can_let_lapse(actor: Actor, entry: ListEntry) -> bool:
    return not actor.is_person and actor.can(Can.APPROVE_LISTING) and covers(actor, entry)


@rule("只有系统任务可以编成名单期次。")
def can_make_edition(actor: Actor) -> bool:
    return not actor.is_person and actor.can(Can.APPROVE_LISTING)


@rule("只有有文书权限的名单经办人可以出具黑白名单公示。")
def can_issue_notice(actor: Actor, edition: Edition) -> bool:
    """Of any edition: the paper names the institutions of the actor's own area only."""
    return actor.is_person and actor.can(Can.PROPOSE_LISTING) and actor.can(Can.ISSUE_DOCUMENT)


@rule("名单规则由本辖区有审核权限的人员设定，全省规则由省级参数管理岗位设定。")
def can_set_rule(actor: Actor, jurisdiction: Jurisdiction | None) -> bool:
    if not actor.is_person:
        return False
    if jurisdiction is None:
        return actor.can(Can.MANAGE_PARAMETERS)
    may = actor.can(Can.APPROVE_LISTING) or actor.can(Can.MANAGE_PARAMETERS)
    return may and jurisdiction.pk in actor.scope


@rule("您的岗位不能设定名单规则。")
def can_set_rules(actor: Actor) -> bool:
    return actor.is_person and (actor.can(Can.APPROVE_LISTING) or actor.can(Can.MANAGE_PARAMETERS))


def _may_approve(actor: Actor, entry: ListEntry) -> bool:
    return actor.is_person and actor.can(Can.APPROVE_LISTING) and covers(actor, entry)
