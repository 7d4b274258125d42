"""Private files under MEDIA_ROOT: random names, no address; they leave only through views that ask a rule."""

from __future__ import annotations

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from .errors import Conflict


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def keep(folder: str, suffix: str, data: bytes) -> str:
    """Store bytes under an unguessable name; returns the path."""
    return default_storage.save(f"{folder}/{secrets.token_hex(16)}.{suffix}", ContentFile(data))


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
