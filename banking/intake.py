"""A bank's file comes in, before any transaction: kept sealed on the disk, then read.

    with intake.taking(request.FILES["file"], profile) as taken:
        receive_file(bank=bank, taken=taken, by=actor, at=now)

A file that cannot be read is kept as well: why it was sent back must be provable.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from foundation.core import clock, private_files, sealed_files
from foundation.core.errors import InvalidInput
from foundation.core.private_files import Kept, Upload
from foundation.imports.faults import FileRefused
from inspections.attaching import shown_name

from .models import BankFile, BankProfile
from .statements import Statement, read_statements

FOLDER = "bank-files"
MAX_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True)
class Taken:
    """A file that lies sealed on the disk, and what it says, or why it cannot be read."""

    file: Kept
    name: str
    sha256: str
    size: int
    statements: list[Statement] = field(default_factory=list)
    fault: FileRefused | None = None


@contextmanager
def taking(upload: Upload, profile: BankProfile) -> Iterator[Taken]:
    """One file, read as the bank's profile says. Raises InvalidInput (empty, too large), Unavailable (no room)."""
    with private_files.taking([upload], take=lambda one: _take(one, profile), named_by=BankFile) as (taken,):
        yield taken


def _take(upload: Upload, profile: BankProfile) -> Taken:
    private_files.require_room()
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if not data:
        raise InvalidInput("文件是空的，请重新选择。", code="bank_file_empty")
    if len(data) > MAX_BYTES:
        raise InvalidInput(f"文件超过{MAX_BYTES >> 20}MB，请按日分开报送。", code="bank_file_too_big")
    path = private_files.new_path(f"{FOLDER}/{clock.today():%Y%m}", "sealed")
    kept = private_files.write(path, sealed_files.sealed_pieces(data, path=path))
    name = shown_name(str(getattr(upload, "name", "") or ""))
    facts = {"file": kept, "name": name, "sha256": private_files.digest(data), "size": len(data)}
    try:
        return Taken(**facts, statements=read_statements(io.BytesIO(data), profile.layout))
    except FileRefused as fault:
        return Taken(**facts, fault=fault)
