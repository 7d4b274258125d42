"""Messages for tests."""

from __future__ import annotations

from datetime import datetime

from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind
from foundation.notifications.models import Message
from foundation.notifications.operations.messages import send
from foundation.notifications.rules import SENDER

TEST = NoticeKind("test.notice", "测试消息", Topic.DEADLINE)
NEWS = NoticeKind("test.news", "测试进展", Topic.NEWS)


def told(actor: Actor, at: datetime, **given) -> list[Message]:
    """A message to one person of the cast."""
    facts = {"notice": TEST, "title": "请办理测试事项", "by": SENDER, **given}
    return send(to=[actor.user_id], at=at, **facts)


def reachable(actor: Actor, *, email: str = "officer@example.com", phone: str = "13800001234") -> User:
    """The person with an e-mail address and a phone number."""
    user = User.objects.get(pk=actor.user_id)
    user.email, user.phone = email, phone
    user.save(update_fields=["email", "phone"])
    return user
