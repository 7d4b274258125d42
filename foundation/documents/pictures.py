"""Pictures in documents. A document freezes the hash of a picture; the app that keeps pictures, above, fetches it.

Two ways: a portrait is named by the hash of our own small copy; a photograph that proves something by the hash of its
original, which stays sealed, and is printed small with that hash below it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from PIL import Image

from foundation.core.errors import Conflict

HASH = re.compile(r"[0-9a-f]{64}")
#: Fetches a JPEG that was drawn by us, by the hash of its bytes; None when it is not known there.
Source = Callable[[str], bytes | None]
_sources: list[Source] = []
_of_originals: list[Source] = []
#: Pictures of one document that are printed; of further ones only the list tells.
MOST = 20
SIDE, QUALITY = 800, 70


def picture_source(source: Source) -> Source:
    _sources.append(source)
    return source


def original_source(source: Source) -> Source:
    """Declare what draws a copy by the hash of an original: ``b""`` for one that is known and cannot be shown."""
    _of_originals.append(source)
    return source


def picture(sha256: str) -> bytes:
    """The bytes of a frozen picture. Raises Conflict when nobody has it any more: a paper is not printed otherwise."""
    for source in _sources:
        if found := source(sha256):
            return found
    raise _gone()


def small_copy(sha256: str) -> bytes:
    """A small JPEG of what an original shows, encoded anew; ``b""`` where it cannot be shown. Raises as ``picture``."""
    for source in _of_originals:
        if (found := source(sha256)) is not None:
            return _smaller(found) if found else b""
    raise _gone()


def _smaller(drawn: bytes) -> bytes:
    with Image.open(io.BytesIO(drawn), formats=["JPEG"]) as copy:
        copy.draft("RGB", (SIDE, SIDE))
        canvas = copy.convert("RGB")
    canvas.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _gone() -> Conflict:
    return Conflict("文书中的照片已不在存储中，请联系系统管理员。", code="picture_gone")
