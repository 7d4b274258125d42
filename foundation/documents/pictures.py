"""Pictures in documents. A document freezes the hash of a picture; the app that keeps pictures, above, fetches it."""

from __future__ import annotations

import re
from collections.abc import Callable

from foundation.core.errors import Conflict

HASH = re.compile(r"[0-9a-f]{64}")
#: Fetches a JPEG that was drawn by us, by the hash of its bytes; None when it is not known there.
Source = Callable[[str], bytes | None]
_sources: list[Source] = []


def picture_source(source: Source) -> Source:
    _sources.append(source)
    return source


def picture(sha256: str) -> bytes:
    """The bytes of a frozen picture. Raises Conflict when nobody has it any more: a paper is not printed otherwise."""
    for source in _sources:
        if found := source(sha256):
            return found
    raise Conflict("文书中的照片已不在存储中，请联系系统管理员。", code="picture_gone")
