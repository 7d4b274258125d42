"""Steps of a checklist's version, of a finding, of a campaign and its targets, and of a patrol shift."""

from foundation.core.workflow import Transition, Workflow

from .enums import CampaignState, FindingState, ShiftState, TargetState, VersionState

PUBLISH = Transition("publish", "启用", (VersionState.DRAFT,), VersionState.IN_USE)
RETIRE = Transition("retire", "停用", (VersionState.IN_USE,), VersionState.RETIRED)

VERSION = Workflow(VersionState, initial=VersionState.DRAFT, transitions=(PUBLISH, RETIRE))

CONFIRM = Transition("confirm", "核实属实", (FindingState.REPORTED,), FindingState.CONFIRMED)
DISMISS = Transition("dismiss", "核实不属实", (FindingState.REPORTED,), FindingState.DISMISSED)

FINDING = Workflow(FindingState, initial=FindingState.REPORTED, transitions=(CONFIRM, DISMISS))

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
