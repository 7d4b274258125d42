"""Facts of the lists."""

from foundation.core.events import EventKind

PROPOSED = EventKind("listing.proposed", "提请列入名单")
NOTIFIED = EventKind("listing.notified", "出具名单事先告知书")
NOTICE_SERVED = EventKind("listing.notice_served", "登记告知书送达")
DEFENCE_TAKEN_IN = EventKind("listing.defence", "收到陈述申辩")
DEFENCE_WAIVED = EventKind("listing.defence_waived", "当事人书面放弃陈述申辩")
WINDOW_CLOSED = EventKind("listing.window_closed", "陈述申辩期满")
APPROVED = EventKind("listing.approved", "审核同意列入名单")
REJECTED = EventKind("listing.rejected", "退回列入名单提请")
REPAIR_APPLIED = EventKind("listing.repair_applied", "收到信用修复申请")
REPAIR_REFUSED = EventKind("listing.repair_refused", "信用修复核查未通过")
REPAIR_PASSED = EventKind("listing.repair_passed", "信用修复核查通过")
REMOVAL_PROPOSED = EventKind("listing.removal_proposed", "提请移出名单")
REMOVAL_APPROVED = EventKind("listing.removal_approved", "审核同意移出名单")
REMOVAL_REJECTED = EventKind("listing.removal_rejected", "退回移出名单提请")
LAPSED = EventKind("listing.lapsed", "名单到期或失效")
EDITION_MADE = EventKind("listing.edition_made", "编成名单期次")
RULE_SET = EventKind("listing.rule_set", "设定名单规则")
