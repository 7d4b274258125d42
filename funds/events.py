"""Facts of fund supervision."""

from foundation.core.events import EventKind

BANK_ADDED = EventKind("funds.bank_added", "登记监管银行")
BANK_CHANGED = EventKind("funds.bank_changed", "变更监管银行资料")
BANK_STATUS_SET = EventKind("funds.bank_status_set", "变更银行遴选状态")
ACCOUNT_OPENED = EventKind("funds.account_opened", "登记监管账户")
ACCOUNT_CLOSED = EventKind("funds.account_closed", "登记监管账户销户")
MODE_SET = EventKind("funds.mode_set", "设定监管方式")
MINIMUM_PROPOSED = EventKind("funds.minimum_proposed", "提请最低余额")
MINIMUM_APPROVED = EventKind("funds.minimum_approved", "同意最低余额")
MINIMUM_REFUSED = EventKind("funds.minimum_refused", "不同意最低余额")
EXEMPTION_PROPOSED = EventKind("funds.exemption_proposed", "提请豁免监管")
EXEMPTION_APPROVED = EventKind("funds.exemption_approved", "同意豁免监管")
EXEMPTION_REFUSED = EventKind("funds.exemption_refused", "不同意豁免监管")
EXEMPTION_ENDED = EventKind("funds.exemption_ended", "提前终止豁免监管")
AGREEMENT_DRAFTED = EventKind("funds.agreement_drafted", "拟定三方协议")
AGREEMENT_ISSUED = EventKind("funds.agreement_issued", "出具三方协议文本")
AGREEMENT_SIGNED = EventKind("funds.agreement_signed", "登记三方协议签署")
AGREEMENT_EXPIRED = EventKind("funds.agreement_expired", "三方协议到期")
AGREEMENT_ENDED = EventKind("funds.agreement_ended", "终止三方协议")
FILE_TAKEN = EventKind("funds.file_taken", "下载资金监管附件")
