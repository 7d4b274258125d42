"""Where a photo was taken, as coarsely as it is kept: about a kilometre."""

from __future__ import annotations

import math
from typing import NamedTuple

from foundation.core.errors import InvalidInput


class CoarsePlace(NamedTuple):
    """Latitude and longitude in whole hundredths of a degree (WGS 84)."""

    latitude: int
    longitude: int


def coarse(latitude: float, longitude: float) -> CoarsePlace:
    """Degrees rounded to 0.01°; nothing finer is ever stored. Raises InvalidInput for what is nowhere on earth."""
    if not (math.isfinite(latitude) and math.isfinite(longitude)) or abs(latitude) > 90 or abs(longitude) > 180:
        raise InvalidInput("拍摄位置无法识别。", code="place_unknown")
    return CoarsePlace(round(latitude * 100), round(longitude * 100))
