"""Who may ask for and decide on entries of the lists."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from institutions.models import Institution

from .models import ListEntry


@rule("您的岗位不能查看黑白名单。")
def can_view_lists(actor: Actor) -> bool:
    return actor.can(Can.VIEW_REGISTER)


@rule("您的岗位不能提请列入名单。")
def can_propose_somewhere(actor: Actor) -> bool:
    return actor.can(Can.PROPOSE_LISTING)


@rule("只有本辖区的经办人可以提请列入或移出名单。")
def can_propose(actor: Actor, institution: Institution) -> bool:
    return actor.is_person and actor.can(Can.PROPOSE_LISTING) and covers(actor, institution)


@rule("只有本辖区的经办人可以提请列入或移出名单。")
def can_propose_removal(actor: Actor, entry: ListEntry) -> bool:
    return actor.is_person and actor.can(Can.PROPOSE_LISTING) and covers(actor, entry)


@rule("您的岗位不能审核名单。")
def can_approve_somewhere(actor: Actor) -> bool:
    return actor.can(Can.APPROVE_LISTING)


@rule("须由本辖区有审核权限的另一人审核，提请人不能审核自己的提请。")
def can_decide(actor: Actor, entry: ListEntry) -> bool:
    return _may_approve(actor, entry) and entry.proposed_by_id != actor.user_id


@rule("须由本辖区有审核权限的另一人审核，提请人不能审核自己的提请。")
def can_decide_removal(actor: Actor, entry: ListEntry) -> bool:
    return _may_approve(actor, entry) and entry.removal_proposed_by_id != actor.user_id


@rule("只有系统任务可以将到期的记录移出名单。")
def can_let_lapse(actor: Actor, entry: ListEntry) -> bool:
    return not actor.is_person and actor.can(Can.APPROVE_LISTING) and covers(actor, entry)


@rule("只有系统任务可以编成名单期次。")
def can_make_edition(actor: Actor) -> bool:
    return not actor.is_person and actor.can(Can.APPROVE_LISTING)


def _may_approve(actor: Actor, entry: ListEntry) -> bool:
    return actor.is_person and actor.can(Can.APPROVE_LISTING) and covers(actor, entry)
