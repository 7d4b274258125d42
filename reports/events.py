"""Facts of reports."""

from foundation.core.events import EventKind

STYLE_SET = EventKind("reports.style_set", "设定指标取舍")
PREPARED = EventKind("reports.prepared", "编制报表")
RECOUNTED = EventKind("reports.recounted", "重新统计")
COUNTED = EventKind("reports.counted", "统计完成")
REVIEWED = EventKind("reports.reviewed", "审核报表")
RETURNED = EventKind("reports.returned", "退回报表")
WITHDRAWN = EventKind("reports.withdrawn", "撤回报表")
ISSUED = EventKind("reports.issued", "报表定稿")
TAKEN = EventKind("reports.taken", "下载报表")
PLAN_SET = EventKind("reports.plan_set", "设定月报计划")
PLAN_ENDED = EventKind("reports.plan_ended", "停用月报计划")
