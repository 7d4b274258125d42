"""Facts of the ledger beside its entries, which are audit facts themselves."""

from foundation.core.events import EventKind

ACCOUNT_OPENED = EventKind("ledger.account_opened", "开立资金账")
DAY_CLOSED = EventKind("ledger.day_closed", "资金账结账")
