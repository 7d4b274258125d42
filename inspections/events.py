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

# -- campaigns -----------------------------------------------------------------------------------------------------
CAMPAIGN_DRAFTED = EventKind("campaign.drafted", "起草专项行动")
CAMPAIGN_CHANGED = EventKind("campaign.changed", "修改专项行动")
CAMPAIGN_STARTED = EventKind("campaign.started", "启动专项行动")
CAMPAIGN_CLOSED = EventKind("campaign.closed", "结束专项行动")
CAMPAIGN_UNIT_JOINED = EventKind("campaign.unit_joined", "加入成员单位")
CAMPAIGN_UNIT_LEFT = EventKind("campaign.unit_left", "移出成员单位")
CAMPAIGN_PAPER_ADDED = EventKind("campaign.paper_added", "登记行动文件")
TARGETS_LISTED = EventKind("campaign.targets_listed", "生成对象清单")
TARGET_NAMED = EventKind("campaign.target_named", "列入对象")
TARGET_DROPPED = EventKind("campaign.target_dropped", "剔除对象")
TARGET_RESTORED = EventKind("campaign.target_restored", "恢复对象")
TARGET_RECHECKED = EventKind("campaign.target_rechecked", "登记复核结果")
VISIT_TAGGED = EventKind("campaign.visit_tagged", "计入专项行动")
VISIT_UNTAGGED = EventKind("campaign.visit_untagged", "移出专项行动")
RETURN_FILED = EventKind("campaign.return_filed", "报送日报")
STATISTICS_TAKEN = EventKind("campaign.statistics_taken", "导出统计表")

# -- patrols -------------------------------------------------------------------------------------------------------
SHIFT_PLANNED = EventKind("shift.planned", "排班")
SHIFT_CHANGED = EventKind("shift.changed", "修改班次")
GROUP_ADDED = EventKind("shift.group_added", "增加分组")
GROUP_CHANGED = EventKind("shift.group_changed", "调整分组")
GROUP_REMOVED = EventKind("shift.group_removed", "撤销分组")
SHIFT_BEGUN = EventKind("shift.begun", "开始巡查")
SHIFT_CLOSED = EventKind("shift.closed", "结束巡查")
SHIFT_CANCELLED = EventKind("shift.cancelled", "取消班次")
ATTENDANCE_TAKEN = EventKind("shift.attendance_taken", "登记到岗")
GROUP_VISIT_FILED = EventKind("shift.visit_filed", "分组登记检查")
JOINT_OUTCOME_SET = EventKind("shift.joint_outcome_set", "登记联合处置")
LEDGER_TAKEN = EventKind("shift.ledger_taken", "导出工作台账")
