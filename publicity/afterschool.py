"""课后服务 before the public: who was selected and until when; pupils by county, small numbers hidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from afterschool import published, queries
from afterschool.models import Selection
from afterschool.small_cells import LEAST
from foundation.core import clock

from .chips import choices
from .manners import searched_page
from .shown import Choice

MOST = 500


@dataclass(frozen=True)
class Row:
    """One selection as it may be read; ``state`` is the word of a chip."""

    selection: Selection
    name: str
    state: str
    tone: str
    href: str


@searched_page
def providers(request: HttpRequest) -> HttpResponse:
    """Selected providers with round, validity and exit, those in force first."""
    today = clock.today()
    rows = [_row(row, today) for row in published.selections(on=today)]
    code = request.GET.get("county", "")
    counties = _counties(rows, code)
    shown = [row for row in rows if code in ("", row.selection.provider.jurisdiction.code)]
    shown.sort(key=lambda row: row.tone != "ok")
    active = len({row.selection.provider_id for row in shown if row.tone == "ok"})
    context = {"rows": shown[:MOST], "active": active, "counties": counties, "chosen": code, "today": today}
    return render(request, "public/afterschool.html", context | {"more": len(shown) > MOST, "most": MOST})


def _row(row: Selection, today: date) -> Row:
    """In force, over or left, on a day; an institution under its name of today."""
    home = row.provider.institution
    href = reverse("publicity:institution", args=[home.public_id]) if home else ""
    name = home.name if home else row.provider.name
    if row.exited_on is not None and row.exited_on <= today:
        return Row(row, name, "已退出", "plain", href)
    word, tone = ("已到期", "plain") if row.ends_on < today else ("有效", "ok")
    return Row(row, name, word, tone, href)


def _counties(rows: list[Row], chosen: str) -> list[Choice]:
    """The bureaus that selected somebody, with the number of their lines."""
    numbers: dict[tuple[str, str], int] = {}
    for row in rows:
        place = row.selection.provider.jurisdiction
        numbers[place.code, place.name] = numbers.get((place.code, place.name), 0) + 1
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
