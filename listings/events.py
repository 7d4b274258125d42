"""Facts of the lists."""

from foundation.core.events import EventKind

PROPOSED = EventKind("listing.proposed", "提请列入名单")
APPROVED = EventKind("listing.approved", "审核同意列入名单")
REJECTED = EventKind("listing.rejected", "退回列入名单提请")
REMOVAL_PROPOSED = EventKind("listing.removal_proposed", "提请移出名单")
REMOVAL_APPROVED = EventKind("listing.removal_approved", "审核同意移出名单")
REMOVAL_REJECTED = EventKind("listing.removal_rejected", "退回移出名单提请")
LAPSED = EventKind("listing.lapsed", "名单到期或失效")
EDITION_MADE = EventKind("listing.edition_made", "编成名单期次")
