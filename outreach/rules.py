"""Who enters outreach, meetings and honours, and who reads them."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers

from .models import Noted


@rule("您的岗位不能查看宣传、会议和荣誉。")
def can_view(actor: Actor) -> bool:
    return actor.can(Can.VIEW_REGISTER)


@rule("只有教育行政部门的经办人可以登记宣传、会议和荣誉。")
def can_record(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.KEEP_PUBLIC_SITE) and actor.can(Can.ISSUE_DOCUMENT)


@rule("只有登记单位的经办人可以作废，已作废的不再办理。")
def can_void(actor: Actor, row: Noted) -> bool:
    own = can_record(actor) and covers(actor, row) and actor.organ_id == row.organ_id
    return own and row.voided_at is None
