"""The style in which a bureau prints its rates: its own newest, else that of the bureau above it, else the default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from foundation.regions.models import Jurisdiction

from .enums import Rounding
from .kpis import AnyKpi, Ratio
from .models import RatioStyle


def styles_for(home: int) -> dict[str, RatioStyle]:
    """The style of each rate that has one, for a jurisdiction; two queries."""
    parents = dict(Jurisdiction.objects.values_list("pk", "parent_id"))
    chain = [home]
    while (above := parents.get(chain[-1])) is not None:
        chain.append(above)
    newest = RatioStyle.objects.filter(jurisdiction__in=chain)
    newest = newest.order_by("jurisdiction", "code", "-set_at", "-pk").distinct("jurisdiction", "code")
    found: dict[str, RatioStyle] = {}
    for row in sorted(newest, key=lambda row: chain.index(row.jurisdiction_id)):
        found.setdefault(row.code, row)
    return found


def styled(kpi: AnyKpi, styles: Mapping[str, RatioStyle]) -> AnyKpi:
    """The KPI as it is printed there."""
    style = styles.get(kpi.code)
    if style is None or not isinstance(kpi, Ratio):
        return kpi
    return replace(kpi, places=style.places, rounding=Rounding(style.rounding))
