"""Facts of early warning."""

from foundation.core.events import EventKind

ALERT_OPENED = EventKind("alerts.alert_opened", "发出预警")
ALERT_REGRADED = EventKind("alerts.alert_regraded", "预警等级变化")
ALERT_LAPSED = EventKind("alerts.alert_lapsed", "预警情形消失")
ALERT_TAKEN = EventKind("alerts.alert_taken", "认领预警并确定处置方式")
ALERT_CLOSED = EventKind("alerts.alert_closed", "预警办结")
ALERT_DISAGREED = EventKind("alerts.alert_disagreed", "不认同预警")
VISIT_SENT = EventKind("alerts.visit_sent", "因预警交办上门核实")
RELEASES_HELD = EventKind("alerts.releases_held", "因预警暂停核拨")
SIGN_REPORTED = EventKind("alerts.sign_reported", "登记风险迹象")
SIGN_STRUCK = EventKind("alerts.sign_struck", "更正风险迹象登记")
THRESHOLD_PROPOSED = EventKind("alerts.threshold_proposed", "提出预警阈值")
THRESHOLD_SET = EventKind("alerts.threshold_set", "批准预警阈值")
THRESHOLD_REFUSED = EventKind("alerts.threshold_refused", "不批准预警阈值")
RUNAWAY_ENTERED = EventKind("alerts.runaway_entered", "登记爆雷跑路")
RUNAWAY_STRUCK = EventKind("alerts.runaway_struck", "更正爆雷跑路登记")
SEARCH_NOTED = EventKind("alerts.search_noted", "登记爆雷跑路排查")
