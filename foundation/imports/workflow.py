"""What a batch goes through: uploaded, checked, looked at by a person, applied or discarded."""

from foundation.core.workflow import Transition, Workflow

from .enums import BatchState

CHECK = Transition("check", "写入校验结果", (BatchState.UPLOADED,), BatchState.CHECKED)
RECHECK = Transition("recheck", "重新校验", (BatchState.CHECKED, BatchState.APPLYING), BatchState.UPLOADED)
QUEUE = Transition("queue", "确认导入", (BatchState.CHECKED,), BatchState.APPLYING)
APPLY = Transition("apply", "导入", (BatchState.CHECKED, BatchState.APPLYING), BatchState.APPLIED)
DISCARD = Transition("discard", "放弃", (BatchState.UPLOADED, BatchState.CHECKED), BatchState.DISCARDED)

BATCH = Workflow(BatchState, initial=BatchState.UPLOADED, transitions=(CHECK, RECHECK, QUEUE, APPLY, DISCARD))
