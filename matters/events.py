"""Facts of matters."""

from foundation.core.events import EventKind

CHECK_LINKED = EventKind("clue.check_linked", "登记核查记录")
