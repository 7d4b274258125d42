"""Facts of contracts and payments."""

from foundation.core.events import EventKind

LIMIT_PROPOSED = EventKind("contracts.limit_proposed", "提出收费规定变更")
LIMIT_APPROVED = EventKind("contracts.limit_approved", "批准收费规定变更")
LIMIT_REFUSED = EventKind("contracts.limit_refused", "不批准收费规定变更")

SIGNED = EventKind("contracts.signed", "登记培训合同")
ENDED = EventKind("contracts.ended", "合同到期")
TERMINATED = EventKind("contracts.terminated", "解除合同")
VOIDED = EventKind("contracts.voided", "撤回合同")
OPENING_ASKED = EventKind("contracts.opening_asked", "申请查看学员信息")
OPENING_ALLOWED = EventKind("contracts.opening_allowed", "批准查看学员信息")
OPENING_REFUSED = EventKind("contracts.opening_refused", "不批准查看学员信息")
PARTY_READ = EventKind("contracts.party_read", "查看学员信息")
PARTY_DESTROYED = EventKind("contracts.party_destroyed", "销毁学员信息")
PAID = EventKind("contracts.paid", "登记缴费")
INVOICED = EventKind("contracts.invoiced", "登记发票")
TAUGHT = EventKind("contracts.taught", "登记上课")
LINKED = EventKind("contracts.linked", "关联合同")
FOUND = EventKind("contracts.found", "收费校验")
