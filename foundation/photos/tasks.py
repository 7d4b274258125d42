"""After the commit: draw the copies of a photo; each night, remove files that no row names."""

from __future__ import annotations

import logging
from datetime import time

from foundation.core import clock, outbox, private_files, schedule
from foundation.core.actor import job
from foundation.core.errors import IllegalTransition

from . import notices
from .drawing import Copy, Undrawable, draw
from .enums import FileKind, PhotoState
from .intake import FOLDER
from .models import Photo, PhotoFile
from .operations import keep_copies, refuse_photo
from .queries import original_of
from .sweeping import sweep_orphans

log = logging.getLogger(__name__)
schedule.periodic(notices.SWEEP, schedule.Daily(at=time(3, 40)))
DRAWER = job("照片处理", notices.DRAW)


@outbox.handles(notices.DRAW)
def draw_copies(message) -> None:
    """Idempotent: only a photo that waits for its copies gets some. An original that cannot be opened is an error of
    ours and is tried again; one that cannot be decoded is refused.
    """
    photo = Photo.objects.get(pk=message.payload["photo_id"])
    if photo.state != PhotoState.NEW:
        return
    original = original_of(photo)
    try:
        drawn = draw(original)
    except Undrawable as refusal:
        refuse_photo(photo=photo, reason=str(refusal), by=DRAWER, at=clock.now())
        return
    copies = [_stored(FileKind.DISPLAY, drawn.display), _stored(FileKind.THUMB, drawn.thumb)]
    try:
        keep_copies(photo=photo, copies=copies, picture_hash=drawn.picture_hash, by=DRAWER, at=clock.now())
    except IllegalTransition:  # another worker was first
        for copy in copies:
            private_files.discard(copy.path)


def _stored(kind: FileKind, copy: Copy) -> PhotoFile:
    path = private_files.new_path(f"{FOLDER}/{clock.today():%Y%m}", "jpg")
    kept = private_files.write(path, [copy.data])
    return PhotoFile(
        kind=kind, path=kept.path, sha256=kept.sha256, size=kept.size, width=copy.width, height=copy.height
    )


@outbox.handles(notices.SWEEP)
def sweep(message) -> None:
    """Remove what died between file and row."""
    if removed := sweep_orphans(at=clock.now()):
        log.warning("%s files of photos belonged to no row and were removed", removed)
