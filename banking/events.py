"""Facts of bank files."""

from foundation.core.events import EventKind

PROFILE_SET = EventKind("banking.profile_set", "设定对账文件格式")
FILE_ACCEPTED = EventKind("banking.file_accepted", "接收对账文件")
FILE_TAKEN = EventKind("banking.file_taken", "取出对账文件")
FILE_REFUSED = EventKind("banking.file_refused", "整份退回对账文件")
