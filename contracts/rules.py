"""Who may see, keep and decide what of contracts and payments."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule

from .models import ContractLimit


@rule("您的岗位不能查看合同与缴费。")
def can_view_contracts(actor: Actor) -> bool:
    """The bureaus' own people over their own tree; never banks, supervisors or grid workers."""
    return actor.can(Can.VIEW_CONTRACTS) and bool(actor.scope)


@rule("您的岗位不能提出收费规定变更。")
def can_propose_limits(actor: Actor) -> bool:
    return actor.can(Can.KEEP_CONTRACT_LIMITS) and bool(actor.scope)


@rule("只能为本辖区提出收费规定变更；全国规定随系统更新。")
def can_propose_limit(actor: Actor, limit: ContractLimit) -> bool:
    """For a place of one's own area; what counts everywhere comes with a release."""
    return actor.is_person and can_propose_limits(actor) and limit.jurisdiction_id in actor.scope


@rule("收费规定变更须由提出人以外、有审批权的人审批。")
def can_decide_limit(actor: Actor, limit: ContractLimit) -> bool:
    """The second person, of the same place or above it."""
    another = actor.is_person and actor.user_id != limit.proposed_by_id
    return another and can_propose_limits(actor) and limit.jurisdiction_id in actor.scope
