"""数据总览: the numbers that leaders ask for, with their course, on the map, place by place; each opens its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from foundation.core.home import MapTile, TileMap
from foundation.core.pages import Page, dressed
from foundation.core.site import Menu
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.reference import tile_places
from reports import rules
from reports.addresses import rows_url
from reports.asking import Question
from reports.departments import DEPARTMENTS
from reports.enums import Unit
from reports.forms import asked
from reports.kpis import Answer, Answers, AnyKpi, Kpi, Ratio, kpi_of
from reports.styles import styled, styles_for
from supervisors.months import Month, months_until

from .board import before, place_of
from .heat import heat, worries

TILES = (
    *("institutions", "reduction_rate", "unlicensed_open", "visits", "sites", "person_times", "problem_rate"),
    *("notices", "rectified_rate", "cases", "clues", "clue_closed_rate", "supervisors", "supervisor_visits"),
    *("supervised", "flag_opened_rate", "released_fen", "refunded_fen", "alerts", "runaways"),
)
#: Numbers of which fewer is better: anything above nothing is shown as a warning.
WARN = frozenset({"unlicensed_open", "runaways"})
TABLE = (
    *("institutions", "visits", "sites", "problem_rate", "notices", "rectified_rate", "cases", "unlicensed_open"),
    *("clue_closed_rate", "flag_opened_rate", "released_fen", "refunded_fen"),
)
TREND = 6  # months


@dataclass(frozen=True)
class Shown:
    """A tile."""

    label: str
    text: str
    url: str
    tone: str
    trend: tuple[int, ...]


class Dashboard(Page):
    slug, label, per_object, has_button = "dashboard", "数据总览", False, False
    rule = rules.can_view
    menu = Menu("报表", 0, "dashboard")
    template_name = "reports/dashboard.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        given = {name: value for name, value in request.GET.items() if name != "map"}
        form = dressed(asked(request.actor, given))
        question, place = form.question(), place_of(form)
        styles = styles_for(place.pk)
        towns = len(question.area) == 1
        chosen = kpi_of(request.GET.get("map", "")) or kpi_of("visits")
        answers, table = Answers(question), told(TABLE, question)
        return self.render(
            form=form,
            question=question,
            place=place,
            tiles=[tile(styled(kpi, styles), answers, given) for kpi in told(TILES, question)],
            departments=departments(given),
            before=before(question, request.GET),
            county_maps=[] if towns else county_maps(styled(chosen, styles), answers, given),
            maps=[(kpi.label, f"?{urlencode({**given, 'map': kpi.code})}", kpi.code == chosen.code) for kpi in table],
            heat=heat(answers, given, towns=towns),
            worries=worries(answers, given),
            word="镇街" if towns else "县区",
            heads=table,
            places=list(by_place(answers, given, styles, table, towns=towns)),
        )


def told(codes: Iterable[str], question: Question) -> list[AnyKpi]:
    """Those that have an answer where a department or a narrowed post asks; else all, so that the page stays."""
    found = [kpi_of(code) for code in codes]
    narrowed = question.department or question.seen_by
    return [kpi for kpi in found if not kpi.asked_in_vain(question)] if narrowed else found


def departments(given: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """(label, address, whether it is the one shown) of no department and of each."""
    chosen = given.get("department", "")
    kinds = [("", "不分部门"), *((kind.value, kind.label) for kind in DEPARTMENTS)]
    return [(label, f"?{urlencode({**given, 'department': kind})}", kind == chosen) for kind, label in kinds]


def tile(kpi: AnyKpi, answers: Answers, query: Mapping[str, str]) -> Shown:
    answer = answers.of(kpi)
    warn = kpi.code in WARN and answer.value
    return Shown(kpi.label, answer.text, rows_url(kpi, query), "bad" if warn else "plain", trend(kpi, answers.question))


def trend(kpi: AnyKpi, question: Question) -> tuple[int, ...]:
    """A plain number of each of the last months; a rate and a state have no line."""
    if isinstance(kpi, Ratio) or not kpi.day:
        return ()
    months = [month.first for month in months_until(Month.of(question.until), TREND)]
    found = kpi.by_month(replace(question, first=max(question.first, months[0])))
    none = Answer(0, kpi.unit)
    return tuple(int(found.get(month, none).value) for month in months)


def county_maps(kpi: AnyKpi, answers: Answers, query: Mapping[str, str]) -> list[TileMap]:
    """The counties of the area, shaded by one number; of a rate whole percents."""
    spots = tile_places()
    counties = Jurisdiction.objects.filter(pk__in=answers.question.area, code__in=spots).order_by("code")
    found = answers.by_place(kpi)
    tiles = tuple(
        MapTile(
            county.name,
            *spots[county.code],
            _whole(found.get(county.pk)),
            rows_url(kpi, {**query, "place": str(county.pk)}),
        )
        for county in counties
    )
    return [TileMap(kpi.label, kpi.unit.label, tiles, note="点一格打开这个县区的明细。")] if tiles else []


def _whole(answer: Answer | None) -> int:
    if answer is None or answer.value is None:
        return 0
    if answer.unit == Unit.YUAN:
        return int(answer.value) // 100
    return int(answer.value * 100) if answer.unit == Unit.PERCENT else int(answer.value)


def by_place(
    answers: Answers, query: Mapping[str, str], styles: Mapping, table: Iterable[AnyKpi], *, towns: bool
) -> Iterator[tuple[str, list[tuple[AnyKpi, str, str]]]]:
    """(name, a number with its address for each column) of each county or town that has any."""
    columns = [styled(kpi, styles) for kpi in table]
    found = {kpi.code: answers.by_place(kpi, towns=towns) for kpi in columns}
    model = Division.objects.filter(level=DivisionLevel.TOWN) if towns else Jurisdiction.objects.all()
    word = "town" if towns else "place"
    for row in model.filter(pk__in=set().union(*found.values())).order_by("code"):
        asked_there = {**query, word: str(row.pk)}
        cells = []
        for kpi in columns:
            text = _text(kpi, found[kpi.code].get(row.pk), towns=towns)
            cells.append((kpi, text, rows_url(kpi, asked_there)))
        yield row.name, cells


def _text(kpi: AnyKpi, answer: Answer | None, *, towns: bool) -> str:
    """Nothing is 0 where the number is kept by place, a dash where it is a share of nothing or not kept so."""
    if answer is not None:
        return answer.number
    terms = kpi.terms if isinstance(kpi, Ratio) else (kpi,)
    kept = not towns or all(term.town for term in terms)
    return "0" if kept and isinstance(kpi, Kpi) else "—"
