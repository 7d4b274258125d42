"""Writes of the import."""

from .applying import apply_batch, queue_batch
from .checking import accept_repairs, begin_check, edit_cells, finish_check, recheck_batch, store_verdicts
from .mapping import note_columns, remember_mapping
from .undoing import give_up_undo, queue_undo, undo_batch
from .uploading import discard_batch, leave_to_worker, upload_batch

__all__ = [
    "accept_repairs",
    "apply_batch",
    "begin_check",
    "discard_batch",
    "edit_cells",
    "finish_check",
    "give_up_undo",
    "leave_to_worker",
    "note_columns",
    "queue_batch",
    "queue_undo",
    "recheck_batch",
    "remember_mapping",
    "store_verdicts",
    "undo_batch",
    "upload_batch",
]
