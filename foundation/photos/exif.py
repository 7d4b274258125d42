"""What a photo's own EXIF block claims: when, roughly where, which way up. Anything odd in it says nothing."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from django.utils import timezone as here
from PIL import ExifTags, Image

from foundation.core.errors import InvalidInput

from .places import CoarsePlace, coarse

#: What hostile blocks make the reader raise; each means "unreadable".
ODD = (SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, OSError, struct.error)
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Claims:
    """``orientation`` is EXIF's number from 1 (upright) to 8."""

    taken_at: datetime | None = None
    place: CoarsePlace | None = None
    orientation: int = 1


def claims_of(block: bytes) -> Claims:
    """Reads at most what is asked for; never raises."""
    if not block:
        return Claims()
    exif = Image.Exif()
    try:
        exif.load(block if block[:6] == b"Exif\0\0" else b"Exif\0\0" + block)
        orientation = exif.get(ExifTags.Base.Orientation, 1)
    except ODD:
        return Claims()
    return Claims(_taken_at(exif), _place(exif), orientation if orientation in range(1, 9) else 1)


def _taken_at(exif: Image.Exif) -> datetime | None:
    """The moment of the exposure; without an offset the camera's clock is taken to show Chinese time."""
    try:
        inner = exif.get_ifd(ExifTags.IFD.Exif)
        told = datetime.strptime(str(inner[ExifTags.Base.DateTimeOriginal]).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        offset = _OFFSET.fullmatch(str(inner.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 "))
        if offset:
            sign, hours, minutes = offset.groups()
            shift = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
            told = told.replace(tzinfo=timezone(shift))
        else:
            told = here.make_aware(told)
    except ODD:
        return None
    return told if told >= _EARLIEST else None


def _place(exif: Image.Exif) -> CoarsePlace | None:
    try:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], gps.get(ExifTags.GPS.GPSLatitudeRef, "N"))
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], gps.get(ExifTags.GPS.GPSLongitudeRef, "E"))
        return coarse(latitude, longitude) if (latitude, longitude) != (0, 0) else None
    except (*ODD, InvalidInput):
        return None


def _degrees(parts: tuple, reference: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return (degrees + minutes / 60 + seconds / 3600) * (-1 if str(reference).strip("\0 ") in ("S", "W") else 1)
