"""处理中 -> 可查看 or 无法显示."""

from foundation.core.workflow import Transition, Workflow

from .enums import PhotoState

DRAW = Transition("draw", "生成展示图", (PhotoState.NEW,), PhotoState.READY)
REFUSE = Transition("refuse", "标为无法显示", (PhotoState.NEW,), PhotoState.REFUSED)

PHOTO = Workflow(PhotoState, initial=PhotoState.NEW, transitions=(DRAW, REFUSE))
