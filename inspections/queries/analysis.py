"""When it is looked and what is found: shares by place, hours of the week, findings by aspect and section."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from foundation.core.actor import Actor
from foundation.regions.models import Division, Jurisdiction
from inspections.enums import Slot
from inspections.models import ChecklistSection, Visit

from .coverage import TOWN
from .patrols import Share

#: Which visits (家次) each share counts among all.
PARTS = {"evening": Q(slot=Slot.EVENING), "off_hours": Q(off_hours=True), "covert": Q(covert=True)}


@dataclass(frozen=True)
class PlaceLine:
    """One place: visits (家次) and the shares of them, in the order of ``PARTS``."""

    pk: int
    name: str
    visits: int
    shares: tuple[Share, ...]


def by_county(visits: QuerySet[Visit]) -> list[PlaceLine]:
    """Bureaus with visits, by code; for those who see several."""
    names = {row.pk: row.name for row in Jurisdiction.objects.order_by("code")}
    return _by_place(visits, "jurisdiction", names)


def by_town(visits: QuerySet[Visit]) -> list[PlaceLine]:
    """Towns with visits, by code; a community's visits are its town's."""
    rows = visits.order_by().annotate(town=TOWN)
    found = set(rows.values_list("town", flat=True))
    names = {row.pk: row.name for row in Division.objects.filter(pk__in=found).order_by("code")}
    return _by_place(rows, "town", names)


def _by_place(visits: QuerySet[Visit], path: str, names: dict[int, str]) -> list[PlaceLine]:
    parts = {key: Count("pk", filter=part) for key, part in PARTS.items()}
    rows = {row[path]: row for row in visits.order_by().values(path).annotate(n=Count("pk"), **parts)}
    return [
        PlaceLine(pk, name, rows[pk]["n"], tuple(Share(rows[pk][key], rows[pk]["n"]) for key in PARTS))
        for pk, name in names.items()
        if pk in rows
    ]


def section_titles(codes: list[str]) -> dict[str, str]:
    """What sections are called, by their code: in the words of the newest version that has one."""
    rows = ChecklistSection.objects.filter(code__in=codes).order_by("version__number", "pk")
    return dict(rows.values_list("code", "title"))


def sections_found(actor: Actor) -> list[str]:
    """The codes of the sections of lists that the actor's visits were made with."""
    used = Visit.objects.visible_to(actor).exclude(checklist=None).order_by().values("checklist").distinct()
    rows = ChecklistSection.objects.filter(version__in=used).annotate(letter=F("code"))
    return list(rows.order_by("letter").values_list("letter", flat=True).distinct())
