"""Who may order something, and who may say that it was followed."""

from __future__ import annotations

from clues.models import Sighting
from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from inspections.models import Visit
from institutions.models import Institution

from .enums import OPEN, InterviewState, OrderState, PartyState
from .models import Interview, InterviewParty, Order, Removal, RemovalItem


@rule("您的岗位不能查看执法处置。")
def can_view_orders(actor: Actor) -> bool:
    return actor.can(Can.VIEW_ENFORCEMENT)


@rule("只有本辖区的经办人可以根据检查记录开具通知书。")
def can_issue(actor: Actor, visit: Visit) -> bool:
    return actor.is_person and actor.can(Can.ISSUE_ORDER) and covers(actor, visit)


@rule("暗访、社会监督员走访和已作废的检查记录不能作为开具通知书的依据，请先形成有两名执法人员的现场检查记录。")
def can_issue_now(actor: Actor, visit: Visit) -> bool:
    """A covert visit stays internal until a formal record is made; volunteers have no power to order anything."""
    return can_issue(actor, visit) and visit.is_formal


@rule("只有本辖区的经办人可以办理通知书。")
def can_follow_up(actor: Actor, order: Order) -> bool:
    return actor.is_person and actor.can(Can.ISSUE_ORDER) and covers(actor, order)


@rule("通知书已办结，不能再办理。")
def can_follow_up_now(actor: Actor, order: Order) -> bool:
    return can_follow_up(actor, order) and order.state in OPEN


@rule("通知书已送达、已撤销或不在您的辖区内。")
def can_record_service(actor: Actor, order: Order) -> bool:
    return can_follow_up(actor, order) and order.served_on is None and order.state != OrderState.VOIDED


@rule("整改期限只能在到期前延长一次。")
def can_extend(actor: Actor, order: Order) -> bool:
    return can_follow_up_now(actor, order) and order.extended_from is None


@rule("只有出具通知书的单位可以为登记过的复查出具复查记录。")
def can_issue_recheck_record(actor: Actor, order: Order) -> bool:
    """Whatever became of the order since: what was seen at a re-check stays a fact."""
    own = can_follow_up(actor, order) and actor.can(Can.ISSUE_DOCUMENT) and actor.organ_id == order.organ_id
    return own and order.state != OrderState.VOIDED and order.rechecks.exists()


@rule("须由出具单位的另一名经办人撤销，开具人不能撤销自己开具的通知书。")
def can_void(actor: Actor, order: Order) -> bool:
    return can_follow_up(actor, order) and actor.organ_id == order.organ_id and order.issued_by_id != actor.user_id


# -- interviews ----------------------------------------------------------------------------------------------------
@rule("您的岗位不能安排约谈。")
def can_plan_interviews(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.ISSUE_ORDER)


@rule("只有约谈单位的经办人可以办理这次约谈。")
def can_lead(actor: Actor, interview: Interview) -> bool:
    return can_plan_interviews(actor) and actor.organ_id == interview.organ_id and covers(actor, interview)


@rule("只有约谈单位的经办人可以办理尚未进行的约谈。")
def can_lead_now(actor: Actor, interview: Interview) -> bool:
    return can_lead(actor, interview) and interview.state == InterviewState.PLANNED


@rule("只能约谈本辖区的机构。")
def can_summon(actor: Actor, institution: Institution) -> bool:
    return can_plan_interviews(actor) and covers(actor, institution)


@rule("只有约谈单位的经办人可以移出尚未约谈的机构。")
def can_drop(actor: Actor, party: InterviewParty) -> bool:
    return can_lead_now(actor, party.interview) and party.state == PartyState.SUMMONED


@rule("只有本辖区的经办人可以核实约谈事项是否整改。")
def can_confirm_fixed(actor: Actor, party: InterviewParty) -> bool:
    return can_plan_interviews(actor) and covers(actor, party)


# -- advertisements ------------------------------------------------------------------------------------------------
@rule("只有本辖区的经办人可以登记广告处置。")
def can_remove(actor: Actor, sighting: Sighting) -> bool:
    return actor.is_person and actor.can(Can.ISSUE_ORDER) and covers(actor, sighting)


@rule("您的岗位不能登记广告处置。")
def can_remove_somewhere(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.ISSUE_ORDER) and actor.can(Can.VIEW_CLUES)


@rule("只有登记单位的经办人可以补登、更正这次处置。")
def can_change_removal(actor: Actor, removal: Removal) -> bool:
    own = actor.is_person and actor.can(Can.ISSUE_ORDER) and actor.organ_id == removal.organ_id
    return own and covers(actor, removal)


@rule("这条处置记录已作废，或不是您单位登记的。")
def can_void_item(actor: Actor, item: RemovalItem) -> bool:
    return item.voided_at is None and can_change_removal(actor, item.removal)


@rule("只有本辖区的经办人可以设置或解除风险标记。")
def can_flag(actor: Actor, institution: Institution) -> bool:
    return (
        actor.is_person and actor.can(Can.ISSUE_ORDER) and actor.can(Can.EDIT_REGISTER) and covers(actor, institution)
    )
