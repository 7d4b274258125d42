"""Who keeps the public site: sees its checks and starts one."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor, job
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import School

from .models import ParentLetter

CHECKER = job("公众网站检查", Can.KEEP_PUBLIC_SITE)


@rule("您的岗位不维护公众网站。")
def can_keep_site(actor: Actor) -> bool:
    return actor.can(Can.KEEP_PUBLIC_SITE)


@rule("您的岗位不能查看致家长信。")
def can_view_letters(actor: Actor) -> bool:
    return actor.can(Can.KEEP_PUBLIC_SITE)


@rule("只有教育行政部门的经办人可以出具致家长信。")
def can_issue_letters(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.KEEP_PUBLIC_SITE) and actor.can(Can.ISSUE_DOCUMENT)


@rule("只有出具单位的经办人可以登记发放和回执，作废的信不再登记。")
def can_count_letters(actor: Actor, letter: ParentLetter) -> bool:
    own = can_issue_letters(actor) and covers(actor, letter) and actor.organ_id == letter.organ_id
    return own and letter.schools.exists() and not letter.document.is_void


@rule("只能把信发给本辖区的学校。")
def can_send_to(actor: Actor, school: School) -> bool:
    return can_issue_letters(actor) and covers(actor, school) and school.closed_on is None


@rule("只有系统任务可以登记公众网站检查的结果。")
def can_record_check(actor: Actor) -> bool:
    return not actor.is_person and actor.can(Can.KEEP_PUBLIC_SITE)
