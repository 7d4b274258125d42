"""The 待办 tile of the inbox, and how a message went out."""

from __future__ import annotations

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.panels import Panel, panel

from . import queries, rules
from .models import Message


@panel(Message, label="邮件与短信", order=10)
def deliveries(actor: Actor, message: Message) -> Panel:
    rows = [
        (row.get_channel_display(), row.get_state_display(), row.sent_at or row.due_at, row.reason)
        for row in message.deliveries.order_by("channel")
    ]
    return Panel(("通道", "状态", "时间", "说明"), rows, empty="这条消息只发到站内")


@todo_tile(order=40)
def unread(actor: Actor) -> Tile | None:
    if not rules.can_view_inbox(actor):
        return None
    url = f"{reverse('admin:notifications_message_changelist')}?read=no"
    return Tile("未读消息", queries.unread(actor).count(), url, unit="条", tone="notice")
