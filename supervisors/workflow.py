"""The steps of a recruitment, of a candidate in it, of objections, and of a supervisor's time in office."""

from foundation.core.workflow import Transition, Workflow

from .enums import (
    CandidateState,
    FeedbackState,
    ObjectionState,
    ProposalState,
    RecruitmentState,
    SupervisorState,
    TaskState,
)

END_NOMINATION = Transition("end_nomination", "结束推荐", (RecruitmentState.NOMINATING,), RecruitmentState.REVIEWING)
START_PUBLICITY = Transition("start_publicity", "开始公示", (RecruitmentState.REVIEWING,), RecruitmentState.PUBLICITY)
FINISH = Transition("finish", "完成", (RecruitmentState.PUBLICITY,), RecruitmentState.FINISHED)
CANCEL = Transition(
    "cancel",
    "取消",
    (RecruitmentState.NOMINATING, RecruitmentState.REVIEWING),
    RecruitmentState.CANCELLED,
)
RECRUITMENT = Workflow(
    RecruitmentState,
    initial=RecruitmentState.NOMINATING,
    transitions=(END_NOMINATION, START_PUBLICITY, FINISH, CANCEL),
)

PASS = Transition("pass", "审核通过", (CandidateState.NOMINATED,), CandidateState.PASSED)
REJECT = Transition("reject", "审核不通过", (CandidateState.NOMINATED,), CandidateState.REJECTED)
WITHDRAW = Transition(
    "withdraw", "撤回推荐", (CandidateState.NOMINATED, CandidateState.PASSED), CandidateState.WITHDRAWN
)
STRIKE = Transition("strike", "取消资格", (CandidateState.PASSED,), CandidateState.STRUCK)
APPOINT = Transition("appoint", "聘任", (CandidateState.PASSED,), CandidateState.APPOINTED)
CANDIDATE = Workflow(
    CandidateState,
    initial=CandidateState.NOMINATED,
    transitions=(PASS, REJECT, WITHDRAW, STRIKE, APPOINT),
)

UPHOLD = Transition("uphold", "认定成立", (ObjectionState.OPEN,), ObjectionState.UPHELD)
DISMISS_OBJECTION = Transition("dismiss", "认定不成立", (ObjectionState.OPEN,), ObjectionState.DISMISSED)
OBJECTION = Workflow(ObjectionState, initial=ObjectionState.OPEN, transitions=(UPHOLD, DISMISS_OBJECTION))

EXPIRE = Transition("expire", "届满", (SupervisorState.IN_OFFICE,), SupervisorState.EXPIRED)
DISMISS = Transition("dismiss", "解聘", (SupervisorState.IN_OFFICE,), SupervisorState.DISMISSED)
RESIGN = Transition("resign", "辞聘", (SupervisorState.IN_OFFICE,), SupervisorState.RESIGNED)
SUPERVISOR = Workflow(SupervisorState, initial=SupervisorState.IN_OFFICE, transitions=(EXPIRE, DISMISS, RESIGN))

CONVERT = Transition("convert", "转为线索", (FeedbackState.SUBMITTED,), FeedbackState.CONVERTED)
ANSWER = Transition("answer", "答复", (FeedbackState.SUBMITTED,), FeedbackState.ANSWERED)
FEEDBACK = Workflow(FeedbackState, initial=FeedbackState.SUBMITTED, transitions=(CONVERT, ANSWER))

ADOPT = Transition("adopt", "采纳", (ProposalState.SUBMITTED,), ProposalState.ADOPTED)
ADOPT_PARTLY = Transition("adopt_partly", "部分采纳", (ProposalState.SUBMITTED,), ProposalState.PARTLY)
DECLINE = Transition("decline", "不采纳", (ProposalState.SUBMITTED,), ProposalState.DECLINED)
PROPOSAL = Workflow(ProposalState, initial=ProposalState.SUBMITTED, transitions=(ADOPT, ADOPT_PARTLY, DECLINE))

FINISH_TASK = Transition("finish", "完成核查", (TaskState.OPEN,), TaskState.DONE)
CANCEL_TASK = Transition("cancel", "撤回", (TaskState.OPEN,), TaskState.CANCELLED)
TASK = Workflow(TaskState, initial=TaskState.OPEN, transitions=(FINISH_TASK, CANCEL_TASK))
