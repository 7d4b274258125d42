"""Kinds of messages. Each app lists its own as constants; the code is part of what makes a message unique."""

from __future__ import annotations

from dataclasses import dataclass

from .enums import Topic


@dataclass(frozen=True)
class NoticeKind:
    """``code`` for programs (``deadline.due``), ``label`` for people (``期限将到``), ``topic`` for channel choices."""

    code: str
    label: str
    topic: Topic


DEADLINE_REMINDER = NoticeKind("deadlines.reminder", "期限提醒", Topic.DEADLINE)
DIGEST = NoticeKind("notifications.digest", "当日提醒汇总", Topic.DEADLINE)
CALENDAR_MISSING = NoticeKind("deadlines.calendar_missing", "工作日历待确认", Topic.SYSTEM)
