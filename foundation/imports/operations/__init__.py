"""Writes of the import."""

from .batches import apply_batch, discard_batch, queue_batch, recheck_batch, store_verdicts, upload_batch
from .mapping import remember_mapping
from .progress import note_progress

__all__ = [
    "apply_batch",
    "discard_batch",
    "note_progress",
    "queue_batch",
    "recheck_batch",
    "remember_mapping",
    "store_verdicts",
    "upload_batch",
]
