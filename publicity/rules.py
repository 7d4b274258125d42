"""Who keeps the public site: sees its checks and starts one."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor, job
from foundation.core.operation import rule

CHECKER = job("公众网站检查", Can.KEEP_PUBLIC_SITE)


@rule("您的岗位不维护公众网站。")
def can_keep_site(actor: Actor) -> bool:
    return actor.can(Can.KEEP_PUBLIC_SITE)


@rule("只有系统任务可以登记公众网站检查的结果。")
def can_record_check(actor: Actor) -> bool:
    return not actor.is_person and actor.can(Can.KEEP_PUBLIC_SITE)
