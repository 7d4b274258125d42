"""Who may send, read and choose."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor, job
from foundation.core.operation import rule
from foundation.deadlines.rules import can_view_deadlines

from .models import Message

SEND = "notifications.send"
SENDER = job("消息提醒", SEND)


@rule("只有办理业务的人员和系统任务可以发出消息。")
def can_send(actor: Actor) -> bool:
    """Messages are consequences: of what a person did, or of a job that may send."""
    return actor.is_person or actor.can(SEND)


@rule("只有系统任务可以送出邮件和短信。")
def can_deliver(actor: Actor) -> bool:
    return actor.can(SEND)


@rule("您的岗位没有消息页面。")
def can_view_inbox(actor: Actor) -> bool:
    """Everybody of the staff has an inbox."""
    return actor.is_person and actor.can(Can.ENTER_STAFF)


@rule("您的岗位不查看提醒一览。")
def can_view_reminders(actor: Actor) -> bool:
    """Whoever sees the deadlines of an area sees what is reminded of there; each reminder adds its own rule."""
    return can_view_deadlines(actor)


@rule("只能处理发给自己的消息。")
def can_read(actor: Actor, message: Message) -> bool:
    return actor.is_person and message.recipient_id == actor.user_id


@rule("请先登录。")
def can_choose(actor: Actor) -> bool:
    """Everybody chooses for themselves only: the operation takes no other user."""
    return actor.is_person


@rule("只有系统管理员可以查看邮件短信发送记录。")
def can_view_deliveries(actor: Actor) -> bool:
    return actor.can(Can.MANAGE_ACCOUNTS)
