"""What cameras put behind the end of a picture, and what nobody has any business putting there.

Many phones append something to an honest photo: a second picture (HDR gain map, depth), the seconds of film of a
moving photo, a maker's block. None of it is ever decoded or shown. All else (archives, pages, scripts) is refused.
"""

from __future__ import annotations

import re

from .enums import PhotoKind

PADDING = b"\0\r\n\t "
#: Long enough words that megabytes of film hold none of them by chance.
FOREIGN = re.compile(rb"<html|<script|<svg |<!doctype|<\?php|<iframe|<body|%PDF-", re.IGNORECASE)
ARCHIVE_ENDS = (b"PK\x05\x06", b"PK\x06\x06")  # a ZIP is found from its end, within the last 64 KiB
FILM_BOXES = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"meta", b"mpvd", b"udta"}
MAKERS_LINE = re.compile(rb"[\x20-\x3b\x3d\x3f-\x7e\0]{0,64}")  # "LIVE_…" and the like behind a film


def is_harmless(rest: bytes, kind: PhotoKind) -> bool:
    """Whether what follows a picture is nothing, or what cameras are known to put behind a JPEG."""
    tail = rest.strip(PADDING)
    if not tail:
        return True
    if kind != PhotoKind.JPEG or FOREIGN.search(tail) or any(mark in tail[-66_000:] for mark in ARCHIVE_ENDS):
        return False
    return _is_makers_block(tail) or _is_pictures(tail) or _is_film(rest)


def _is_makers_block(tail: bytes) -> bool:
    """Samsung's: entries, their directory ``SEFH``, the directory's length, ``SEFT``."""
    length = int.from_bytes(tail[-8:-4], "little")
    return tail.endswith(b"SEFT") and tail[-8 - length : -4 - length] == b"SEFH"


def _is_pictures(tail: bytes) -> bool:
    """One more JPEG or several (HDR gain map, depth map, second lens)."""
    return tail.startswith(b"\xff\xd8\xff") and tail.endswith(b"\xff\xd9")


def _is_film(rest: bytes) -> bool:
    """Boxes of an MP4, one after the other to the end, and at most a maker's line behind them."""
    at = rest.find(b"ftyp", 0, 70_000) - 4
    if at < 0 or rest[:at].strip(PADDING):
        return False
    while rest[at + 4 : at + 8] in FILM_BOXES:
        length = int.from_bytes(rest[at : at + 4], "big")
        if length == 1:
            length = int.from_bytes(rest[at + 8 : at + 16], "big")
        if length < 8:
            return False
        at += length
    return at <= len(rest) and MAKERS_LINE.fullmatch(rest[at:]) is not None
