"""Evidence photos of tips: drawn anew in the request, sealed, and nothing kept of the file that was sent.

with evidence.drawn(request.FILES.getlist("photos")) as pictures:
    send_tip(..., pictures=pictures, ...)      # inserts a TipPhoto for each
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from foundation.core import clock, private_files, sealed_files
from foundation.core.errors import InvalidInput
from foundation.core.private_files import Upload
from foundation.photos.drawing import Undrawable, draw
from foundation.photos.models import MAX_BYTES

from .models import TipPhoto

FOLDER = "tips"
MOST = 4
SECONDS = 6  # for the decoding of one photo


@dataclass(frozen=True)
class Picture:
    """A picture that lies sealed on the disk and that no row names yet."""

    file: private_files.Kept
    width: int
    height: int


def drawn(uploads: Iterable[Upload]) -> AbstractContextManager[list[Picture]]:
    """All of these photos drawn anew, or none; those that no row names at the end are gone again.

    Raises InvalidInput (no photo, too many, cannot be drawn), Unavailable (disk nearly full).
    """
    numbers = count(1)
    return private_files.taking(uploads, take=lambda upload: _drawn(upload, next(numbers)), named_by=TipPhoto)


def _drawn(upload: Upload, number: int) -> Picture:
    if number > MOST:
        raise _refused(f"最多上传{MOST}张照片。")
    private_files.require_room()
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _refused(f"第{number}张照片超过10MB，请缩小后再上传。")
    try:
        copy = draw(data, seconds=SECONDS).display
    except Undrawable as refusal:
        raise _refused(f"第{number}张：{refusal}") from refusal
    path = private_files.new_path(f"{FOLDER}/{clock.today():%Y%m}", "sealed")
    kept = private_files.write(path, sealed_files.sealed_pieces(copy.data, path=path))
    return Picture(kept, copy.width, copy.height)


def _refused(message: str) -> InvalidInput:
    return InvalidInput(message, code="photos", fields={"photos": [message]})


def opened(photo: TipPhoto) -> bytes:
    """The JPEG; raises Conflict (gone or changed), Unreadable."""
    return sealed_files.opened(private_files.fetch(photo.path, sha256=photo.sha256), path=photo.path)


def sweep(*, at: datetime) -> int:
    """Remove files older than a day that no row names (a process died between the two); returns how many."""
    return private_files.sweep(FOLDER, named_by=TipPhoto, at=at)
