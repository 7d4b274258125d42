"""Facts of what institutions declare."""

from foundation.core.events import EventKind

INQUIRY_OPENED = EventKind("inquiry.opened", "发起机构申报")
INQUIRY_CLOSED = EventKind("inquiry.closed", "结束机构申报")
ASKED = EventKind("declaration.asked", "列入机构申报")
DECLARED = EventKind("declaration.given", "收到机构申报")
SENT_BACK = EventKind("declaration.sent_back", "机构申报退回补正")
RULES_LAID_DOWN = EventKind("rule_set.laid_down", "制定规范制度")
CHANGE_ASKED = EventKind("profile_change.asked", "收到资料变更申请")
CHANGE_DECIDED = EventKind("profile_change.decided", "办理资料变更申请")
