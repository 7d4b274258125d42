"""What a photo's file consists of, read without decoding a pixel: its kind, its size, and the parts that matter.

``read`` accepts JPEG, PNG and WebP only, one whole still picture, nothing behind its end but what cameras put there.
``Container.pixels`` is the same picture without anything else: the decoder never sees a comment, a profile, an EXIF
block or a trailer, and so none of them can reach a copy or attack the decoder.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass

from foundation.core.errors import InvalidInput

from .enums import PhotoKind
from .trailers import is_harmless

MAX_PIXELS = 40_000_000
MAX_PIXELS_WHOLE = 24_000_000  # of what has to be decoded whole: PNG, WebP, progressive JPEG
MIN_SIDE, MAX_SIDE = 64, 20_000
MAX_PARTS = 5000  # segments or chunks; a photo has a few dozen, and very many cost time
MAX_SCANS = 40  # of a progressive JPEG; each is a pass over the whole picture
MAX_EXIF = 65_536

HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypheim", b"ftypheis", b"ftypavif")
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
PNG_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # what ends the coded data of a scan
_FILL = re.compile(rb"\xff+")


class Damaged(Exception):
    """The file does not have the form that its first bytes promise."""


@dataclass(frozen=True)
class Container:
    """A picture's file. ``parts`` are what a decoder needs of it, ``exif`` is its EXIF block, if any, as it stands."""

    kind: PhotoKind
    width: int
    height: int
    parts: tuple[bytes | memoryview, ...]
    exif: bytes = b""
    decoded_whole: bool = True

    @property
    def pixels(self) -> bytes:
        return b"".join(self.parts)


def read(data: bytes) -> Container:
    """Raises InvalidInput with a sentence for whoever sent what is no photo, or not one that we take."""
    try:
        found = _reader(data)(data)
    except (Damaged, IndexError, struct.error) as error:
        raise InvalidInput("照片文件不完整或已损坏。请重新拍摄，或换一张照片。", code="photo_damaged") from error
    _require_size(found)
    return found


def _reader(data: bytes):
    if data[:3] == b"\xff\xd8\xff":
        return _jpeg
    if data[:8] == PNG_MAGIC:
        return _png
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp
    if data[4:12] in HEIC:
        raise InvalidInput(
            "这是 HEIC/AVIF 格式的照片，暂不能识别。请在手机“设置—相机—格式”中选“兼容性最佳”后重新拍摄，或发送截图。",
            code="photo_heic",
        )
    raise InvalidInput("这不是照片。只能上传 JPEG、PNG 或 WebP 格式的照片。", code="photo_kind")


def _require_size(found: Container) -> None:
    pixels = found.width * found.height
    limit = MAX_PIXELS_WHOLE if found.decoded_whole else MAX_PIXELS
    if pixels > limit or max(found.width, found.height) > MAX_SIDE:
        raise InvalidInput(
            f"照片尺寸过大（{found.width}×{found.height}，上限{limit // 10_000}万像素），请缩小后再上传。",
            code="photo_too_large",
        )
    if min(found.width, found.height) < MIN_SIDE:
        raise InvalidInput(
            f"照片太小（{found.width}×{found.height}），看不清内容，请重新拍摄。", code="photo_too_small"
        )


def _require_end(data: bytes, end: int, kind: PhotoKind) -> None:
    if not is_harmless(data[end:], kind):
        raise InvalidInput(
            "照片文件的末尾夹带了其他内容，未接收。请重新拍摄，或换一张没有改动过的照片。", code="photo_carries_more"
        )


# -- JPEG ----------------------------------------------------------------------------------------------------------
_FRAMES = {0xC0: False, 0xC1: False, 0xC2: True}  # baseline, extended, progressive
_NEEDED = {0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0, 0xEE}


@dataclass
class _Jpeg:
    frame: tuple[int, int] | None = None
    progressive: bool = False
    scans: int = 0
    exif: bytes = b""


def _jpeg(data: bytes) -> Container:
    seen, parts, view = _Jpeg(), [memoryview(data)[:2]], memoryview(data)
    at, count = 2, 0
    while True:
        marker, start = _next_marker(data, at)
        if marker == 0xD9:
            end = start
            break
        count += 1
        if count > MAX_PARTS:
            raise Damaged("too many segments")
        length = int.from_bytes(data[start : start + 2], "big")
        at = start + length
        if length < 2 or at > len(data):
            raise Damaged("a segment reaches beyond the file")
        _note_segment(seen, marker, data[start + 2 : at])
        if marker == 0xDA:
            at = _end_of_scan(data, at)
        if _is_needed(marker, data, start):
            parts += [bytes((0xFF, marker)), view[start:at]]
    if seen.frame is None or not seen.scans:
        raise Damaged("no picture")
    _require_end(data, end, PhotoKind.JPEG)
    parts.append(b"\xff\xd9")
    return Container(PhotoKind.JPEG, *seen.frame, tuple(parts), seen.exif, decoded_whole=seen.progressive)


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker that begins here, and where its segment's length stands."""
    fill = _FILL.match(data, at)
    if fill is None or fill.end() >= len(data):
        raise Damaged("no marker where one has to be")
    marker = data[fill.end()]
    if marker < 0xC0 or 0xD0 <= marker <= 0xD8:
        raise Damaged(f"marker {marker:02x} out of place")
    return marker, fill.end() + 1


