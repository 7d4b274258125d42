"""Where and when nobody looks: visits by town, hour and category, the blind spots first (M12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractIsoWeekDay

from foundation.core.actor import Actor
from foundation.regions.models import Division
from foundation.regions.queries import town_of
from inspections.enums import Slot
from inspections.models import Visit
from inspections.queries.visits import SATURDAY, counted, of_whom
from institutions.enums import OPERATING, UnlicensedState
from institutions.models import Institution, UnlicensedSite

#: The town of a row with a ``division``: a community's parent, else the place itself.
TOWN = town_of()


@dataclass(frozen=True)
class Span:
    """A period (both days included), whose visits, and of which category ("" for all)."""

    since: date
    until: date
    who: str = "official"
    category: str = ""


@dataclass(frozen=True)
class TownLine:
    """One town: sites that ought to be looked at (家), those that were, visits (家次), and by part of the day."""

    town_id: int
    town: str
    sites: int
    seen: int
    visits: int
    by_slot: tuple[int, ...]
    off_hours: int

    @property
    def unseen(self) -> int:
        return self.sites - self.seen

    @property
    def percent(self) -> int | None:
        """Seen of all in whole percent, rounded down; None where there is nothing to see."""
        return 100 * self.seen // self.sites if self.sites else None


@dataclass(frozen=True)
class HourLine:
    """One category: visits (家次) by part of the day, on days of the week and on weekends."""

    category: str
    weekdays: tuple[int, ...]
    weekends: tuple[int, ...]


def visits_in(actor: Actor, span: Span) -> QuerySet[Visit]:
    """The visits that the coverage counts."""
    rows = of_whom(counted(actor), span.who).filter(visited_on__range=(span.since, span.until))
    return rows.filter(category=span.category) if span.category else rows


def institutions_due(actor: Actor, span: Span) -> QuerySet[Institution]:
    """Operating institutions of the area, each with whether it was seen in the period."""
    rows = Institution.objects.visible_to(actor).filter(status__in=sorted(OPERATING), merged_into__isnull=True)
    visits = visits_in(actor, span).filter(institution=OuterRef("pk")).order_by()
    return _of_category(rows, span).annotate(seen=Exists(visits), town=TOWN)


def unlicensed_due(actor: Actor, span: Span) -> QuerySet[UnlicensedSite]:
    """Open unlicensed sites of the area, each with whether it was seen in the period."""
    rows = UnlicensedSite.objects.visible_to(actor).filter(state=UnlicensedState.OPEN)
    visits = visits_in(actor, span).filter(unlicensed=OuterRef("pk")).order_by()
    return _of_category(rows, span).annotate(seen=Exists(visits), town=TOWN)


def _of_category(rows: QuerySet, span: Span) -> QuerySet:
    return rows.filter(category=span.category) if span.category else rows


def by_town(actor: Actor, span: Span) -> list[TownLine]:
    """All towns with sites or visits: most unseen sites first, then the least visited."""
    sites: dict[int, list[int]] = {}
    for due in (institutions_due(actor, span), unlicensed_due(actor, span)):
        counts = due.order_by().values("town").annotate(n=Count("pk"), found=Count("pk", filter=Q(seen=True)))
        for town, number, found in counts.values_list("town", "n", "found"):
            held = sites.setdefault(town, [0, 0])
            held[0], held[1] = held[0] + number, held[1] + found
    slots = {f"slot_{slot}": Count("pk", filter=Q(slot=slot)) for slot in Slot}
    visits = visits_in(actor, span).order_by().annotate(town=TOWN).values("town")
    tallies = {
        row["town"]: row for row in visits.annotate(n=Count("pk"), off=Count("pk", filter=Q(off_hours=True)), **slots)
    }
    names = {
        row.pk: f"{row.parent}{row}"
        for row in Division.objects.filter(pk__in={*sites, *tallies}).select_related("parent")
    }
    lines = [_line(pk, names[pk], sites.get(pk, [0, 0]), tallies.get(pk)) for pk in names]
    return sorted(lines, key=lambda line: (-line.unseen, line.visits, line.town))


def _line(pk: int, name: str, sites: list[int], tally: dict | None) -> TownLine:
    tally = tally or {"n": 0, "off": 0} | {f"slot_{slot}": 0 for slot in Slot}
    slots = tuple(tally[f"slot_{slot}"] for slot in Slot)
    return TownLine(pk, name, sites[0], sites[1], tally["n"], slots, tally["off"])


def by_hour(actor: Actor, span: Span) -> list[HourLine]:
    """Visits by category, part of the day, weekday or weekend: what the heat map shades."""
    rows = visits_in(actor, span).order_by().annotate(weekday=ExtractIsoWeekDay("visited_on"))
    counts = rows.values("category", "slot").annotate(
        week=Count("pk", filter=Q(weekday__lt=SATURDAY)), weekend=Count("pk", filter=Q(weekday__gte=SATURDAY))
    )
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for row in counts:
        found.setdefault(row["category"], {})[row["slot"]] = (row["week"], row["weekend"])
    nothing = (0, 0)
    return [
        HourLine(
            category,
            tuple(slots.get(slot, nothing)[0] for slot in Slot),
            tuple(slots.get(slot, nothing)[1] for slot in Slot),
        )
        for category, slots in sorted(found.items())
    ]
