"""Photos come in, before any transaction: judged, hashed, sealed onto the disk. The second half is ``keep_photo``.

    with intake.taking(request.FILES.getlist("photos")) as taken:
        file_visit(..., photos=taken, by=actor, at=now)      # calls keep_photo for each

A file that no row names when the block ends, for whatever reason, is gone again; what a killed process left behind the
daily sweep removes. The names that files bring along are never read, let alone used.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from foundation.core import clock, private_files, sealed_files
from foundation.core.errors import InvalidInput
from foundation.core.private_files import Upload

from . import containers, exif
from .enums import PhotoKind
from .models import MAX_BYTES, PhotoFile
from .places import CoarsePlace

FOLDER = "photos"


@dataclass(frozen=True)
class Taken:
    """A photo that lies sealed on the disk and that no row names yet. Time and place are what its EXIF claims."""

    file: private_files.Kept
    sha256: str
    size: int
    kind: PhotoKind
    width: int
    height: int
    taken_at: datetime | None = None
    place: CoarsePlace | None = None


def take(upload: Upload) -> Taken:
    """Judge one uploaded file and store it sealed. Raises InvalidInput (no photo), Unavailable (disk nearly full).

    It is read into memory once, at most 10 MB: what is refused never touches our disk, what is kept is hashed, sealed
    and written in parts from there. When this returns, the bytes survive a power failure.
    """
    private_files.require_room()
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if not data:
        raise InvalidInput("照片文件是空的，请重新拍摄或选择。", code="photo_empty")
    if len(data) > MAX_BYTES:
        raise InvalidInput("照片超过10MB，请缩小后再上传。", code="photo_too_big")
    container = containers.read(data)
    claims = exif.claims_of(container.exif)
    path = private_files.new_path(f"{FOLDER}/{clock.today():%Y%m}", "sealed")
    return Taken(
        file=private_files.write(path, sealed_files.sealed_pieces(data, path=path)),
        sha256=private_files.digest(data),
        size=len(data),
        kind=container.kind,
        width=container.width,
        height=container.height,
        taken_at=claims.taken_at,
        place=claims.place,
    )


def let_go(*taken: Taken) -> None:
    """Remove the files that no row names. Call it after the transaction, however that ended."""
    private_files.let_go(*taken, named_by=PhotoFile)


def taking(uploads: Iterable[Upload]) -> AbstractContextManager[list[Taken]]:
    """All of these photos taken, or none; on the way out those that were not kept are let go. Raises as ``take``."""
    return private_files.taking(uploads, take=take, named_by=PhotoFile)