def _note_segment(seen: _Jpeg, marker: int, body: bytes) -> None:
    if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
        if marker not in _FRAMES or seen.frame is not None:
            raise Damaged("lossless, hierarchical or arithmetic coding, or a second frame")
        precision, height, width, components = struct.unpack(">BHHB", body[:6])
        if precision != 8 or components not in (1, 3, 4) or len(body) != 6 + 3 * components or not height * width:
            raise Damaged("no frame of a photo")
        seen.frame, seen.progressive = (width, height), _FRAMES[marker]
    elif marker == 0xDA:
        seen.scans += 1
        if seen.frame is None or seen.scans > MAX_SCANS:
            raise Damaged("a scan before its frame, or too many scans")
    elif marker == 0xE1 and body[:6] == b"Exif\0\0" and not seen.exif:
        seen.exif = body[:MAX_EXIF]


def _end_of_scan(data: bytes, at: int) -> int:
    ends = _MARKER.search(data, at)
    if ends is None:
        raise Damaged("cut off within the picture")
    return ends.start()


def _is_needed(marker: int, data: bytes, start: int) -> bool:
    """Tables, frame and scans; of the application's segments those that say how the colours are coded."""
    if marker == 0xE0:
        return data[start + 2 : start + 7] == b"JFIF\0"
    if marker == 0xEE:
        return data[start + 2 : start + 7] == b"Adobe"
    return marker in _NEEDED


# -- PNG -----------------------------------------------------------------------------------------------------------
_CRITICAL = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def _png(data: bytes) -> Container:
    view, parts, exif = memoryview(data), [data[:8]], b""
    names: list[bytes] = []
    at = 8
    while not names or names[-1] != b"IEND":
        length, name = struct.unpack(">I4s", data[at : at + 8])
        end = at + 12 + length
        if end > len(data) or len(names) >= MAX_PARTS:
            raise Damaged("a chunk reaches beyond the file, or too many chunks")
        names.append(name)
        if name in _CRITICAL or name == b"tRNS":
            if zlib.crc32(view[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
                raise Damaged("a chunk's checksum is wrong")
            parts.append(view[at:end])
        elif name == b"acTL":
            raise InvalidInput("动态图片不能作为照片，请换一张照片。", code="photo_moves")
        elif not name[0] & 0x20:
            raise Damaged("an unknown critical chunk")
        elif name == b"eXIf":
            exif = data[at + 8 : end - 4][:MAX_EXIF]
        at = end
    width, height = _png_header(data, names)
    _require_end(data, at, PhotoKind.PNG)
    return Container(PhotoKind.PNG, width, height, tuple(parts), exif)


def _png_header(data: bytes, names: list[bytes]) -> tuple[int, int]:
    length, _, width, height, depth, colours, packing, filters, interlaced = struct.unpack(">I4sIIBBBBB", data[8:29])
    if names[0] != b"IHDR" or names.count(b"IHDR") != 1 or length != 13 or b"IDAT" not in names:
        raise Damaged("no header, or no picture")
    if depth not in PNG_DEPTHS.get(colours, set()) or packing or filters or interlaced > 1:
        raise Damaged("no form that PNG knows")
    return width, height


# -- WebP ----------------------------------------------------------------------------------------------------------
_ALPHA = 0x10


def _webp(data: bytes) -> Container:
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise Damaged("cut off")
    chunks: dict[bytes, memoryview] = {}
    at, count = 12, 0
    while at < end:
        name, length = struct.unpack("<4sI", data[at : at + 8])
        count += 1
        if at + 8 + length > end or count > MAX_PARTS:
            raise Damaged("a chunk reaches beyond the file, or too many chunks")
        if name in (b"ANIM", b"ANMF"):
            raise InvalidInput("动态图片不能作为照片，请换一张照片。", code="photo_moves")
        chunks.setdefault(name, memoryview(data)[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
    size = _webp_size(chunks)
    _require_end(data, end, PhotoKind.WEBP)
    exif = bytes(chunks.get(b"EXIF", b""))[:MAX_EXIF]
    return Container(PhotoKind.WEBP, *size, (_bare_webp(chunks, size),), exif)


def _webp_size(chunks: dict[bytes, memoryview]) -> tuple[int, int]:
    if body := chunks.get(b"VP8 "):
        if body[3:6] != b"\x9d\x01\x2a":
            raise Damaged("no key frame")
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    body = chunks.get(b"VP8L", memoryview(b""))
    if len(body) < 5 or body[0] != 0x2F:
        raise Damaged("no picture")
    bits = int.from_bytes(body[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _bare_webp(chunks: dict[bytes, memoryview], size: tuple[int, int]) -> bytes:
    """The picture, and its transparency where it has one, in a file of their own."""
    kept = [(name, bytes(chunks[name])) for name in (b"VP8 ", b"VP8L") if name in chunks][:1]
    if b"ALPH" in chunks and kept[0][0] == b"VP8 ":
        width, height = ((side - 1).to_bytes(3, "little") for side in size)
        kept = [(b"VP8X", bytes([_ALPHA, 0, 0, 0]) + width + height), (b"ALPH", bytes(chunks[b"ALPH"])), *kept]
    body = b"WEBP" + b"".join(
        name + len(part).to_bytes(4, "little") + part + b"\0" * (len(part) % 2) for name, part in kept
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body
