"""Evidence photos of tips: drawn anew in the request, sealed, and nothing kept of the file that was sent.

with evidence.drawn(request.FILES.getlist("photos")) as pictures:
    send_tip(..., pictures=pictures, ...)      # inserts a TipPhoto for each
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from foundation.core import clock, private_files, sealed_files
from foundation.core.errors import InvalidInput
from foundation.photos.drawing import Undrawable, draw
from foundation.photos.intake import Upload
from foundation.photos.models import MAX_BYTES

from .models import TipPhoto

FOLDER = "tips"
MOST = 4
SECONDS = 6  # for the decoding of one photo
SPARED = timedelta(days=1)


@dataclass(frozen=True)
class Picture:
    """A picture that lies sealed on the disk and that no row names yet."""

    path: str
    sha256: str
    width: int
    height: int


@contextmanager
def drawn(uploads: Iterable[Upload]) -> Iterator[list[Picture]]:
    """All of these photos drawn anew, or none; those that no row names at the end are gone again.

    Raises InvalidInput (no photo, too many, cannot be drawn), Unavailable (disk nearly full).
    """
    pictures: list[Picture] = []
    try:
        for number, upload in enumerate(uploads, start=1):
            if number > MOST:
                raise _refused(f"最多上传{MOST}张照片。")
            pictures.append(_drawn(upload, number))
        yield pictures
    finally:
        _let_go([picture.path for picture in pictures])


def _drawn(upload: Upload, number: int) -> Picture:
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
    return Picture(kept.path, kept.sha256, copy.width, copy.height)


def _refused(message: str) -> InvalidInput:
    return InvalidInput(message, code="photos", fields={"photos": [message]})


def opened(photo: TipPhoto) -> bytes:
    """The JPEG; raises Conflict (gone or changed), Unreadable."""
    return sealed_files.opened(private_files.fetch(photo.path, sha256=photo.sha256), path=photo.path)


def sweep(*, at: datetime) -> int:
    """Remove files older than a day that no row names (a process died between the two); returns how many."""
    root, before = Path(settings.MEDIA_ROOT), (at - SPARED).timestamp()
    files = [path for path in sorted((root / FOLDER).rglob("*")) if path.is_file() and path.stat().st_mtime < before]
    return _let_go([str(path.relative_to(root)) for path in files])


def _let_go(paths: list[str]) -> int:
    named = set(TipPhoto.objects.filter(path__in=paths).values_list("path", flat=True)) if paths else set()
    orphans = [path for path in paths if path not in named]
    for path in orphans:
        private_files.discard(path)
    return len(orphans)
