"""Who works on the phone."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule


@rule("您的岗位不使用移动端，请在电脑上登录工作人员后台。")
def can_enter(actor: Actor) -> bool:
    return actor.can(Can.ENTER_PHONE)
