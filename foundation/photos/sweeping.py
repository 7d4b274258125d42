"""Files of photos that no row names: a process died between the file and its row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings

from foundation.core.private_files import discard

from .intake import FOLDER
from .models import PhotoFile

SPARED = timedelta(days=1)
AT_A_TIME = 1000


def sweep_orphans(*, at: datetime) -> int:
    """Remove the files below ``photos/`` that are older than a day and belong to no row; returns how many."""
    removed, old = 0, _old_files(before=at - SPARED)
    while paths := list(islice(old, AT_A_TIME)):
        named = set(PhotoFile.objects.filter(path__in=paths).values_list("path", flat=True))
        for path in paths:
            if path not in named:
                discard(path)
                removed += 1
    return removed


def _old_files(*, before: datetime) -> Iterator[str]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted((root / FOLDER).rglob("*")):
        if path.is_file() and path.stat().st_mtime < before.timestamp():
            yield str(path.relative_to(root))
