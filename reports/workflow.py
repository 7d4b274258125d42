"""States of a report."""

from __future__ import annotations

from foundation.core.workflow import Transition, Workflow

from .enums import ReportState as State

COUNTED = Transition("counted", "统计完成", (State.COUNTING,), State.PREPARED)
RECOUNT = Transition("recount", "重新统计", (State.PREPARED, State.RETURNED), State.COUNTING)
APPROVE = Transition("approve", "审核通过", (State.PREPARED,), State.REVIEWED)
RETURN = Transition("return", "退回", (State.PREPARED,), State.RETURNED)
WITHDRAW = Transition(
    "withdraw", "撤回", (State.COUNTING, State.PREPARED, State.RETURNED, State.REVIEWED), State.WITHDRAWN
)
ISSUE = Transition("issue", "定稿", (State.REVIEWED,), State.ISSUED)

REPORT = Workflow(State, initial=State.COUNTING, transitions=(COUNTED, RECOUNT, APPROVE, RETURN, WITHDRAW, ISSUE))
