"""What stands in a report: sections of KPIs, some of them taken apart, and the KPIs of its table by place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from enforcement.enums import OrderKind
from inspections.counters import with_group
from inspections.enums import SiteGroup

from .enums import SheetKind
from .kpis import AnyKpi, kpi_of


@dataclass(frozen=True)
class Split:
    """A KPI apart for each value of a field of its rows.

    ``labels`` are the values in their order, all of them printed; without it those that occur are, in their own words.
    """

    path: str
    labels: Mapping[str, str] = field(default_factory=dict)
    prepared: Callable[[QuerySet], QuerySet] = lambda rows: rows


@dataclass(frozen=True)
class Section:
    """A heading with its KPIs by code, and how some of them are taken apart."""

    heading: str
    codes: tuple[str, ...]
    splits: Mapping[str, Split] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """``by_place`` are the columns of the table of counties or towns."""

    sections: tuple[Section, ...]
    by_place: tuple[str, ...]

    def items(self) -> Iterator[tuple[str, AnyKpi, Split | None]]:
        """(heading, KPI, how it is taken apart), in order."""
        for section in self.sections:
            for code in section.codes:
                yield section.heading, kpi_of(code), section.splits.get(code)

    def table(self) -> list[AnyKpi]:
        """The columns of the table by place."""
        return [kpi_of(code) for code in self.by_place]


BY_GROUP = Split("site_group", dict(SiteGroup.choices), with_group)
INSPECTION = Section(
    "检查",
    (
        *("person_times", "visits", "sites", "with_problem", "problem_rate", "corrected", "dispersed"),
        *("evening_visits", "evening_share", "led_by_leaders"),
    ),
    {"visits": BY_GROUP, "sites": BY_GROUP},
)
ENFORCEMENT = Section(
    "整改与执法",
    (
        *("notices", "closed_notices", "rectified_rate", "in_time_rate", "noticed_sites", "cases", "decided_cases"),
        *("case_parties", "case_persons", "fines_fen", "exposed"),
    ),
    {"notices": Split("kind", dict(OrderKind.choices)), "cases": Split("violation__name")},
)
ADVERTS = Section("广告", ("ad_places", "ad_faces", "ad_boards", "ad_sheets", "ad_sites", "ad_person_times"))
INTERVIEWS = Section("约谈", ("interviews", "interviewed", "interviewed_fixed"))
CLUES = Section("线索", ("clues", "clues_closed", "clue_closed_rate", "clue_in_time_rate"))

SHEETS: Mapping[SheetKind, Sheet] = {
    SheetKind.MONTH: Sheet(
        (
            Section("机构", ("institutions", "unlicensed_found", "unlicensed_dealt", "unlicensed_open")),
            INSPECTION,
            Section("社会监督员", ("supervisors", "supervisor_visits", "visits_per_month", "duty_rate")),
            ENFORCEMENT,
            INTERVIEWS,
            ADVERTS,
            CLUES,
            Section(
                "资金监管",
                (
                    *("flag_opened_rate", "flag_verified_rate", "flag_payable_rate", "supervised"),
                    *("releases", "released_fen", "refunded", "refunded_fen", "alerts", "runaways"),
                ),
            ),
            Section("培训材料和宣传", ("materials_reviewed", "outreach", "meetings")),
        ),
        by_place=("institutions", "visits", "sites", "problem_rate", "notices", "rectified_rate", "cases", "clues"),
    ),
    SheetKind.CAMPAIGN: Sheet(
        (INSPECTION, ENFORCEMENT, INTERVIEWS, ADVERTS, CLUES),
        by_place=("visits", "sites", "problem_rate", "notices", "rectified_rate", "cases", "clues"),
    ),
}
