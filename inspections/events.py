"""Facts of inspections."""

from foundation.core.events import EventKind

VERSION_STARTED = EventKind("checklist.version_started", "起草检查清单新版本")
CHECKLIST_ADDED = EventKind("checklist.added", "新建检查清单")
SECTION_CHANGED = EventKind("checklist.section_changed", "修改清单部分")
ITEM_CHANGED = EventKind("checklist.item_changed", "修改清单条目")
ITEM_REMOVED = EventKind("checklist.item_removed", "删去清单条目")
VERSION_PUBLISHED = EventKind("checklist.version_published", "启用检查清单")

VISIT_FILED = EventKind("visit.filed", "登记检查")
VISIT_VOIDED = EventKind("visit.voided", "作废检查记录")
FINDING_CONFIRMED = EventKind("finding.confirmed", "核实问题属实")
FINDING_DISMISSED = EventKind("finding.dismissed", "核实问题不属实")
