"""Uploads that mean harm, or could do some: what has to be refused at once, and what may come in and is drawn anew."""

from __future__ import annotations

import bz2
import gzip
import random
import zlib
from collections.abc import Callable

from PIL import ImageCms

from .crafting import (
    CANARY,
    EOI,
    PNG_MAGIC,
    SOI,
    boxes,
    chunk,
    exif,
    extended_webp,
    film,
    frame,
    header,
    makers_block,
    png,
    png_bomb,
    reframed,
    riff,
    scans,
    segment,
    svgz,
    two_pictures,
    webp_parts,
    with_segments,
    zip_within_a_comment,
    zipped,
)
from .factories import encoded, jpeg, scene

Made = Callable[[], bytes]
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><text>' + CANARY + b"</text></svg>"
)
PAGE = b"<!DOCTYPE html><html><script>fetch('/admin/')</script>" + CANARY + b"</html>"
PHP = b"<?php system($_GET['c']); // " + CANARY + b" ?>"


def _noise(length: int) -> bytes:
    return random.Random(7).randbytes(length)


def _kind(data: bytes) -> tuple[Made, str]:
    return lambda: data, "photo_kind"


#: name -> (how to make it, the code of the refusal): nothing of these ever touches our disk.
REFUSED: dict[str, tuple[Made, str]] = {
    "nothing": (lambda: b"", "photo_empty"),
    "one byte": _kind(b"\xff"),
    "text": _kind("现场照片".encode() * 50),
    "page named .jpg": _kind(PAGE),
    "page behind a byte order mark": _kind(b"\xef\xbb\xbf" + PAGE),
    "svg": _kind(SVG),
    "svgz": _kind(svgz(SVG)),
    "php": _kind(PHP),
    "script": _kind(b"#!/bin/sh\ncurl http://127.0.0.1/ | sh\n"),
    "pdf": _kind(b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"),
    "zip": _kind(zipped()),
    "zip bomb": _kind(gzip.compress(bytes(30 * 2**20))),
    "rar": _kind(b"Rar!\x1a\x07\x01\x00" + _noise(500)),
    "7z": _kind(b"7z\xbc\xaf\x27\x1c" + _noise(500)),
    "bz2": _kind(bz2.compress(PAGE)),
    "windows program": _kind(b"MZ\x90\x00" + _noise(500)),
    "linux program": _kind(b"\x7fELF\x02\x01\x01" + _noise(500)),
    "java class": _kind(b"\xca\xfe\xba\xbe" + _noise(500)),
    "gif": (lambda: encoded(scene(), "GIF"), "photo_kind"),
    "gif that moves": (lambda: encoded(scene(), "GIF", save_all=True, append_images=[scene(2)]), "photo_kind"),
    "gif and archive (GIFAR)": (lambda: encoded(scene(), "GIF") + zipped("A.class"), "photo_kind"),
    "gif that is a script": _kind(b"GIF89a=1;alert(1);//"),
    "bmp": (lambda: encoded(scene(), "BMP"), "photo_kind"),
    "tiff": (lambda: encoded(scene(), "TIFF"), "photo_kind"),
    "tiff, big endian": _kind(b"MM\0*" + _noise(500)),
    "icon": (lambda: encoded(scene(), "ICO"), "photo_kind"),
    "photoshop": _kind(b"8BPS\0\1" + _noise(500)),
    "postscript": _kind(b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (w) file"),
    "jpeg 2000": (lambda: encoded(scene(), "JPEG2000"), "photo_kind"),
    "heic": (lambda: b"\0\0\0\x18ftypheic" + _noise(500), "photo_heic"),
    "avif": (lambda: encoded(scene(), "AVIF"), "photo_heic"),
    "mp4": (lambda: film(), "photo_kind"),
    # -- JPEG ------------------------------------------------------------------------------------------------------
    "jpeg of three bytes": (lambda: b"\xff\xd8\xff", "photo_damaged"),
    "jpeg's beginning, then a page": (lambda: b"\xff\xd8\xff\xe0" + PAGE, "photo_damaged"),
    "jpeg's beginning, then noise": (lambda: b"\xff\xd8\xff\xe0\0\x10JFIF" + _noise(5000), "photo_damaged"),
    "jpeg without a picture": (lambda: SOI + segment(0xFE, PAGE) + EOI, "photo_damaged"),
    "jpeg cut within its picture": (lambda: jpeg()[: len(jpeg()) // 2], "photo_damaged"),
    "jpeg cut within its tables": (lambda: jpeg()[:200], "photo_damaged"),
    "jpeg without an end": (lambda: jpeg()[:-2], "photo_damaged"),
    "jpeg with a segment beyond its end": (lambda: SOI + b"\xff\xfe\xff\xff" + jpeg()[2:2000], "photo_damaged"),
    "jpeg with a segment of length 0": (lambda: SOI + b"\xff\xfe\0\0" + jpeg()[2:], "photo_damaged"),
    "jpeg and zip": (lambda: jpeg() + zipped(), "photo_carries_more"),
    "jpeg and java archive": (lambda: jpeg() + zipped("META-INF/MANIFEST.MF"), "photo_carries_more"),
    "jpeg and rar": (lambda: jpeg() + b"Rar!\x1a\x07\x00" + _noise(300), "photo_carries_more"),
    "jpeg and page": (lambda: jpeg() + PAGE, "photo_carries_more"),
    "jpeg and php": (lambda: jpeg() + PHP, "photo_carries_more"),
    "jpeg and pdf": (lambda: jpeg() + b"%PDF-1.7\n", "photo_carries_more"),
    "jpeg and noise": (lambda: jpeg() + _noise(4000), "photo_carries_more"),
    "jpeg and a film with an archive in it": (lambda: jpeg() + film() + zipped(), "photo_carries_more"),
    "jpeg and a film with a page in it": (
        lambda: jpeg() + film() + boxes((b"free", PAGE)),
        "photo_carries_more",
    ),
    "jpeg and a forged maker's block": (lambda: jpeg() + PAGE + makers_block(), "photo_carries_more"),
    "jpeg and a page between two pictures": (lambda: jpeg() + jpeg(2) + PAGE + jpeg(2), "photo_carries_more"),
    "jpeg of 65500 x 65500": (lambda: reframed(size=(65500, 65500)), "photo_too_large"),
    "jpeg of 1 x 1": (lambda: reframed(size=(1, 1)), "photo_too_small"),
    "jpeg without height": (lambda: reframed(size=(800, 0)), "photo_damaged"),
    "jpeg, progressive, 30 megapixels": (lambda: reframed(0xC2, size=(6000, 5000)), "photo_too_large"),
    "jpeg, lossless": (lambda: reframed(0xC3), "photo_damaged"),
    "jpeg, arithmetic": (lambda: reframed(0xC9), "photo_damaged"),
    "jpeg, 12 bits": (lambda: reframed(precision=12), "photo_damaged"),
    "jpeg with two frames": (lambda: with_segments(frame(640, 480)), "photo_damaged"),
    "jpeg of 200,000 segments": (lambda: with_segments(segment(0xFE, b"") * 200_000), "photo_damaged"),
    "jpeg of 500 scans": (lambda: scans(500), "photo_damaged"),
    # -- PNG -------------------------------------------------------------------------------------------------------
    "png of 48 kB and 400 megapixels": (png_bomb, "photo_too_large"),
    "png's beginning, then a page": (lambda: PNG_MAGIC + PAGE, "photo_damaged"),
    "png cut": (lambda: png()[:3000], "photo_damaged"),
    "png without a picture": (lambda: PNG_MAGIC + header(800, 600) + chunk(b"IEND"), "photo_damaged"),
    "png with a wrong checksum": (lambda: png(chunk(b"PLTE", bytes(3), crc=1)), "photo_damaged"),
    "png with two headers": (lambda: png(header(90, 90)), "photo_damaged"),
    "png with an unknown critical chunk": (lambda: png(chunk(b"EVIL", PHP)), "photo_damaged"),
    "png of no colour type": (
        lambda: PNG_MAGIC + header(800, 600, 8, 5) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND"),
        "photo_damaged",
    ),
    "png that moves": (lambda: png(chunk(b"acTL", bytes(8))), "photo_moves"),
    "png of 1 x 1": (lambda: encoded(scene().resize((1, 1)), "PNG"), "photo_too_small"),
    "png and zip": (lambda: png() + zipped(), "photo_carries_more"),
    "png and page": (lambda: png() + PAGE, "photo_carries_more"),
    "png and a film": (lambda: png() + film(), "photo_carries_more"),
    # -- WebP ------------------------------------------------------------------------------------------------------
    "webp cut": (lambda: encoded(scene(), "WEBP")[:900], "photo_damaged"),
    "webp that moves": (
        lambda: encoded(scene(), "WEBP", save_all=True, append_images=[scene(2)]),
        "photo_moves",
    ),
    "webp without a picture": (lambda: riff((b"EXIF", PHP)), "photo_damaged"),
    "webp of 16383 x 16383": (
        lambda: riff((b"VP8L", b"\x2f" + (16382 | 16382 << 14).to_bytes(4, "little") + bytes(20))),
        "photo_too_large",
    ),
    "webp with a chunk beyond its end": (lambda: riff((b"VP8 ", b"x"))[:-6] + b"\xff" * 6, "photo_damaged"),
    "webp and zip": (lambda: encoded(scene(), "WEBP") + zipped(), "photo_carries_more"),
    "more than 10 MB": (lambda: jpeg() + bytes(10 * 2**20), "photo_too_big"),
}


def _icc() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + CANARY


XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><script>alert(1)</script>" + CANARY + b"</x:xmpmeta>"
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x20\x1c\x02\x78\0\x0d" + CANARY
TEXT_BOMB = zlib.compress(CANARY + bytes(50 * 2**20), 9)

#: Photos, honest or not, that may come in: they are shown as we draw them, or not at all.
LET_IN: dict[str, Made] = {
    "page in a comment": lambda: with_segments(segment(0xFE, PAGE)),
    "php in a comment": lambda: with_segments(segment(0xFE, PHP)),
    "php, time, place and maker in EXIF": lambda: with_segments(segment(0xE1, exif())),
    "thumbnail in EXIF": lambda: with_segments(segment(0xE1, exif(thumbnail=True))),
    "EXIF of noise": lambda: with_segments(segment(0xE1, b"Exif\0\0MM\0*" + _noise(3000))),
    "EXIF that points at itself": lambda: with_segments(segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + b"\x08\0" * 900)),
    "script in XMP": lambda: with_segments(segment(0xE1, XMP)),
    "IPTC": lambda: with_segments(segment(0xED, IPTC)),
    "colour profile": lambda: with_segments(segment(0xE2, b"ICC_PROFILE\0\1\1" + _icc())),
    "every application's segment": lambda: with_segments(*(segment(0xE0 + n, b"X\0" + CANARY) for n in range(16))),
    "archive within a comment": zip_within_a_comment,
    "page in JFIF's own thumbnail": lambda: (
        SOI + segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\x08\x08" + (CANARY * 15)[:192]) + jpeg()[20:]
    ),
    "two pictures (MPO)": two_pictures,
    "Samsung's block": lambda: jpeg() + makers_block(),
    "moving photo": lambda: jpeg() + film() + b"LIVE_0123456789",
    "padding": lambda: jpeg() + bytes(4096) + b"\r\n",
    "progressive": lambda: encoded(scene(), quality=80, progressive=True),
    "grey": lambda: encoded(scene().convert("L")),
    "CMYK": lambda: encoded(scene().convert("CMYK"), comment=CANARY),
    "restart markers": lambda: encoded(scene(), restart_marker_blocks=3),
    "png with texts": lambda: png(chunk(b"tEXt", b"Comment\0" + PAGE), chunk(b"eXIf", exif()[6:])),
    "png with a text bomb": lambda: png(chunk(b"zTXt", b"Comment\0\0" + TEXT_BOMB)),
    "png with a profile bomb": lambda: png(chunk(b"iCCP", b"p\0\0" + TEXT_BOMB)),
    "png with a private chunk": lambda: png(chunk(b"evIl", PHP)),
    "png, 16 bits of grey": lambda: encoded(scene().convert("L").convert("I;16"), "PNG"),
    "png, transparent": lambda: encoded(scene().convert("RGBA"), "PNG"),
    "png, palette": lambda: encoded(scene().convert("P"), "PNG", transparency=3),
    "png, one bit": lambda: encoded(scene().convert("1"), "PNG"),
    "png of too few rows": lambda: (
        PNG_MAGIC + header(800, 600) + chunk(b"IDAT", zlib.compress(bytes(2401))) + chunk(b"IEND")
    ),
    "webp with EXIF and XMP": lambda: extended_webp((b"EXIF", exif()), (b"XMP ", XMP)),
    "webp with an unknown chunk": lambda: riff(*webp_parts(), (b"EVIL", PHP)),
    "webp, transparent": lambda: encoded(scene().convert("RGBA"), "WEBP", exif=exif()),
    "webp, lossless": lambda: encoded(scene(), "WEBP", lossless=True, icc_profile=_icc()),
}

#: Whole in form and nonsense within: let in, and then not shown.
UNDRAWABLE: dict[str, Made] = {
    "png of noise": lambda: PNG_MAGIC + header(800, 600) + chunk(b"IDAT", _noise(3000)) + chunk(b"IEND"),
    "png that is a page": lambda: PNG_MAGIC + header(800, 600) + chunk(b"IDAT", zlib.compress(PAGE)) + chunk(b"IEND"),
    "jpeg without tables": lambda: SOI + frame(800, 600) + segment(0xDA, b"\3\1\0\2\x11\3\x11\0\x3f\0") + _safe() + EOI,
    "webp of noise": lambda: riff(
        (b"VP8 ", b"\x10\0\0\x9d\x01\x2a" + (800).to_bytes(2, "little") + b"\x58\2" + _noise(90))
    ),
    "webp that is a page": lambda: riff((b"VP8L", b"\x2f" + (799 | 599 << 14).to_bytes(4, "little") + PAGE)),
}


def _safe() -> bytes:
    return _noise(900).replace(b"\xff", b"\0")
