"""What a photo's own EXIF block claims: when, roughly where, which way up. Anything odd in it says nothing.

A reader of our own, for seven fields: it runs in the web process on bytes that anybody may have made, and can
neither loop, nor follow more than two pointers, nor read a value of more than ``LONGEST`` bytes.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from django.utils import timezone as here

from foundation.core.errors import InvalidInput

from .places import CoarsePlace, coarse

ORIENTATION, EXIF_FIELDS, GPS_FIELDS = 0x0112, 0x8769, 0x8825
TAKEN, TAKEN_OFFSET = 0x9003, 0x9011
LATITUDE_SIDE, LATITUDE, LONGITUDE_SIDE, LONGITUDE = 1, 2, 3, 4
LONGEST, MOST_FIELDS = 64, 256
#: What odd blocks make the reader raise; each means "unreadable".
ODD = (ValueError, TypeError, KeyError, IndexError, ArithmeticError, struct.error)
_TEXT, _SHORT, _LONG, _FRACTION = 2, 3, 4, 5
_FORMS = {_TEXT: (1, ""), _SHORT: (2, "H"), _LONG: (4, "L"), _FRACTION: (8, "LL")}
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)

Value = bytes | tuple[int, ...]


@dataclass(frozen=True)
class Claims:
    """``orientation`` is EXIF's number from 1 (upright) to 8."""

    taken_at: datetime | None = None
    place: CoarsePlace | None = None
    orientation: int = 1


def claims_of(block: bytes) -> Claims:
    """Reads at most what is asked for; never raises."""
    block = block.removeprefix(b"Exif\0\0")
    try:
        order = {b"II*\0": "<", b"MM\0*": ">"}[block[:4]]
        fields = _fields(block, order, struct.unpack_from(order + "L", block, 4)[0])
    except ODD:
        return Claims()
    orientation = fields.get(ORIENTATION, (1,))[0]
    return Claims(
        taken_at=_taken_at(block, order, fields),
        place=_place(block, order, fields),
        orientation=orientation if orientation in range(1, 9) else 1,
    )


def _fields(block: bytes, order: str, at: int) -> dict[int, Value]:
    """The short fields of one directory of the block: texts as bytes, numbers as tuples."""
    (count,) = struct.unpack_from(order + "H", block, at)
    found: dict[int, Value] = {}
    for number in range(min(count, MOST_FIELDS)):
        entry = at + 2 + 12 * number
        tag, kind, length = struct.unpack_from(order + "HHL", block, entry)
        unit, form = _FORMS.get(kind, (0, ""))
        size = unit * length
        if not 0 < size <= LONGEST:
            continue
        start = entry + 8 if size <= 4 else struct.unpack_from(order + "L", block, entry + 8)[0]
        if form:
            found[tag] = struct.unpack_from(order + form * length, block, start)
        else:
            found[tag] = block[start : start + size]
    return found


def _taken_at(block: bytes, order: str, fields: dict[int, Value]) -> datetime | None:
    """The moment of the exposure; without an offset the camera's clock is taken to show Chinese time."""
    try:
        inner = _fields(block, order, fields[EXIF_FIELDS][0])
        told = datetime.strptime(_text(inner[TAKEN]), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 (the zone comes next)
        offset = _OFFSET.fullmatch(_text(inner.get(TAKEN_OFFSET, b"")))
        if offset:
            sign, hours, minutes = offset.groups()
            shift = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
            told = told.replace(tzinfo=timezone(shift))
        else:
            told = here.make_aware(told)
    except ODD:
        return None
    return told if told >= _EARLIEST else None


def _place(block: bytes, order: str, fields: dict[int, Value]) -> CoarsePlace | None:
    try:
        gps = _fields(block, order, fields[GPS_FIELDS][0])
        latitude = _degrees(gps[LATITUDE]) * (-1 if _text(gps.get(LATITUDE_SIDE, b"N")) == "S" else 1)
        longitude = _degrees(gps[LONGITUDE]) * (-1 if _text(gps.get(LONGITUDE_SIDE, b"E")) == "W" else 1)
        return coarse(latitude, longitude) if (latitude, longitude) != (0, 0) else None
    except (*ODD, InvalidInput):
        return None


def _text(value: Value) -> str:
    return bytes(value).decode("ascii").strip("\0 ")


def _degrees(parts: Value) -> float:
    """Degrees, minutes and seconds as three fractions."""
    degrees, minutes, seconds = (parts[at] / parts[at + 1] for at in (0, 2, 4))
    return degrees + minutes / 60 + seconds / 3600
