"""Facts of fund supervision."""

from foundation.core.events import EventKind

BANK_ADDED = EventKind("funds.bank_added", "登记监管银行")
BANK_CHANGED = EventKind("funds.bank_changed", "变更监管银行资料")
BANK_STATUS_SET = EventKind("funds.bank_status_set", "变更银行遴选状态")
