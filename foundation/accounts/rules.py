"""Who may administer organs, people and posts (三员分立), and what a person may do to the own account."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model

from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.operation import rule
from foundation.core.scope import covers

from .enums import Can
from .models import Organ, Post, User


@rule("只有系统、安全、审计管理员可以查看单位、人员和岗位。")
def can_view_accounts(actor: Actor) -> bool:
    """The three administrators read the same registers; each writes only the own part."""
    return any(actor.can(capability) for capability in (Can.MANAGE_ACCOUNTS, Can.GRANT_POSTS, Can.VIEW_AUDIT))


@rule("只有系统管理员可以管理单位和账号。")
def can_manage_accounts(actor: Actor) -> bool:
    return actor.can(Can.MANAGE_ACCOUNTS)


@rule("只有本辖区的系统管理员可以管理该单位。")
def can_manage_organ(actor: Actor, organ: Organ) -> bool:
    return actor.can(Can.MANAGE_ACCOUNTS) and covers(actor, organ)


@rule("只有本辖区的系统管理员可以管理该账号，且不能管理本人账号。")
def can_manage_user(actor: Actor, user: User) -> bool:
    """An administrator's own account is looked after by another administrator."""
    return actor.can(Can.MANAGE_ACCOUNTS) and covers(actor, user) and actor.user_id != user.pk


@rule("账号已停用。")
def can_disable_user(actor: Actor, user: User) -> bool:
    return can_manage_user(actor, user) and user.is_active


@rule("账号未停用。")
def can_enable_user(actor: Actor, user: User) -> bool:
    return can_manage_user(actor, user) and not user.is_active


@rule("只有安全管理员可以授予岗位。")
def can_grant_posts(actor: Actor) -> bool:
    return actor.can(Can.GRANT_POSTS)


@rule("只有本辖区的安全管理员可以向该人员授予岗位，且不能授予本人。")
def can_grant_to(actor: Actor, user: User) -> bool:
    """The person's side of ``can_grant_post``, for the button on the person's page."""
    return actor.can(Can.GRANT_POSTS) and actor.user_id != user.pk and covers(actor, user)


@rule("只有本辖区的安全管理员可以向本辖区人员授予岗位，且不能授予本人。")
def can_grant_post(actor: Actor, user: User, organ: Organ) -> bool:
    """Person and organ lie in the jurisdiction, and nobody gives a post to himself."""
    return can_grant_to(actor, user) and covers(actor, organ)


@rule("只有本辖区的安全管理员可以终止岗位，且不能终止本人的岗位。")
def can_end_post(actor: Actor, post: Post) -> bool:
    return actor.can(Can.GRANT_POSTS) and actor.user_id != post.user_id and covers(actor, post)


@rule("只有审计管理员和纪检督查人员可以查看登录记录。")
def can_view_logins(actor: Actor) -> bool:
    return actor.can(Can.VIEW_AUDIT)


@rule("只能由本人办理。")
def is_self(actor: Actor, user: User) -> bool:
    return actor.user_id == user.pk


@rule("只能切换到本人任期内的岗位。")
def can_switch_to(actor: Actor, post: Post, at: datetime) -> bool:
    on = local_date(at)
    in_force = post.valid_from <= on and (post.valid_to is None or post.valid_to >= on)
    return actor.user_id is not None and actor.user_id == post.user_id and in_force


@rule("只有办理这一事项的单位可以停用它的网上回执。")
def can_end_with(actor: Actor, subject: Model) -> bool:
    """Whoever ends a matter ends its link: the matter's own operation has asked for more."""
    return covers(actor, subject)
