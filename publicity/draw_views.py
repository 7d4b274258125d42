"""The public pages of double-random draws, readable without JavaScript; files for those who want to replay a draw."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from foundation.core import clock
from inspections.models import Draw
from inspections.queries import draws as queries
from inspections.queries import pools

from . import draws, files
from .manners import public_file, public_page, searched_page

PAGE, DEEPEST = 20, 40
HEAD = (
    "抽查编号", "页面", "文件", "抽查名称", "抽查单位", "区域", "区域代码", "进展", "最近进展日期", "名册校验值",
    "公开号码日期", "公开号码", "结果公示日期", "重抽自",
)  # fmt: skip


@searched_page
def all_draws(request: HttpRequest) -> HttpResponse:
    """All draws of all bureaus, voided ones too, the newest first."""
    asked = request.GET.get("p", "1")
    number = min(max(int(asked), 1), DEEPEST) if asked.isdecimal() and len(asked) < 4 else 1
    rows, more = draws.page_of(number, size=PAGE)
    context = {"draws": rows, "number": number, "next": number + 1 if more and number < DEEPEST else None}
    return render(request, "public/draws.html", context)


@public_file
def draws_csv(request: HttpRequest) -> HttpResponseBase:
    """All draws as a file."""
    parts = files.in_slices(lambda after: draws.rows_after(after, size=files.SLICE), HEAD, tuple)
    return files.attachment(parts, name=f"draws-{clock.today():%Y%m%d}.csv")


@searched_page
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """One draw: what was fixed before, what was drawn, what the checks found."""
    row = _known(number)
    context = {
        "draw": row,
        "commitment": row.commitment,
        "strata": queries.frozen_sizes(row.commitment),
        "drawn": queries.drawn_rows(row, most=draws.SHOWN),
        "drawn_count": row.drawn.count(),
        "most": draws.SHOWN,
        "officers": draws.officers_of(row),
        "exclusions": draws.exclusions_of(row)[: draws.SHOWN],
        "notices": queries.notices_of(row).filter(voiding__isnull=True),
        "redraws": queries.public_draws().filter(replaces=row),
        "contact": row.organ,
    }
    return render(request, "public/draw.html", context)


@searched_page
def replay(request: HttpRequest, number: str) -> HttpResponse:
    """The server's replay in words, and the same in the visitor's browser or by the script."""
    row = _known(number)
    return render(request, "public/draw_replay.html", {"draw": row, "verdict": draws.verdict(number)})


@public_file
def draw_json(request: HttpRequest, number: str) -> HttpResponse:
    """All that is published of a draw, enough to replay it."""
    text = json.dumps(queries.published(_known(number)), ensure_ascii=False, separators=(",", ":"))
    return _attachment(text, "application/json", f"{number}.json")


@public_file
def draw_pool(request: HttpRequest, number: str) -> HttpResponse:
    """The frozen pool, byte for byte what its hash was made of."""
    lines = pools.lines_of(_known(number).commitment)
    return _attachment("".join(f"{line}\n" for line in lines), "text/plain; charset=utf-8", f"{number}-pool.txt")


@public_page
def script(request: HttpRequest) -> HttpResponse:
    """The program that replays a draw on anybody's machine."""
    return _attachment(draws.SCRIPT.read_text("utf-8"), "text/x-python; charset=utf-8", "verify_draw.py")


def _known(number: str) -> Draw:
    found = queries.public_draw(number)
    if found is None:
        raise Http404
    return found


def _attachment(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
