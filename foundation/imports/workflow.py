"""What a batch goes through: uploaded, checked, looked at by a person, applied or discarded, perhaps taken back."""

from foundation.core.workflow import Transition, Workflow

from .enums import BatchState

CHECKABLE = (BatchState.UNMAPPED, BatchState.CHECKED, BatchState.APPLYING)
CHECK = Transition("check", "写入校验结果", (BatchState.UPLOADED,), BatchState.CHECKED)
RECHECK = Transition("recheck", "重新校验", CHECKABLE, BatchState.UPLOADED)
QUEUE = Transition("queue", "确认导入", (BatchState.CHECKED,), BatchState.APPLYING)
APPLY = Transition("apply", "导入", (BatchState.CHECKED, BatchState.APPLYING), BatchState.APPLIED)
QUEUE_UNDO = Transition("queue_undo", "撤销本批次", (BatchState.APPLIED,), BatchState.UNDOING)
UNDO = Transition("undo", "撤销", (BatchState.APPLIED, BatchState.UNDOING), BatchState.UNDONE)
STAND = Transition("stand", "保留导入", (BatchState.UNDOING,), BatchState.APPLIED)
DISCARD = Transition(
    "discard", "放弃", (BatchState.UNMAPPED, BatchState.UPLOADED, BatchState.CHECKED), BatchState.DISCARDED
)

BATCH = Workflow(
    BatchState,
    initial=BatchState.UPLOADED,
    transitions=(CHECK, RECHECK, QUEUE, APPLY, QUEUE_UNDO, UNDO, STAND, DISCARD),
)
