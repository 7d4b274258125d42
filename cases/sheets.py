"""What cases add to a sheet of figures: 起, each once, by what they are about; whom they and the notices dealt with."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from enforcement import queries as enforcement
from enforcement.models import Order
from foundation.core.money import yuan
from inspections.sheet_lines import Extent, SheetLine, sheet_lines

from . import published, queries
from .enums import Outcome, PenaltyKind
from .models import Case


def _in(extent: Extent) -> QuerySet[Case]:
    """The cases of an area, or of those the ones that count in the campaign."""
    rows = Case.objects.filter(jurisdiction__in=extent.jurisdictions)
    return rows if extent.campaign is None else rows.filter(campaigns__campaign=extent.campaign)


@sheet_lines(order=35)
def cases(extent: Extent) -> list[SheetLine]:
    """Cases filed in the period by violation (起), how many of them are decided, and the fines of these decisions."""
    rows = _in(extent).filter(filed_on__range=(extent.first, extent.last))
    found = queries.figures(rows)
    kinds = rows.order_by().values_list("violation__code", "violation__name").annotate(count=Count("pk"))
    return [
        SheetLine("立案", str(found.filed), "起"),
        *(SheetLine(f"其中：{name}", str(count), "起") for _, name, count in sorted(kinds)),
        SheetLine("其中：已作出决定", str(found.decided), "起"),
        SheetLine("罚款", yuan(found.fines), "元"),
    ]


@sheet_lines(order=36)
def dealt_with(extent: Extent) -> list[SheetLine]:
    """Places that got a notice or a penalty in the period, each once (家), and persons who were punished (人).

    What was voided, or taken back by a court or a superior, dealt with nobody. A place is no person: neither is added
    to the other.
    """
    days = (extent.first, extent.last)
    orders = enforcement.counted(Order.objects.filter(jurisdiction__in=extent.jurisdictions, issued_on__range=days))
    if extent.campaign is not None:
        orders = orders.filter(campaigns__campaign=extent.campaign)
    punished = list(_punished(extent))
    places = set(orders.order_by().values_list("institution", "unlicensed"))
    places |= {(case.institution_id, case.unlicensed_id) for case in punished if case.party}
    persons = {(case.party_name, case.party_code) for case in punished if published.is_person(case)}
    return [SheetLine("处理机构", str(len(places)), "家"), SheetLine("处理个人", str(len(persons)), "人")]


def _punished(extent: Extent) -> QuerySet[Case]:
    """Cases decided in the period with a penalty that stands."""
    rows = _in(extent).filter(decided_on__range=(extent.first, extent.last))
    rows = rows.filter(outcome=Outcome.PUNISH, overturned_on__isnull=True)
    return rows.select_related("institution", "unlicensed")


@sheet_lines(order=37)
def exposed(extent: Extent) -> list[SheetLine]:
    """曝光通报: cases of which the public was told in the period, or whose penalty was to be criticised in a circular.

    Each once (起); what was taken back since was no exposure.
    """
    told = Q(publication__published_on__range=(extent.first, extent.last), publication__withdrawn_on__isnull=True)
    criticised = published.standing_penalties().filter(case__in=_punished(extent), kind=PenaltyKind.CRITICISM)
    found = _in(extent).filter(told | Q(pk__in=criticised.values("case")))
    return [SheetLine("曝光通报", str(found.values("pk").distinct().count()), "起")]
