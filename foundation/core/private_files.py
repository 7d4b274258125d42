"""Private files under MEDIA_ROOT: random names, no address; they leave only through views that ask a rule."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

from .errors import Conflict, Unavailable

UNFINISHED = ".part"
SPARED = timedelta(days=1)
AT_A_TIME = 1000


@dataclass(frozen=True)
class Kept:
    """A file that lies on the disk: its path below MEDIA_ROOT, its length and the hash of what lies there."""

    path: str
    sha256: str
    size: int


class Upload(Protocol):
    """A file of a form (``request.FILES``), or any other that can be read from its beginning."""

    def seek(self, offset: int, /) -> object: ...
    def read(self, size: int, /) -> bytes: ...


class Stored(Protocol):
    """What was made of an upload: judged, and its file lies on the disk."""

    @property
    def file(self) -> Kept: ...


T = TypeVar("T", bound=Stored)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def new_path(folder: str, suffix: str) -> str:
    """An unguessable path below MEDIA_ROOT that no file has."""
    return f"{folder}/{secrets.token_hex(16)}.{suffix}"


def keep(folder: str, suffix: str, data: bytes) -> str:
    """Store bytes under an unguessable name; returns the path."""
    return write(new_path(folder, suffix), [data]).path


def write(path: str, pieces: Iterable[bytes]) -> Kept:
    """Store the pieces as one new file; when this returns, it survives a power failure.

    Until it is whole it has another name, so that nobody (a backup above all) takes half of it for the file. It is
    forced to the disk under its last name: the folder's entry goes along, and the folder itself has little left to do.
    """
    target = Path(default_storage.path(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}{UNFINISHED}")
    hashed, size = hashlib.sha256(), 0
    try:
        with open(fresh, "xb", opener=_closed_to_others) as file:
            for piece in pieces:
                file.write(piece)
                hashed.update(piece)
                size += len(piece)
            file.flush()
            fresh.rename(target)
            os.fsync(file.fileno())
        _fsync_folder(target.parent)
    except BaseException:
        fresh.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        raise
    return Kept(path, hashed.hexdigest(), size)


def _closed_to_others(path: str, flags: int) -> int:
    return os.open(path, flags, settings.FILE_UPLOAD_PERMISSIONS)


def _fsync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def require_room() -> None:
    """Refuse new uploads while less than MEDIA_MIN_FREE_PERCENT of the disk is free; raises Unavailable."""
    root = Path(settings.MEDIA_ROOT)
    while not root.exists():
        root = root.parent
    disk = shutil.disk_usage(root)
    if disk.free * 100 < disk.total * settings.MEDIA_MIN_FREE_PERCENT:
        raise Unavailable("服务器的存储空间不足，暂时不能接收文件。请稍后再试，或联系系统管理员。", code="no_room")


def fetch(path: str, *, sha256: str) -> bytes:
    """The bytes, if they are still those that were stored; raises Conflict when they are gone or were changed."""
    try:
        with default_storage.open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError as error:
        raise Conflict("文件不在存储中，请联系系统管理员。", code="file_gone") from error
    if digest(data) != sha256:
        raise Conflict("文件与登记的摘要不符，已停止下载，请联系系统管理员。", code="file_changed")
    return data


def discard(path: str) -> None:
    """Delete a file; one that is gone already is fine."""
    if path:
        default_storage.delete(path)


# -- files and rows --------------------------------------------------------------------------------------------------
@contextmanager
def taking(
    uploads: Iterable[Upload], *, take: Callable[[Upload], T], named_by: type[models.Model]
) -> Iterator[list[T]]:
    """All of these uploads taken, or none; on the way out files that no row names are let go. Raises as ``take``."""
    taken: list[T] = []
    try:
        for upload in uploads:
            taken.append(take(upload))
        yield taken
    finally:
        let_go(*taken, named_by=named_by)


def let_go(*taken: Stored, named_by: type[models.Model]) -> None:
    """Remove the files that no row names. Call it after the transaction, however that ended."""
    paths = {one.file.path for one in taken}
    if paths:
        named = named_by._default_manager.filter(path__in=paths).values_list("path", flat=True)
        for path in paths.difference(named):
            discard(path)


def sweep(folder: str, *, named_by: type[models.Model], at: datetime) -> int:
    """Remove the files below a folder that are older than a day and belong to no row (a process died between the file
    and its row); returns how many."""
    removed, old = 0, _old_files(folder, before=at - SPARED)
    while paths := list(islice(old, AT_A_TIME)):
        named = set(named_by._default_manager.filter(path__in=paths).values_list("path", flat=True))
        for path in paths:
            if path not in named:
                discard(path)
                removed += 1
    return removed


def _old_files(folder: str, *, before: datetime) -> Iterator[str]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted((root / folder).rglob("*")):
        if path.is_file() and path.stat().st_mtime < before.timestamp():
            yield str(path.relative_to(root))
