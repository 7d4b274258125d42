"""How a rate is printed, from now on."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert
from foundation.core.errors import InvalidInput
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction
from reports import events, rules
from reports.enums import Rounding
from reports.kpis import Ratio, kpi_of
from reports.models import RatioStyle


@operation
def set_style(
    *, jurisdiction: Jurisdiction, code: str, places: int, rounding: Rounding, reason: str, by: Actor, at: datetime
) -> RatioStyle:
    """Print a rate with so many places, cut off or half up, in this bureau and those below it.

    What was frozen before keeps its words. Raises NotAllowed, InvalidInput (no such rate, no reason).
    """
    kpi = kpi_of(code)
    if not isinstance(kpi, Ratio):
        raise InvalidInput("只有比率可以设定取舍。", code="no_ratio", fields={"code": ["请选择比率指标。"]})
    if not reason.strip():
        raise InvalidInput("请写明理由。", code="reason", fields={"reason": ["请写明理由。"]})
    style = RatioStyle(
        jurisdiction=jurisdiction,
        code=code,
        label=kpi.label,
        places=places,
        rounding=rounding,
        reason=reason.strip(),
        set_by_id=by.user_id,
        set_at=at,
    )
    authorize(by, rules.can_set_style_for, style)
    insert(style)
    changes = {"places": [None, places], "rounding": [None, Rounding(rounding).label]}
    record(events.STYLE_SET, subject=style, by=by, at=at, changes=changes, reason=style.reason)
    return style
