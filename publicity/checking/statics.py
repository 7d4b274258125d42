"""The collected static files against their manifest: names carry a hash of the content, so a change shows."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from ..enums import FindingKind
from .found import Found

MANIFEST = "staticfiles.json"
_HASHED = re.compile(r"^(?P<stem>.+)\.(?P<hash>[0-9a-f]{12})(?P<end>\.\w+)?$")


def compare() -> Iterator[Found]:
    """Files that were changed, that are missing, or that nothing of ours put there. Without a manifest: nothing."""
    root = Path(settings.STATIC_ROOT) if settings.STATIC_ROOT else None
    if root is None or not (root / MANIFEST).is_file():
        return
    names = json.loads((root / MANIFEST).read_text(encoding="utf-8"))["paths"]
    for hashed in sorted(set(names.values())):
        if not (root / hashed).is_file():
            yield _of(hashed, "网站文件不见了")
    originals, known = set(names), set(names.values())
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        name = file.relative_to(root).as_posix()
        if name == MANIFEST:
            continue
        if words := _fault(file, name, originals, known):
            yield _of(name, words)


def _fault(file: Path, name: str, originals: set[str], known: set[str]) -> str:
    if file.suffix in {".gz", ".br"} and (plain := file.with_suffix("")).is_file():
        same = file.suffix == ".br" or gzip.decompress(file.read_bytes()) == plain.read_bytes()
        return "" if same else "压缩的网站文件与原文件不同"
    if (parts := _HASHED.match(file.name)) and (name in known or parts["hash"] == _digest(file)):
        return "" if parts["hash"] == _digest(file) else "网站文件的内容与它的校验值不符"
    if name not in originals:
        return "网站目录中多出一个文件，不是发布程序放的"
    source = finders.find(name)
    if source and Path(source).read_bytes() != file.read_bytes():
        return "网站文件与发布程序中的原文件不同"
    return ""


def _digest(file: Path) -> str:
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()[:12]


def _of(name: str, words: str) -> Found:
    place = f"{staticfiles_storage.base_url or '/static/'}{name}"
    return Found(FindingKind.FILE, (words, name), place[:300], words)
