"""What orders and interviews add to a sheet of figures."""

from __future__ import annotations

from django.db.models import Count, Q, Sum

from clues.enums import AdUnit, Medium
from enforcement import queries, removing
from enforcement.enums import AdOutcome, InterviewState, OrderKind, OrderState
from enforcement.models import Interview, Order, RemovalItem
from inspections.sheet_lines import Extent, SheetLine, at_least, sheet_lines


@sheet_lines(order=30)
def orders(extent: Extent) -> list[SheetLine]:
    """Notices issued in the period by kind (份), and how many of them are closed by now; void ones never were."""
    rows = queries.counted(Order.objects.filter(jurisdiction__in=extent.jurisdictions))
    rows = rows.filter(issued_on__range=(extent.first, extent.last))
    if extent.campaign is not None:
        rows = rows.filter(campaigns__campaign=extent.campaign)
    kinds = {kind.value: Count("pk", filter=Q(kind=kind)) for kind in OrderKind}
    found = rows.aggregate(all=Count("pk"), closed=Count("pk", filter=Q(state=OrderState.CLOSED)), **kinds)
    return [
        SheetLine("开具通知书", str(found["all"]), "份"),
        *(SheetLine(f"其中：{kind.label}", str(found[kind.value]), "份") for kind in OrderKind),
        SheetLine("其中：已办结", str(found["closed"]), "份"),
    ]


@sheet_lines(order=40)
def interviews(extent: Extent) -> list[SheetLine]:
    """Interviews held in the period (次) and the institutions summoned to them, each once (家); no campaign's own."""
    if extent.campaign is not None:
        return []
    held = Interview.objects.filter(
        jurisdiction__in=extent.jurisdictions,
        state=InterviewState.HELD,
        held_on__range=(extent.first, extent.last),
    )
    institutions = queries.interview_figures(held).institutions
    return [SheetLine("约谈", str(held.count()), "次"), SheetLine("约谈机构", str(institutions), "家")]


@sheet_lines(order=45)
def adverts(extent: Extent) -> list[SheetLine]:
    """What was done with advertisements in the period, by outcome and unit: units are never added up."""
    done = RemovalItem.objects.filter(
        removal__jurisdiction__in=extent.jurisdictions, removal__done_on__range=(extent.first, extent.last)
    )
    if extent.campaign is not None:
        done = done.filter(removal__campaigns__campaign=extent.campaign)
    return [
        SheetLine(f"广告{AdOutcome(outcome).label}", at_least(sum_.number, sum_.at_least), AdUnit(unit).label)
        for outcome, by_unit in removing.figures(done).amounts.items()
        for unit, sum_ in by_unit.items()
    ]


@sheet_lines(order=46)
def leaflets(extent: Extent) -> list[SheetLine]:
    """宣传单: leaflets taken away or destroyed in the period (张); those of one find that were both count once."""
    done = removing.counted(
        RemovalItem.objects.filter(
            removal__jurisdiction__in=extent.jurisdictions,
            removal__done_on__range=(extent.first, extent.last),
            sighting__medium=Medium.LEAFLET,
            sighting__unit=AdUnit.SHEET,
        )
    )
    if extent.campaign is not None:
        done = done.filter(removal__campaigns__campaign=extent.campaign)
    found = (
        done.order_by()
        .values("sighting")
        .annotate(
            cleared=Sum("quantity", default=0, filter=Q(outcome__in=removing.CLEARED)),
            destroyed=Sum("quantity", default=0, filter=Q(outcome=AdOutcome.DESTROYED)),
            more=Count("pk", filter=Q(at_least=True)),
        )
    )
    gone = [(max(each["cleared"], each["destroyed"]), each["more"]) for each in found]
    return [SheetLine("宣传单", at_least(sum(number for number, _ in gone), any(more for _, more in gone)), "张")]
