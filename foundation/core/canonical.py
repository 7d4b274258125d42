"""One canonical form of a row, for hashes: sorted keys, UTC instants, no spaces. Editions and draws use it too."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")


def canonical(row: Mapping[str, object]) -> bytes:
    """The bytes that are hashed for a row."""
    return json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def sha256(*parts: bytes) -> str:
    """Hex SHA-256 over the parts, each preceded by its length so that no two splits collide."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def merkle_root(leaves: list[str]) -> str:
    """The root over hex leaves; an odd node moves up unchanged; no leaves give the hash of nothing."""
    level = leaves or [sha256()]
    while len(level) > 1:
        level = _above(level)
    return level[0]


def merkle_path(leaves: list[str], place: int) -> list[list[str]]:
    """The way from the leaf at this place to the root: at each step the side of the other node, and the node."""
    level, path = leaves, []
    while len(level) > 1:
        other = place ^ 1
        if other < len(level):
            path.append(["right" if other > place else "left", level[other]])
        level, place = _above(level), place // 2
    return path


def _above(level: list[str]) -> list[str]:
    pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
    return [sha256(*(bytes.fromhex(node) for node in pair)) if len(pair) == 2 else pair[0] for pair in pairs]
