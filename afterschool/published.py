"""What the public reads of after-school services: who was selected, and figures by county with small ones hidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from foundation.core import clock
from foundation.regions.models import Jurisdiction

from .enums import SelectionState
from .models import Participation, Selection, Term
from .queries import Totals, newest, sums, tenths
from .small_cells import Counted, Published, published


def selections(*, on: date) -> QuerySet[Selection]:
    """Providers whose selection has begun by a day and was agreed to: valid ones, and those over or left, as such."""
    here = Q(provider__institution__isnull=True) | Q(provider__institution__withdrawn_at__isnull=True)
    return (
        decided(on=on)
        .filter(here)
        .order_by("provider__jurisdiction__code", "-round__selected_on", "provider__name", "pk")
    )


def decided(*, on: date) -> QuerySet[Selection]:
    """Those and the ones whose institution was taken out of the register since: whoever keeps a copy has to know."""
    rows = Selection.objects.filter(state__in=[SelectionState.APPROVED, SelectionState.ENDED], starts_on__lte=on)
    return rows.select_related("provider__jurisdiction", "provider__institution", "round")


@dataclass(frozen=True)
class City:
    """The counties of one city with their sum; cities are not summed, or one of them could tell a hidden sum."""

    name: str
    lines: list[tuple[Published, str]]
    total: Published
    rate: str


def figures(term: Term) -> list[City]:
    """Pupils in school and joined by county, as they count today."""
    rows = newest(Participation.objects.filter(term=term), on=clock.today()).order_by()
    grouped = rows.annotate(place=F("school__jurisdiction_id")).values("place").annotate(**sums())
    totals = {row.pop("place"): Totals(**row) for row in grouped}
    places = Jurisdiction.objects.filter(pk__in=totals).select_related("parent").order_by("code")
    cities: dict[str, list[Counted]] = {}
    for place in places:
        name = place.parent.name if place.parent is not None and place.parent.parent_id is not None else place.name
        found = totals[place.pk]
        cities.setdefault(name, []).append(Counted(place.name, found.enrolled, found.joined, found.exempt))
    return [_city(name, counted) for name, counted in cities.items()]


def _city(name: str, counted: list[Counted]) -> City:
    lines, total = published(counted)
    return City(name, [(line, _rate(line)) for line in lines], total, _rate(total))


def _rate(line: Published) -> str:
    """The rate where both of its parts are told; it would tell the hidden one."""
    if line.enrolled is None or line.joined is None:
        return ""
    return tenths(line.joined, line.enrolled)
