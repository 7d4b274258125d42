"""Facts of outreach, meetings and honours."""

from foundation.core.events import EventKind

OUTREACH_RECORDED = EventKind("outreach.recorded", "登记宣传")
OUTREACH_VOIDED = EventKind("outreach.voided", "作废宣传记录")
MEETING_RECORDED = EventKind("meeting.recorded", "登记会议")
MEETING_VOIDED = EventKind("meeting.voided", "作废会议记录")
HONOUR_RECORDED = EventKind("honour.recorded", "登记荣誉")
HONOUR_VOIDED = EventKind("honour.voided", "作废荣誉记录")
