"""Who is told what about visits."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: The outbox message of a visit with something serious: ``visit_id``.
SERIOUS_FOUND = "inspections.serious_found"
#: The periodic job that folds the month numbers of visits.
FOLD_MONTHS = "inspections.fold_months"
#: The outbox message of a supervisor's finding that staff judged: ``finding_id``.
FINDING_JUDGED = "inspections.finding_judged"

SERIOUS = NoticeKind("inspections.serious", "检查发现严重问题", Topic.TODO)
JUDGED = NoticeKind("inspections.judged", "您反映的问题已核实", Topic.NEWS)


# -- double-random draws -------------------------------------------------------------------------------------------
#: The outbox message behind these: ``draw_id`` and the notice's ``code``.
DRAW_MOVED = "inspections.draw_moved"

DRAW_TO_CHECK = NoticeKind("draws.to_check", "双随机检查任务", Topic.TODO)
DRAW_VOID_TO_AGREE = NoticeKind("draws.void_to_agree", "双随机抽取作废申请，待审核", Topic.TODO)
DRAW_VOID_AGREED = NoticeKind("draws.void_agreed", "双随机抽取已作废", Topic.NEWS)
DRAW_VOID_NOT_AGREED = NoticeKind("draws.void_not_agreed", "不同意作废双随机抽取", Topic.NEWS)

DRAW_NOTICES = {
    notice.code: notice for notice in (DRAW_TO_CHECK, DRAW_VOID_TO_AGREE, DRAW_VOID_AGREED, DRAW_VOID_NOT_AGREED)
}
# -- historical totals
#: The outbox message of a total that was entered or decided: ``total_id``, the notice's ``code``, ``moved_at``.
TOTAL_MOVED = "inspections.total_moved"

TOTAL_TO_DECIDE = NoticeKind("inspections.total_to_decide", "历史汇总待审核", Topic.TODO)
TOTAL_CONFIRMED = NoticeKind("inspections.total_confirmed", "历史汇总已确认", Topic.NEWS)
TOTAL_RETURNED = NoticeKind("inspections.total_returned", "历史汇总被退回", Topic.TODO)
TOTAL_VOIDED = NoticeKind("inspections.total_voided", "历史汇总已作废", Topic.NEWS)
TOTAL_NOTICES = {each.code: each for each in (TOTAL_TO_DECIDE, TOTAL_CONFIRMED, TOTAL_RETURNED, TOTAL_VOIDED)}
# -- campaigns and patrols -----------------------------------------------------------------------------------------
#: The outbox message of a campaign that started: ``campaign_id``.
CAMPAIGN_BEGUN = "inspections.campaign_begun"
#: The outbox message of a shift that was planned, changed or called off: ``shift_id``, ``round``.
SHIFT_TOLD = "inspections.shift_told"

#: Every night: files of papers that no row names are removed.
SWEEP_PAPERS = "inspections.sweep_papers"

CAMPAIGN_STARTED = NoticeKind("inspections.campaign_started", "专项行动已启动", Topic.TODO)
CAMPAIGN_ENDING = NoticeKind("inspections.campaign_ending", "专项行动将结束", Topic.DEADLINE)
RETURN_DUE = NoticeKind("inspections.return_due", "今日日报尚未报送", Topic.TODO)
ON_DUTY = NoticeKind("inspections.on_duty", "巡查排班", Topic.TODO)
SHIFT_OFF = NoticeKind("inspections.shift_off", "巡查班次已取消", Topic.NEWS)
