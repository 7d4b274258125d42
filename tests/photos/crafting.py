"""Bytes of files that no camera makes."""

from __future__ import annotations

import gzip
import struct
import zipfile
import zlib
from io import BytesIO

from PIL import ExifTags, Image

from .factories import encoded, jpeg, scene

#: Planted wherever a file can carry words; no answer of ours and no file on our disk may hold it.
CANARY = b"CANARY-7f3a9c"
SOI, EOI = b"\xff\xd8", b"\xff\xd9"
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def with_segments(*segments: bytes, base: bytes | None = None) -> bytes:
    """A whole JPEG with these segments right behind its beginning."""
    return SOI + b"".join(segments) + (jpeg() if base is None else base)[2:]


def frame(width: int, height: int, *, marker: int = 0xC0, precision: int = 8, components: int = 3) -> bytes:
    """The segment in which a JPEG says how large it is."""
    parts = b"".join(bytes((number, 0x11, 0)) for number in range(1, components + 1))
    return segment(marker, struct.pack(">BHHB", precision, height, width, components) + parts)


def reframed(marker: int = 0xC0, *, precision: int = 8, size: tuple[int, int] = (800, 600)) -> bytes:
    """A JPEG whose frame says something else than its picture."""
    base = jpeg()
    at = base.index(b"\xff\xc0")
    return base[:at] + frame(*size, marker=marker, precision=precision) + base[at + 19 :]


def chunk(name: bytes, body: bytes = b"", *, crc: int | None = None) -> bytes:
    checksum = zlib.crc32(name + body) if crc is None else crc
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", checksum)


def header(width: int, height: int, depth: int = 8, colours: int = 2) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))


def png(*chunks: bytes, image: Image.Image | None = None) -> bytes:
    """A whole PNG with these chunks behind its header."""
    whole = encoded(image or scene(), "PNG")
    return whole[:33] + b"".join(chunks) + whole[33:]


def png_bomb(side: int = 20_000) -> bytes:
    """400 megapixels of nothing in 48 kB."""
    rows = zlib.compress(bytes((side // 8 + 1) * side), 9)
    return PNG_MAGIC + header(side, side, 1, 0) + chunk(b"IDAT", rows) + chunk(b"IEND")


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP" + b"".join(
        name + len(part).to_bytes(4, "little") + part + b"\0" * (len(part) % 2) for name, part in chunks
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def webp_parts(**options) -> list[tuple[bytes, bytes]]:
    """The chunks of a WebP that Pillow wrote."""
    data, at, found = encoded(scene(), "WEBP", **options), 12, []
    while at < len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        found.append((data[at : at + 4], data[at + 8 : at + 8 + length]))
        at += 8 + length + length % 2
    return found


def extended_webp(*more: tuple[bytes, bytes], flags: int = 0x2C) -> bytes:
    """A WebP of the extended form with more chunks behind its picture."""
    size = b"".join((side - 1).to_bytes(3, "little") for side in scene().size)
    picture = [part for part in webp_parts() if part[0] == b"VP8 "]
    return riff((b"VP8X", bytes([flags, 0, 0, 0]) + size), *picture, *more)


def exif(orientation: int = 1, *, gps: bool = True, thumbnail: bool = False) -> bytes:
    """An EXIF block with time, place, maker and canaries, as a camera of the field writes it."""
    block = Image.Exif()
    block[ExifTags.Base.Orientation] = orientation
    block[ExifTags.Base.Make] = CANARY.decode()
    block[ExifTags.Base.ImageDescription] = f"<?php system('{CANARY.decode()}'); ?>"
    inner = block.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = "2026:03:01 10:20:30"
    inner[ExifTags.Base.UserComment] = b"ASCII\0\0\0" + CANARY
    if gps:
        place = block.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
        place[ExifTags.GPS.GPSLatitude], place[ExifTags.GPS.GPSLongitude] = (24.0, 28.0, 47.1), (118.0, 5.0, 21.9)
    written = block.tobytes()
    return written + (SOI + segment(0xFE, CANARY) + EOI if thumbnail else b"")


def zipped(name: str = "page.html") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, b"<script>alert(1)</script>" + CANARY)
    return file.getvalue()


def zip_within_a_comment() -> bytes:
    """A JPEG that ZIP readers open: the archive lies in a comment, its own comment reaches to the file's end."""
    base = encoded(scene(3, 200, 150), quality=40)
    inner = zipped()
    rest = len(base) - 2
    inner = inner[:-2] + rest.to_bytes(2, "little")
    return with_segments(segment(0xFE, inner), base=base)


def boxes(*found: tuple[bytes, bytes]) -> bytes:
    return b"".join((len(body) + 8).to_bytes(4, "big") + name + body for name, body in found)


def film() -> bytes:
    return boxes((b"ftyp", b"mp42\0\0\0\0isom"), (b"mdat", bytes(range(1, 200)) * 9 + CANARY), (b"moov", bytes(80)))


def makers_block(body: bytes = b"Image_UTC_Data1772331630000") -> bytes:
    """What Samsung's phones put behind every picture."""
    directory = b"SEFH" + struct.pack("<III", 107, 1, 0x0A010000) + struct.pack("<II", len(body), len(body))
    return body + CANARY + directory + struct.pack("<I", len(directory)) + b"SEFT"


def two_pictures() -> bytes:
    """A JPEG of two pictures (MPO), as phones write it for depth or HDR."""
    return encoded(scene(), "MPO", save_all=True, append_images=[scene(2)])


def scans(number: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    base = encoded(scene(1, 320, 240), progressive=True)
    last = base.rindex(b"\xff\xda")
    return base[:-2] + base[last:-2] * number + EOI


def svgz(text: bytes) -> bytes:
    return gzip.compress(text)
