"""Steps of checklists, findings, draws, historical totals, campaigns with their targets, and patrol shifts."""

from foundation.core.workflow import Transition, Workflow

from .enums import (
    CampaignState,
    DrawState,
    FindingState,
    ShiftState,
    TargetState,
    TotalState,
    VersionState,
)

PUBLISH = Transition("publish", "启用", (VersionState.DRAFT,), VersionState.IN_USE)
RETIRE = Transition("retire", "停用", (VersionState.IN_USE,), VersionState.RETIRED)

VERSION = Workflow(VersionState, initial=VersionState.DRAFT, transitions=(PUBLISH, RETIRE))

CONFIRM = Transition("confirm", "核实属实", (FindingState.REPORTED,), FindingState.CONFIRMED)
DISMISS = Transition("dismiss", "核实不属实", (FindingState.REPORTED,), FindingState.DISMISSED)

FINDING = Workflow(FindingState, initial=FindingState.REPORTED, transitions=(CONFIRM, DISMISS))

# -- double-random draws -------------------------------------------------------------------------------------------
FREEZE = Transition("freeze", "冻结名册", (DrawState.DRAFT,), DrawState.FROZEN)
DISCARD = Transition("discard", "放弃拟定", (DrawState.DRAFT,), DrawState.DISCARDED)
DRAW_OBJECTS = Transition("draw", "录入公开号码并抽取", (DrawState.FROZEN,), DrawState.DRAWN)
FINISH_CHECK = Transition("finish_check", "检查完成", (DrawState.DRAWN,), DrawState.CHECKED)
PUBLISH_RESULTS = Transition("publish_results", "公示结果", (DrawState.CHECKED,), DrawState.PUBLISHED)
CLOSE_DRAW = Transition("close", "归档", (DrawState.PUBLISHED,), DrawState.CLOSED)
VOID_DRAW = Transition("void", "作废", (DrawState.FROZEN, DrawState.DRAWN), DrawState.VOIDED)

DRAW = Workflow(
    DrawState,
    initial=DrawState.DRAFT,
    transitions=(FREEZE, DISCARD, DRAW_OBJECTS, FINISH_CHECK, PUBLISH_RESULTS, CLOSE_DRAW, VOID_DRAW),
)

# -- historical totals
CONFIRM_TOTAL = Transition("confirm", "确认", (TotalState.PENDING,), TotalState.CONFIRMED)
RETURN_TOTAL = Transition("return", "退回", (TotalState.PENDING,), TotalState.RETURNED)
RESUBMIT_TOTAL = Transition("resubmit", "更正后重新提交", (TotalState.RETURNED,), TotalState.PENDING)
WITHDRAW_TOTAL = Transition("withdraw", "撤回", (TotalState.PENDING, TotalState.RETURNED), TotalState.VOIDED)
VOID_TOTAL = Transition("void", "作废", (TotalState.CONFIRMED,), TotalState.VOIDED)

TOTAL = Workflow(
    TotalState,
    initial=TotalState.PENDING,
    transitions=(CONFIRM_TOTAL, RETURN_TOTAL, RESUBMIT_TOTAL, WITHDRAW_TOTAL, VOID_TOTAL),
)

# -- campaigns -----------------------------------------------------------------------------------------------------
START = Transition("start", "启动", (CampaignState.DRAFT,), CampaignState.RUNNING)
CLOSE = Transition("close", "结束", (CampaignState.RUNNING,), CampaignState.CLOSED)

CAMPAIGN = Workflow(CampaignState, initial=CampaignState.DRAFT, transitions=(START, CLOSE))

DROP = Transition("drop", "剔除", (TargetState.LISTED,), TargetState.DROPPED)
RESTORE = Transition("restore", "恢复", (TargetState.DROPPED,), TargetState.LISTED)

TARGET = Workflow(TargetState, initial=TargetState.LISTED, transitions=(DROP, RESTORE))

# -- patrols -------------------------------------------------------------------------------------------------------
BEGIN = Transition("begin", "开始巡查", (ShiftState.PLANNED,), ShiftState.UNDER_WAY)
FINISH = Transition("finish", "结束巡查", (ShiftState.UNDER_WAY,), ShiftState.DONE)
CALL_OFF = Transition("call_off", "取消", (ShiftState.PLANNED,), ShiftState.CANCELLED)

SHIFT = Workflow(ShiftState, initial=ShiftState.PLANNED, transitions=(BEGIN, FINISH, CALL_OFF))
