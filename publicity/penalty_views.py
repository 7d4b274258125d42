"""行政处罚公示: the list with its file, one decision, and what is said where one used to be."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from cases.enums import PenaltyKind
from foundation.core import clock

from . import files, penalties
from .chips import choices, query
from .manners import public_file, searched_page
from .penalties import Wanted
from .rows import areas
from .shown import Choice, PenaltyRow

PAGE, DEEPEST = 20, 40
HEAD = (
    "公开编号", "决定书文号", "当事人", "统一社会信用代码", "区域", "处罚机关", "违法行为", "处罚种类", "决定日期",
    "公开日期", "公开至",
)  # fmt: skip


@searched_page
def decisions(request: HttpRequest) -> HttpResponse:
    """Published decisions, the newest first, and those that were taken back."""
    wanted = _wanted(request)
    given = _given(wanted)
    asked = request.GET.get("p", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 4 else 1
    try:
        rows, after = ([], "") if page > DEEPEST else penalties.page(wanted, after=_after(request), size=PAGE)
    except penalties.OddPlace as odd:
        raise Http404 from odd
    context = {
        "wanted": wanted,
        "given": given,
        "rows": rows,
        "count": penalties.number(wanted),
        "counties": _counties(wanted, given),
        "kinds": _kinds(wanted, given),
        "narrowed": bool(given),
        "number": page,
        "too_deep": page > DEEPEST,
        "next": query({**given, "after": after, "p": page + 1}) if after else "",
        "first": query(given) if page > 1 else "",
        "csv_query": query(given) if given else "",
        "taken_back": penalties.taken_back(on=wanted.on) if page == 1 and not given else [],
    }
    return render(request, "public/penalties.html", context)


@searched_page
def decision(request: HttpRequest, public_id: str) -> HttpResponse:
    """One decision; where one used to be, that it is gone and why."""
    today = clock.today()
    page = penalties.find(public_id, on=today)
    if page is not None:
        return render(request, "public/penalty.html", {"page": page})
    gone = penalties.gone(public_id, on=today)
    if gone is None:
        raise Http404
    return render(request, "public/penalty_gone.html", {"gone": gone}, status=410)


@public_file
def decisions_csv(request: HttpRequest) -> HttpResponseBase:
    """The same rows as a file."""
    wanted = _wanted(request)
    parts = files.in_slices(lambda after: penalties.page(wanted, after=after, size=files.SLICE), HEAD, _cells)
    return files.attachment(parts, name=f"penalties-{wanted.on:%Y%m%d}.csv")


def _cells(row: PenaltyRow) -> tuple[object, ...]:
    return (
        row.public_id, row.number, row.party, row.party_code, row.county, row.organ, row.violation, row.kinds,
        row.decided_on, row.published_on, row.until,
    )  # fmt: skip


def _wanted(request: HttpRequest) -> Wanted:
    """What the address asks for; what is not understood narrows nothing."""
    code, kind = request.GET.get("county", ""), request.GET.get("kind", "")
    return Wanted(
        clock.today(),
        term=request.GET.get("q", "").strip()[:60].replace("\x00", ""),
        county=next((pk for pk, area in areas().items() if code and area.code == code), 0),
        kind=kind if kind in PenaltyKind.values else "",
        first=_day(request.GET.get("first", "")),
        last=_day(request.GET.get("last", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _after(request: HttpRequest) -> str:
    return request.GET.get("after", "")[:12].replace("\x00", "")


def _given(wanted: Wanted) -> dict[str, str]:
    """The words of the address for what narrows, without what does not."""
    found = {
        "q": wanted.term,
        "county": areas()[wanted.county].code if wanted.county else "",
        "kind": wanted.kind,
        "first": wanted.first.isoformat() if wanted.first else "",
        "last": wanted.last.isoformat() if wanted.last else "",
    }
    return {name: value for name, value in found.items() if value}


def _counties(wanted: Wanted, given: dict[str, str]) -> list[Choice]:
    found, known = penalties.counties(wanted), areas()
    places = sorted((*known[pk], many, pk == wanted.county) for pk, many in found.items())
    return choices("county", given, places, total=sum(found.values()))


def _kinds(wanted: Wanted, given: dict[str, str]) -> list[Choice]:
    """A decision may hold several kinds: what they add up to says nothing, so 全部 is not counted."""
    found = penalties.kinds(wanted)
    kinds = [(kind.value, kind.label, found[kind], kind == wanted.kind) for kind in PenaltyKind if kind in found]
    return choices("kind", given, kinds, total=None)
