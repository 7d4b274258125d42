"""Files of photos that no row names: a process died between the file and its row."""

from __future__ import annotations

from datetime import datetime

from foundation.core import private_files

from .intake import FOLDER
from .models import PhotoFile


def sweep_orphans(*, at: datetime) -> int:
    """Remove the files below ``photos/`` that are older than a day and belong to no row; returns how many."""
    return private_files.sweep(FOLDER, named_by=PhotoFile, at=at)
