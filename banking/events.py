"""Facts of bank files."""

from foundation.core.events import EventKind

PROFILE_SET = EventKind("banking.profile_set", "设定对账文件格式")
FILE_ACCEPTED = EventKind("banking.file_accepted", "接收对账文件")
FILE_TAKEN = EventKind("banking.file_taken", "取出对账文件")
FILE_REFUSED = EventKind("banking.file_refused", "整份退回对账文件")
LINE_MATCHED = EventKind("banking.line_matched", "对上银行明细")
DIFFERENCE_FOUND = EventKind("banking.difference_found", "列出对账差异")
DIFFERENCE_MATCHED = EventKind("banking.difference_matched", "对账差异消除")
DIFFERENCE_REOPENED = EventKind("banking.difference_reopened", "对账差异重新待查")
DIFFERENCE_EXPLAINED = EventKind("banking.difference_explained", "说明对账差异")
STATEMENT_MADE = EventKind("banking.statement_made", "生成月结单")
DAY_SIGNED = EventKind("banking.day_signed", "签认日对账")
DAY_UNSIGNED = EventKind("banking.day_unsigned", "日对账有变，重新签认")
KEY_MADE = EventKind("banking.key_made", "生成回调密钥")
KEY_ENDED = EventKind("banking.key_ended", "停用回调密钥")
