"""Two parts of 数据总览: where and when somebody looked, the blind spots first; and what waits to be put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from foundation.core.charts import shade
from foundation.regions.models import Division, Jurisdiction
from reports.addresses import rows_url
from reports.kpis import Answer, Answers, AnyKpi, kpi_of
from supervisors.months import Month, months_until

MONTHS = 6
LEAST = 20  # places: the least visited of a province's hundred
#: Numbers that ought to be nothing.
WORRIES = ("unlicensed_open", "overdue_notices", "overdue_cases", "alerts_open", "materials_alarms", "runaways")


@dataclass(frozen=True)
class Cell:
    """家次 of a place in a month, its shade (0 to 5) and the address of its rows."""

    text: str
    shade: int
    url: str


@dataclass(frozen=True)
class Heat:
    """``rows`` are (place, a cell for each month), the least visited first; ``left_out`` places are not shown."""

    months: list[str]
    rows: list[tuple[str, list[Cell]]]
    left_out: int


def heat(answers: Answers, query: Mapping[str, str], *, towns: bool) -> Heat | None:
    """The last months of the period by place: every place that has an institution, also where nobody looked."""
    question, visits = answers.question, kpi_of("visits")
    if visits.asked_in_vain(question):
        return None
    months = months_until(Month.of(question.until), MONTHS)
    spans = [question.part_of(month) for month in months if month.last >= question.first]
    found = [visits.by_place(replace(question, first=first, last=last), towns=towns) for first, last in spans]
    places = set(answers.by_place(kpi_of("institutions"), towns=towns)).union(*found)
    if not places:
        return None
    total = {pk: sum(_number(month.get(pk)) for month in found) for pk in places}
    highest = max((_number(answer) for month in found for answer in month.values()), default=0)
    model = Division if towns else Jurisdiction
    ordered = sorted(model.objects.filter(pk__in=places), key=lambda place: (total[place.pk], place.code))

    def cell(place: Division | Jurisdiction, month: Mapping[int, Answer], span: tuple[date, date]) -> Cell:
        number = _number(month.get(place.pk))
        asked = {**query, "season": "", "first": span[0].isoformat(), "last": span[1].isoformat()}
        url = rows_url(visits, {**asked, "town" if towns else "place": str(place.pk)})
        return Cell(str(number), shade(number, highest), url)

    rows = [(place.name, [cell(place, *month) for month in zip(found, spans, strict=True)]) for place in ordered]
    return Heat([f"{first.month}月" for first, _ in spans], rows[:LEAST], max(len(rows) - LEAST, 0))


def _number(answer: Answer | None) -> int:
    return int(answer.value or 0) if answer else 0


def worries(answers: Answers, query: Mapping[str, str]) -> list[tuple[AnyKpi, Answer, str]]:
    """Those that are something, each with its number and the address of its rows."""
    told = [(kpi, answers.of(kpi)) for kpi in map(kpi_of, WORRIES)]
    return [(kpi, answer, rows_url(kpi, query)) for kpi, answer in told if answer.value]
