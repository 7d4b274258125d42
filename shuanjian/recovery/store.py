"""The folder of backups: ``base/<stamp>/`` with its signed facts, ``wal/``, ``files/``, ``drills/``."""

from __future__ import annotations

import hmac
import json
import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from foundation.core.canonical import canonical

SEGMENT = re.compile(r"([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})\.gz")
STAMP = "%Y%m%dT%H%M%SZ"


class Broken(Exception):
    """The folder of backups does not hold what it should."""


class Store:
    """Reading and writing the folder; nothing here talks to a server."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.base, self.wal, self.files, self.drills = (root / n for n in ("base", "wal", "files", "drills"))

    def prepare(self) -> None:
        """Make the folders that are not there; only the owner and its group may look inside."""
        for folder in (self.base, self.wal, self.files, self.drills):
            folder.mkdir(mode=0o750, parents=True, exist_ok=True)

    def bases(self) -> list[Path]:
        """Whole base backups, oldest first; one that was cut off bears another name."""
        return sorted(path for path in self.base.iterdir() if re.fullmatch(r"\d{8}T\d{6}Z", path.name))

    def newest(self) -> Path:
        """The newest whole base backup; raises Broken when there is none."""
        found = self.bases() if self.base.is_dir() else []
        if not found:
            raise Broken(f"no base backup in {self.base}")
        return found[-1]

    def copy_files(self, source: Path) -> int:
        """Add every file that is not there yet (names are random and never used twice); returns how many."""
        added = 0
        for path in sorted(source.rglob("*")):
            target = self.files / path.relative_to(source)
            if path.is_file() and not path.is_symlink() and not target.exists():
                added += _copied(path, target)
        return added

    def segments(self) -> Iterator[tuple[int, int, Path]]:
        """(timeline, number of 16 MB, file) of each archived segment."""
        for path in sorted(self.wal.iterdir()):
            if found := SEGMENT.fullmatch(path.name):
                timeline, high, low = (int(part, 16) for part in found.groups())
                yield timeline, high * 256 + low, path

    def prune(self, *, now: datetime, days: int) -> list[str]:
        """Delete base backups older than ``days``, never the newest, and segments that no kept one needs."""
        limit = (now - timedelta(days=days)).strftime(STAMP)
        old = [path for path in self.bases()[:-1] if path.name < limit]
        for path in old:
            shutil.rmtree(path)
        first = min(_first_segment(path) for path in self.bases())
        gone = [path for _, number, path in self.segments() if number < first]
        for path in gone:
            path.unlink()
        return [path.name for path in [*old, *gone]]


def _first_segment(base: Path) -> int:
    """The number of the segment with which a base backup begins; segments are of the usual 16 MB."""
    ranges = json.loads((base / "backup_manifest").read_text(encoding="utf-8"))["WAL-Ranges"]
    high, low = (int(part, 16) for part in ranges[0]["Start-LSN"].split("/"))
    return high * 256 + (low >> 24)


def _copied(source: Path, target: Path) -> int:
    target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.part")
    try:
        with source.open("rb") as reading, fresh.open("wb") as writing:
            shutil.copyfileobj(reading, writing, 1 << 20)
            writing.flush()
            os.fsync(writing.fileno())
    except FileNotFoundError:  # deleted meanwhile: an export that is over
        fresh.unlink(missing_ok=True)
        return 0
    fresh.rename(target)
    return 1


def write_signed(path: Path, body: dict[str, Any]) -> None:
    """Write facts or a record with a signature by SECRET_KEY, in one step."""
    signed = {"body": body, "signature": _signature(body, settings.SECRET_KEY)}
    fresh = path.with_name(f".{path.name}.part")
    fresh.write_text(json.dumps(signed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.rename(path)


def read_signed(path: Path) -> dict[str, Any]:
    """What was written; raises Broken when it is not there, unreadable, or not what we signed."""
    try:
        signed = json.loads(path.read_text(encoding="utf-8"))
        body, signature = signed["body"], signed["signature"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Broken(f"{path}: cannot be read ({error})") from error
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(hmac.compare_digest(signature, _signature(body, key)) for key in keys):
        raise Broken(f"{path}: not signed by this portal's SECRET_KEY, or changed since")
    return body


def _signature(body: dict[str, Any], key: str) -> str:
    return salted_hmac("shuanjian.recovery", canonical(body), secret=key, algorithm="sha256").hexdigest()
