"""Facts of the import. A batch is one event: counts and digest; its stored rows are the per-object facts."""

from foundation.core.events import EventKind

BATCH_APPLIED = EventKind("imports.batch_applied", "导入数据")
BATCH_DISCARDED = EventKind("imports.batch_discarded", "放弃导入")
MAPPING_CHANGED = EventKind("imports.mapping_changed", "指定表头对应的列")
BATCH_UNDONE = EventKind("imports.batch_undone", "撤销导入")
