"""Who reads and who lays down checklists."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import Jurisdiction
from inspections.models import Checklist, ChecklistItem, ChecklistSection, ChecklistVersion


@rule("您的岗位不查看检查清单。")
def can_view_checklists(actor: Actor) -> bool:
    return actor.can(Can.VIEW_VISITS) or actor.can(Can.MANAGE_CHECKLISTS)


@rule("您的岗位不能制定检查清单。")
def can_manage_checklists(actor: Actor) -> bool:
    return actor.can(Can.MANAGE_CHECKLISTS)


@rule("只能为本单位制定检查清单。")
def can_add_checklist(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    return actor.can(Can.MANAGE_CHECKLISTS) and jurisdiction.pk in actor.scope


@rule("只有制定单位可以修订这份检查清单；您可以新建本单位的清单。")
def can_revise(actor: Actor, part: Checklist | ChecklistVersion | ChecklistSection | ChecklistItem) -> bool:
    """The bureau that laid a list down, or one above it; lists from above are read only."""
    return actor.can(Can.MANAGE_CHECKLISTS) and covers(actor, part)
