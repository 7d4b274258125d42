"""Copies of a photo that can be shown: drawn anew on an empty canvas, upright, without a word of what came with it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from foundation.core.errors import InvalidInput

from . import containers, exif, likeness

DISPLAY_SIDE, THUMB_SIDE = 1600, 320
SECONDS = 20  # for the decoding of one photo; a 24-megapixel one takes about one
_QUALITY = {DISPLAY_SIDE: 82, THUMB_SIDE: 76}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: What Pillow raises for pictures that it cannot decode.
UNDECODABLE = (OSError, SyntaxError, ValueError, ArithmeticError, MemoryError, Image.DecompressionBombError)


class Undrawable(Exception):
    """The photo cannot be shown; the message is a Chinese sentence that says why."""


class TooSlow(Exception):
    """Decoding took longer than any honest photo needs."""


@dataclass(frozen=True)
class Copy:
    data: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Drawn:
    display: Copy
    thumb: Copy
    picture_hash: int | None


class _Paced(BytesIO):
    """A file that stops being read when the time is over; the decoder takes it in blocks of 64 KiB."""

    def __init__(self, data: bytes, seconds: float) -> None:
        super().__init__(data)
        self.until = time.monotonic() + seconds

    def read(self, size: int | None = -1) -> bytes:
        if time.monotonic() > self.until:
            raise TooSlow
        return super().read(size)


def draw(original: bytes, *, seconds: float = SECONDS) -> Drawn:
    """Both copies and the fingerprint of a photo; the decoder is used once. Raises Undrawable."""
    try:
        container = containers.read(original)
        canvas = _canvas(container, seconds)
    except InvalidInput as refusal:
        raise Undrawable(refusal.message) from refusal
    except TooSlow as error:
        raise Undrawable("照片过于复杂，无法生成展示图。") from error
    except UNDECODABLE as error:
        raise Undrawable("照片内容已损坏，无法显示。") from error
    small = _fitted(canvas, THUMB_SIDE)
    return Drawn(_encoded(canvas, DISPLAY_SIDE), _encoded(small, THUMB_SIDE), likeness.picture_hash(small))


def _canvas(container: containers.Container, seconds: float) -> Image.Image:
    """The picture at the display's size, upright, on a canvas that never held anything else."""
    with Image.open(_Paced(container.pixels, seconds), formats=[container.kind.upper()]) as picture:
        if picture.size != (container.width, container.height):
            raise ValueError("another size than the file said")
        picture.draft(None, _within(picture.size, DISPLAY_SIDE))  # a JPEG is decoded at 1/2, 1/4 or 1/8
        picture.load()
        coloured = _fitted(_opaque(picture), DISPLAY_SIDE)
    turn = _TURNS.get(exif.claims_of(container.exif).orientation)
    upright = coloured.transpose(turn) if turn is not None else coloured
    canvas = Image.new("RGB", upright.size)
    canvas.paste(upright)
    return canvas


def _opaque(picture: Image.Image) -> Image.Image:
    """Plain RGB; what is transparent becomes white; 16 bits of grey keep their upper eight."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda grey: grey / 256).convert("L").convert("RGB")
    if "A" in picture.getbands() or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        white = Image.new("RGB", layered.size, "white")
        white.paste(layered, mask=layered.getchannel("A"))
        return white
    return picture.convert("RGB")


def _within(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The size whose longer side is ``side``, or the same where it is no longer."""
    width, height = size
    if max(size) <= side:
        return size
    return max(round(width * side / max(size)), 1), max(round(height * side / max(size)), 1)


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    size = _within(picture.size, side)
    return picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encoded(canvas: Image.Image, side: int) -> Copy:
    """A JPEG with nothing in it but the picture."""
    file = BytesIO()
    canvas.save(file, "JPEG", quality=_QUALITY[side], progressive=side == DISPLAY_SIDE)
    return Copy(file.getvalue(), *canvas.size)
