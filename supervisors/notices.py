"""Who is told what about supervisors."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: Outbox messages: something new for those who manage, something answered for a supervisor.
FOR_MANAGERS = "supervisors.for_managers"
FOR_SUPERVISOR = "supervisors.for_supervisor"

NOMINATED = NoticeKind("supervisors.nominated", "新推荐人选，待资格审核", Topic.TODO)
OBJECTED = NoticeKind("supervisors.objected", "公示收到异议，待处理", Topic.TODO)
PUBLICITY_OVER = NoticeKind("supervisors.publicity_over", "公示期满，可以聘任", Topic.TODO)
FED_BACK = NoticeKind("supervisors.fed_back", "监督员反馈，待处理", Topic.TODO)
PROPOSED = NoticeKind("supervisors.proposed", "监督员建议，待答复", Topic.TODO)
DUTY_REMINDER = NoticeKind("supervisors.duty_reminder", "本月履职提醒", Topic.DEADLINE)
SHORTFALL = NoticeKind("supervisors.shortfall", "上月未达标监督员", Topic.TODO)
TERM_ENDING = NoticeKind("supervisors.term_ending", "聘期将满", Topic.DEADLINE)
ANSWERED = NoticeKind("supervisors.answered", "反馈或建议已答复", Topic.NEWS)
TASK_GIVEN = NoticeKind("supervisors.task_given", "新的核查任务", Topic.TODO)
LIBRARY = NoticeKind("supervisors.library", "新资料，请阅读", Topic.NEWS)

BY_CODE = {notice.code: notice for notice in (NOMINATED, OBJECTED, FED_BACK, PROPOSED, ANSWERED, TASK_GIVEN, LIBRARY)}
