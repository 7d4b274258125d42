"""Who asks institutions to declare, enters it for them, and decides on what they want changed."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import Jurisdiction
from institutions.models import Institution
from institutions.rules import can_view_register as can_view

from .models import ChangeRequest, Declaration, Inquiry, RuleSet

__all__ = ["can_view"]


@rule("只有县级经办人可以发起机构申报。")
def can_open_somewhere(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.EDIT_REGISTER)


@rule("只能向本辖区的机构发起申报。")
def can_open(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    return can_open_somewhere(actor) and jurisdiction.pk in actor.scope


@rule("只有制定地区的县级经办人可以修订。")
def can_revise(actor: Actor, rule_set: RuleSet) -> bool:
    return can_open_somewhere(actor) and covers(actor, rule_set)


@rule("只有系统任务和本辖区的经办人可以将机构列入申报。")
def can_ask(actor: Actor, inquiry: Inquiry) -> bool:
    return actor.can(Can.EDIT_REGISTER) and covers(actor, inquiry)


@rule("只有本辖区的县级经办人可以办理这项申报。")
def can_handle(actor: Actor, row: Inquiry | Declaration | ChangeRequest) -> bool:
    return can_open_somewhere(actor) and covers(actor, row)


@rule("只有本辖区的县级经办人可以办理机构的资料变更申请。")
def can_take_change(actor: Actor, institution: Institution) -> bool:
    return can_open_somewhere(actor) and covers(actor, institution) and institution.merged_into_id is None
