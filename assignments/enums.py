"""States of what one organ was asked to do, and how urgent it is."""

from django.db.models import TextChoices


class PartState(TextChoices):
    PENDING = "pending", "待签收"
    WORKING = "working", "办理中"
    ANSWERED = "answered", "已反馈待审"
    RETURNED = "returned", "退回重办"
    DONE = "done", "已办结"
    CANCELLED = "cancelled", "已撤回"


class Urgency(TextChoices):
    NORMAL = "normal", "平件"
    URGENT = "urgent", "急件"
    VERY_URGENT = "very_urgent", "特急"


OPEN = frozenset({PartState.PENDING, PartState.WORKING, PartState.RETURNED})
