"""名单与评价: how many stand on each list on a day, and at each grade."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet

from foundation.exports.declaring import Column
from institutions.enums import StandingKind
from institutions.models import StandingEvent
from institutions.queries import listed_on
from institutions.rules import can_view_register
from listings.enums import STANDING, ListKind
from listings.models.lists import VIA_INSTITUTION

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, declare
from . import columns

COMMON = {
    "group": Group.LISTS,
    "unit": Unit.SITES,
    "opens": can_view_register,
    "columns": (
        *columns.institution(),
        Column("value", "值"),
        columns.on("effective_on", "自"),
        columns.on("until", "至"),
        Column("source", "来源"),
    ),
    "key": "institution",
    "page": "institution",
    "place": "institution__jurisdiction",
    "town": "institution__division",
    "scope": VIA_INSTITUTION,
}


def _on(kind: StandingKind) -> Callable[[Question], QuerySet[StandingEvent]]:
    def rows(question: Question) -> QuerySet[StandingEvent]:
        found = listed_on(kind, on=question.until, known_at=question.known_at)
        found = found.select_related("institution__jurisdiction", "institution__division")
        return question.here(found, place="institution__jurisdiction", town="institution__division")

    return rows


for _kind in ListKind:
    declare(
        Kpi(
            code=f"list_{_kind.value}",
            label=f"{_kind.label}机构",
            means=f"期末在{_kind.label}上的机构。",
            rows=_on(STANDING[_kind]),
            **COMMON,
        )
    )
