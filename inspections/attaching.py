"""Files that belong to papers come in, before any transaction: judged by their bytes, hashed, sealed onto the disk.

    with attaching.taking(request.FILES.getlist("files")) as taken:
        attach_files(paper=paper, files=taken, by=actor, at=now)

Taken are PDF, Word and Excel files that carry nothing active, and photographs of pages; of a photograph only its
picture is kept, without what the camera wrote beside it. A file leaves only as a download that leaves a trace.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from foundation.core import clock, private_files, sealed_files
from foundation.core.actor import Actor
from foundation.core.downloads import XLSX
from foundation.core.errors import InvalidInput
from foundation.core.private_files import Upload

from .enums import PaperFormat
from .judging import judged
from .models import AttachedFile, PaperFile

FOLDER = "papers"
MAX_BYTES = 10 * 1024 * 1024
MAX_NAME = 80
TYPES = {
    PaperFormat.PDF: "application/pdf",
    PaperFormat.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperFormat.EXCEL: XLSX,
    PaperFormat.JPEG: "image/jpeg",
    PaperFormat.PNG: "image/png",
}


@dataclass(frozen=True)
class Attached:
    """A file that lies sealed on the disk and that no row names yet; hash and size are of its plain bytes."""

    file: private_files.Kept
    name: str
    format: PaperFormat
    sha256: str
    size: int

    def columns(self, *, by: Actor, at: datetime) -> dict[str, object]:
        """What a row of ``models.AttachedFile`` says of it, but for what it lies beside."""
        return {
            "name": self.name,
            "format": self.format,
            "path": self.file.path,
            "sealed_sha256": self.file.sha256,
            "sha256": self.sha256,
            "size": self.size,
            "added_by_id": by.user_id,
            "added_at": at,
        }


def take(upload: Upload, *, folder: str = FOLDER) -> Attached:
    """Judge one uploaded file and store it sealed below ``folder``.

    Raises InvalidInput (not one that we take), Unavailable (no room). What is refused never touches our disk;
    what is kept survives a power failure when this returns.
    """
    private_files.require_room()
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if not data:
        raise InvalidInput("文件是空的，请重新选择。", code="attachment_empty")
    if len(data) > MAX_BYTES:
        raise InvalidInput(f"文件超过{MAX_BYTES >> 20}MB，请压缩或分成几份后再上传。", code="attachment_too_big")
    wanted, data = judged(data)
    path = private_files.new_path(f"{folder}/{clock.today():%Y%m}", "sealed")
    return Attached(
        file=private_files.write(path, sealed_files.sealed_pieces(data, path=path)),
        name=shown_name(str(getattr(upload, "name", "") or "")),
        format=wanted,
        sha256=private_files.digest(data),
        size=len(data),
    )


def taking(uploads: Iterable[Upload]) -> AbstractContextManager[list[Attached]]:
    """All of these files taken, or none; on the way out those that were not kept are let go. Raises as ``take``."""
    return private_files.taking(uploads, take=take, named_by=PaperFile)


def shown_name(given: str) -> str:
    """The name that a file brought along, as words alone: no folder, no ending, nothing that turns or hides letters."""
    last = PurePosixPath(given.replace("\\", "/")).name
    words = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem = words.rpartition(".")[0] or words
    return " ".join(stem.replace("/", " ").split())[:MAX_NAME] or "附件"


def plain(row: AttachedFile) -> bytes:
    """The bytes as they were kept. Raises Conflict (gone, changed), Unreadable."""
    return sealed_files.opened(private_files.fetch(row.path, sha256=row.sealed_sha256), path=row.path)
