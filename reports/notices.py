"""Messages of reports, kinds of outbox messages, and the rights of its jobs."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

COUNTED = NoticeKind("reports.counted", "报表已统计，请核对", Topic.TODO)
FINAL = NoticeKind("reports.final", "报表已定稿", Topic.NEWS)
NO_KEEPER = NoticeKind("reports.no_keeper", "月报计划没有编制人", Topic.TODO)

COUNT = "reports.count"
PLANS = "reports.plans"
ASK = "reports.ask"
TELL = "reports.tell"
COUNT_REPORTS = "reports.count_reports"
