"""States of a case and the steps between them (行政处罚法 第五章; domain.md 2.5)."""

from foundation.core.workflow import Transition, Workflow

from .enums import CaseState as S

APPROVE = Transition("approve", "同意立案", (S.PROPOSED,), S.INVESTIGATING)
DECLINE = Transition("decline", "不予立案", (S.PROPOSED,), S.DECLINED)
CONCLUDE = Transition("conclude", "调查终结", (S.INVESTIGATING,), S.CONCLUDED)
PASS = Transition("pass", "法制审核通过", (S.CONCLUDED,), S.REVIEWED)
RETURN = Transition("return", "退回补充调查", (S.CONCLUDED,), S.INVESTIGATING)
NOTIFY = Transition("notify", "事先告知", (S.REVIEWED,), S.NOTIFIED)
REQUEST_HEARING = Transition("request_hearing", "登记听证要求", (S.NOTIFIED,), S.HEARING)
END_HEARING = Transition("end_hearing", "听证结束", (S.HEARING,), S.HEARD)
END_SAY = Transition("end_say", "听取意见结束", (S.NOTIFIED,), S.HEARD)
REOPEN = Transition("reopen", "重新调查", (S.HEARD,), S.INVESTIGATING)
PROPOSE = Transition("propose", "提出处理意见", (S.HEARD,), S.TO_DECIDE)
#: Only what is in the party's favour needs no notice: no penalty, withdrawal, transfer.
PROPOSE_MILD = Transition("propose_mild", "提出不予处罚、撤案或移送", (S.REVIEWED, S.HEARD), S.TO_DECIDE)
SEND_BACK = Transition("send_back", "退回重新提出", (S.TO_DECIDE,), S.HEARD)
SEND_BACK_MILD = Transition("send_back_mild", "退回重新提出", (S.TO_DECIDE,), S.REVIEWED)
DECIDE = Transition("decide", "批准决定", (S.TO_DECIDE,), S.DECIDED)
WITHDRAW = Transition("withdraw", "批准撤案", (S.TO_DECIDE,), S.WITHDRAWN)
TRANSFER = Transition("transfer", "批准移送", (S.TO_DECIDE,), S.TRANSFERRED)
SERVE = Transition("serve", "送达决定", (S.DECIDED,), S.EXECUTING)
ASK_CLOSE = Transition("ask_close", "提请结案", (S.EXECUTING,), S.CLOSING)
CLOSE = Transition("close", "同意结案", (S.CLOSING,), S.CLOSED)
KEEP_OPEN = Transition("keep_open", "退回继续执行", (S.CLOSING,), S.EXECUTING)
ARCHIVE = Transition("archive", "归档", (S.DECLINED, S.CLOSED, S.WITHDRAWN, S.TRANSFERRED), S.ARCHIVED)

CASE = Workflow(
    S,
    initial=S.PROPOSED,
    transitions=(
        *(APPROVE, DECLINE, CONCLUDE, PASS, RETURN, NOTIFY, REQUEST_HEARING, END_HEARING, END_SAY, REOPEN, PROPOSE),
        *(PROPOSE_MILD, SEND_BACK, SEND_BACK_MILD, DECIDE, WITHDRAW, TRANSFER, SERVE, ASK_CLOSE, CLOSE, KEEP_OPEN),
        ARCHIVE,
    ),
)
