"""Who may see, keep and decide what of contracts and payments."""

from __future__ import annotations

from clues.enums import OpeningState
from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from institutions.models import Institution

from .enums import ContractState
from .models import Contract, ContractLimit, PartyOpening, Payment
from .notices import CHECK, DESTROY


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


@rule("您的岗位不能登记合同、缴费和发票。")
def can_keep_contracts(actor: Actor) -> bool:
    return actor.can(Can.KEEP_CONTRACTS) and bool(actor.scope)


@rule("该机构不在您的管辖范围内，不能登记它的合同、缴费和发票。")
def can_keep_for(actor: Actor, institution: Institution) -> bool:
    """Officers of the bureau that governs the institution."""
    return can_keep_contracts(actor) and covers(actor, institution)


@rule("只有本辖区的经办人可以办理这份合同。")
def can_keep_contract(actor: Actor, contract: Contract) -> bool:
    return can_keep_contracts(actor) and covers(actor, contract)


@rule("只有本辖区的经办人可以导入合同、缴费、发票和上课记录。")
def can_import_contracts(actor: Actor, jurisdictions: set[int]) -> bool:
    """Every row of a batch lies in the actor's area."""
    return can_keep_contracts(actor) and actor.areas is None and jurisdictions <= actor.scope


@rule("只有本辖区的经办人可以申请查看学员信息。")
def can_ask_for_party(actor: Actor, contract: Contract) -> bool:
    return actor.is_person and actor.can(Can.OPEN_MINOR) and covers(actor, contract)


@rule("须由申请人以外、对合同有管辖权的领导审批。")
def can_decide_opening(actor: Actor, opening: PartyOpening) -> bool:
    """The second person: another one, with the right, in whose scope the contract lies."""
    another = actor.is_person and actor.user_id != opening.asked_by_id
    return another and actor.can(Can.APPROVE_OPENING) and covers(actor, opening)


@rule("只有申请人本人可以查看，且须在有效时间内。")
def can_read_party(actor: Actor, opening: PartyOpening) -> bool:
    """Whoever asked, while the post still may; the operation also looks at the hour."""
    own = actor.is_person and actor.user_id == opening.asked_by_id
    return own and opening.state == OpeningState.ALLOWED and can_ask_for_party(actor, opening.contract)


@rule("学员信息由系统到期销毁；监护人要求的，由本辖区经办人在合同结束后销毁。")
def can_destroy_party(actor: Actor, contract: Contract) -> bool:
    """The portal when its time is over; an officer earlier, at the guardian's request, once the contract is over."""
    if not actor.is_person:
        return actor.can(DESTROY) and covers(actor, contract)
    return can_keep_contract(actor, contract) and contract.state != ContractState.ACTIVE


@rule("只有本辖区的经办人可以办理这笔缴费。")
def can_keep_payment(actor: Actor, payment: Payment) -> bool:
    return can_keep_contracts(actor) and covers(actor, payment)


@rule("收费校验由本辖区经办人的办理引起，或由系统每天进行。")
def can_check(actor: Actor, jurisdictions: set[int]) -> bool:
    """Whoever just changed something here, or the portal's own job."""
    return (can_keep_contracts(actor) or actor.can(CHECK)) and jurisdictions <= actor.scope
