"""A picture's fingerprint: 64 bits that survive shrinking and saving anew, and differ between different pictures.

The 64 lowest frequencies of a 32 x 32 grey miniature, each above or below their median. Two pictures count as alike
when at most ``NEAR`` bits differ. For the index the bits are cut into ``NEAR + 1`` bands: of two alike pictures at
least one band is equal, so a lookup asks for five numbers instead of comparing with every photo there is.
"""

from __future__ import annotations

from math import cos, pi
from statistics import median

from PIL import Image, ImageStat

SIDE = 32
NEAR = 4
BANDS = NEAR + 1
FLATTEST = 4.0  # standard deviation of grey below which a picture shows nothing: a covered lens, a white wall
_FREQUENCIES = sorted(((u, v) for u in range(11) for v in range(11) if u + v), key=lambda uv: (sum(uv), uv))[:64]
_WAVES = [[cos((2 * x + 1) * u * pi / (2 * SIDE)) for x in range(SIDE)] for u in range(11)]
_WIDTH = -(-64 // BANDS)


def picture_hash(image: Image.Image) -> int | None:
    """The fingerprint as PostgreSQL keeps it (a signed 64-bit number); None for a picture of nothing."""
    grey = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    if ImageStat.Stat(grey).stddev[0] < FLATTEST:
        return None
    pixels = grey.tobytes()
    rows = [
        [sum(map(float.__mul__, wave, map(float, pixels[y * SIDE : (y + 1) * SIDE]))) for wave in _WAVES]
        for y in range(SIDE)
    ]
    columns = list(zip(*rows, strict=True))
    strengths = [sum(map(float.__mul__, _WAVES[v], columns[u])) for u, v in _FREQUENCIES]
    middle = median(strengths)
    bits = sum(1 << place for place, strength in enumerate(strengths) if strength > middle)
    return bits - (1 << 64) if bits >> 63 else bits


def bands(fingerprint: int) -> list[int]:
    """The five bands, each told apart by its number, for an index on whole numbers."""
    bits = fingerprint % (1 << 64)
    mask = (1 << _WIDTH) - 1
    return [number << _WIDTH | (bits >> number * _WIDTH & mask) for number in range(BANDS)]


def distance(one: int, other: int) -> int:
    """How many of the 64 bits differ."""
    return ((one ^ other) % (1 << 64)).bit_count()
