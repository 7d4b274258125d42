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


# -- double-random draws -------------------------------------------------------------------------------------------
DRAW_PLANNED = EventKind("draw.planned", "拟定双随机抽查")
DRAW_CHANGED = EventKind("draw.changed", "修改双随机抽查")
DRAW_EXCLUDED = EventKind("draw.excluded", "排除抽查对象")
DRAW_INCLUDED = EventKind("draw.included", "撤销排除抽查对象")
DRAW_DISCARDED = EventKind("draw.discarded", "放弃拟定的双随机抽查")
DRAW_FROZEN = EventKind("draw.frozen", "冻结并公布抽查名册")
DRAW_DRAWN = EventKind("draw.drawn", "抽取检查对象和检查人员")
DRAW_VOID_ASKED = EventKind("draw.void_asked", "申请作废双随机抽取")
DRAW_VOIDED = EventKind("draw.voided", "同意作废双随机抽取")
DRAW_VOID_REFUSED = EventKind("draw.void_refused", "不同意作废双随机抽取")
DRAW_PAIR_NAMED = EventKind("draw.pair_named", "指定检查人员")
DRAW_RESULT_RECORDED = EventKind("draw.result_recorded", "登记双随机检查结果")
DRAW_RESULT_CORRECTED = EventKind("draw.result_corrected", "更正双随机检查结果")
DRAW_CHECKED = EventKind("draw.checked", "双随机检查完成")
DRAW_PUBLISHED = EventKind("draw.published", "公示双随机检查结果")
DRAW_CLOSED = EventKind("draw.closed", "双随机抽查归档")
INTEREST_DECLARED = EventKind("interest.declared", "申报利益关系(回避)")
INTEREST_ENDED = EventKind("interest.ended", "结束利益关系申报")
# -- historical totals
TOTAL_ENTERED = EventKind("total.entered", "录入历史汇总")
TOTAL_CORRECTED = EventKind("total.corrected", "更正后重新提交历史汇总")
TOTAL_CONFIRMED = EventKind("total.confirmed", "确认历史汇总")
TOTAL_RETURNED = EventKind("total.returned", "退回历史汇总")
TOTAL_WITHDRAWN = EventKind("total.withdrawn", "撤回历史汇总")
TOTAL_VOIDED = EventKind("total.voided", "作废历史汇总")
