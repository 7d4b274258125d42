"""Facts of contracts and payments."""

from foundation.core.events import EventKind

LIMIT_PROPOSED = EventKind("contracts.limit_proposed", "提出收费规定变更")
LIMIT_APPROVED = EventKind("contracts.limit_approved", "批准收费规定变更")
LIMIT_REFUSED = EventKind("contracts.limit_refused", "不批准收费规定变更")
