"""What cases add to a sheet of figures: 起, each once, by what they are about."""

from __future__ import annotations

from django.db.models import Count

from foundation.core.money import yuan
from inspections.sheet_lines import Extent, SheetLine, sheet_lines

from . import queries
from .models import Case


@sheet_lines(order=35)
def cases(extent: Extent) -> list[SheetLine]:
    """Cases filed in the period by violation (起), how many of them are decided, and the fines of these decisions."""
    rows = Case.objects.filter(jurisdiction__in=extent.jurisdictions, filed_on__range=(extent.first, extent.last))
    if extent.campaign is not None:
        rows = rows.filter(campaigns__campaign=extent.campaign)
    found = queries.figures(rows)
    kinds = rows.order_by().values_list("violation__code", "violation__name").annotate(count=Count("pk"))
    return [
        SheetLine("立案", str(found.filed), "起"),
        *(SheetLine(f"其中：{name}", str(count), "起") for _, name, count in sorted(kinds)),
        SheetLine("其中：已作出决定", str(found.decided), "起"),
        SheetLine("罚款", yuan(found.fines), "元"),
    ]
