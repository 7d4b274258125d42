"""课后服务 before the public: who was selected and until when; pupils by county, small numbers hidden."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from afterschool import published, queries
from afterschool.small_cells import LEAST
from foundation.core import clock

from . import files
from .chips import choices
from .manners import public_file, searched_page
from .rows import areas
from .selections import VALID, SelectionRow, page, row_of
from .shown import Choice

MOST = 500


HEAD = (
    "公开编号", "机构名称", "统一社会信用代码", "种类", "服务内容", "遴选单位区域", "遴选批次", "遴选日期", "有效期起",
    "有效期止", "退出日期", "状态",
)  # fmt: skip


@searched_page
def providers(request: HttpRequest) -> HttpResponse:
    """Selected providers with round, validity and exit, those in force first."""
    today = clock.today()
    known = areas()
    rows = [row_of(row, known, on=today) for row in published.selections(on=today)]
    code = request.GET.get("county", "")
    counties = _counties(rows, code)
    shown = [row for row in rows if code in ("", row.county_code)]
    shown.sort(key=lambda row: row.state != VALID)
    active = len({(row.county_code, row.credit_code) for row in shown if row.state == VALID})
    context = {"rows": shown[:MOST], "active": active, "counties": counties, "chosen": code, "today": today}
    return render(request, "public/afterschool.html", context | {"more": len(shown) > MOST, "most": MOST})


@public_file
def providers_csv(request: HttpRequest) -> HttpResponseBase:
    """The same rows as a file; a county that is not known narrows nothing."""
    today, code = clock.today(), request.GET.get("county", "")
    county = next((pk for pk, area in areas().items() if code and area.code == code), 0)
    parts = files.in_slices(lambda after: page(on=today, county=county, after=after, size=files.SLICE), HEAD, _cells)
    return files.attachment(parts, name=f"afterschool-{today:%Y%m%d}.csv")


def _cells(row: SelectionRow) -> tuple[object, ...]:
    return (
        row.public_id, row.name, row.credit_code, row.kind, row.services, row.county, row.round, row.selected_on,
        row.starts_on, row.ends_on, row.exited_on, row.state,
    )  # fmt: skip


def _counties(rows: list[SelectionRow], chosen: str) -> list[Choice]:
    """The bureaus that selected somebody, with the number of their lines."""
    numbers: dict[tuple[str, str], int] = {}
    for row in rows:
        place = (row.county_code, row.county)
        numbers[place] = numbers.get(place, 0) + 1
    places = [(code, name, many, code == chosen) for (code, name), many in sorted(numbers.items())]
    return choices("county", {"county": chosen} if chosen else {}, places, total=len(rows))


@searched_page
def figures(request: HttpRequest) -> HttpResponse:
    """Pupils in school and joined by county in a term, as they count today."""
    terms = [term for term in queries.terms()[:8] if term.starts_on <= clock.today()]
    asked = request.GET.get("term", "")
    term = next((each for each in terms if _word(each) == asked), terms[0] if terms else None)
    offered = [(_word(each), str(each), None, each == term) for each in terms]
    context = {
        "term": term,
        "cities": published.figures(term) if term else [],
        "terms": choices("term", {}, offered, total=None)[1:],
        "least": LEAST,
    }
    return render(request, "public/afterschool_figures.html", context)


def _word(term) -> str:
    return f"{term.year}-{term.season}"
