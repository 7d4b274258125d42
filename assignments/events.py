"""Facts of 交办."""

from foundation.core.events import EventKind

ASSIGNED = EventKind("assignment.assigned", "交办")
RECEIVED = EventKind("assignment.received", "签收交办")
ANSWERED = EventKind("assignment.answered", "反馈交办")
SENT_BACK = EventKind("assignment.sent_back", "退回重办")
ACCEPTED = EventKind("assignment.accepted", "办结交办")
CANCELLED = EventKind("assignment.cancelled", "撤回交办")
