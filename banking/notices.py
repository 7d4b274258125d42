"""Who is told what about bank files."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

FILE_MISSING = NoticeKind("banking.file_missing", "银行对账文件未按时报送", Topic.TODO)

#: Promised for every account of an accepted file.
RECONCILE = "banking.reconcile_account"
