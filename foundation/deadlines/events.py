"""Facts of this app."""

from foundation.core.events import EventKind

CALENDAR_PUBLISHED = EventKind("deadlines.calendar_published", "发布工作日历")
CALENDAR_IMPORTED = EventKind("deadlines.calendar_imported", "导入工作日历草案")
LIMIT_SET = EventKind("deadlines.limit_set", "设定法定期限")
LIMIT_TEXT_AMENDED = EventKind("deadlines.limit_text_amended", "修改期限条文")
DEADLINE_STARTED = EventKind("deadlines.started", "起算期限")
DEADLINE_MET = EventKind("deadlines.met", "期限内事项办结")
DEADLINE_CANCELLED = EventKind("deadlines.cancelled", "撤销期限")
DEADLINE_EXTENDED = EventKind("deadlines.extended", "延长期限")
DEADLINE_PAUSED = EventKind("deadlines.paused", "中止计算期限")
DEADLINE_RESUMED = EventKind("deadlines.resumed", "恢复计算期限")
DEADLINE_MOVED = EventKind("deadlines.moved", "因日历调整变更期限")
