"""How rates are printed, at the places of the authorization matrix."""

from __future__ import annotations

from foundation.core import clock
from reports.enums import Rounding
from reports.models import RatioStyle
from tests.authz.relations import Objects, Place
from tests.contracts.placed import somebody


def style(place: Place) -> RatioStyle:
    facts = {"code": "reduction_rate", "label": "学科类压减率", "places": 2, "rounding": Rounding.HALF_UP}
    return RatioStyle.objects.create(
        jurisdiction=place.jurisdiction, **facts, reason="按市里口径", set_by=somebody(), set_at=clock.now()
    )


OBJECTS: dict[str, Objects] = {"admin:reports_ratiostyle": Objects(style)}
