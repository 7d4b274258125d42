"""The public pages: no login, no JavaScript, nothing but what ``shown`` allows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from foundation.core import clock
from foundation.core.spreadsheets import csv_bytes
from institutions.enums import Category
from listings.enums import ListKind

from . import queries
from .faces import COOKIE, FACES
from .manners import not_too_often, public_page
from .queries import Filters
from .shown import Choice, Row

DEEPEST = 40  # pages that a visitor may turn; whoever needs more takes the CSV
YEAR = 365 * 24 * 3600
CSV_HEAD = (
    "公开编号", "机构名称", "统一社会信用代码", "管辖区域", "培训类别", "学段", "法人性质", "办学地址", "许可有效期至",
    "监管银行", "专户尾号", "名单", "列入日期", "期限至", "列入事由", "当前状态",
)  # fmt: skip


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Search first, two doors, the latest editions, what to look at before paying."""
    context = {
        "issues": queries.issues(),
        "total": queries.directory().count(),
        "categories": queries.categories_with(queries.directory()),
    }
    return render(request, "public/home.html", context)


@public_page
@not_too_often
def directory(request: HttpRequest) -> HttpResponse:
    """Institutions that operate, by name."""
    filters = _filters(request)
    context = _paged(request, queries.directory(), filters, kind="")
    return render(request, "public/directory.html", context)


@public_page
@not_too_often
def lists(request: HttpRequest) -> HttpResponse:
    """The white or the black list, with its edition."""
    kind = request.GET.get("kind")
    kind = kind if kind in ListKind.values else ListKind.WHITE.value
    filters = _filters(request)
    kinds = [
        Choice(name.label, queries.on_list(name).count(), _query({"kind": name.value}), name.value == kind)
        for name in ListKind
    ]
    context = {
        **_paged(request, queries.on_list(kind), filters, kind=kind),
        "kind": kind,
        "label": ListKind(kind).label,
        "kinds": kinds,
        "issue": queries.issue_of(kind),
    }
    return render(request, "public/lists.html", context)


@public_page
@not_too_often
def list_csv(request: HttpRequest, kind: str) -> HttpResponse:
    """All rows of a list as a file: the twin of the table, without any person."""
    rows = queries.all_shown(
        _filters(request).apply(queries.on_list(kind)).select_related("jurisdiction").order_by("name", "pk"), kind=kind
    )
    label = ListKind(kind).label
    issue = queries.issue_of(kind)
    content = csv_bytes(CSV_HEAD, [_csv_row(row, label) for row in rows])
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"{kind}-{issue.no if issue else 0}-{clock.today():%Y%m%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@public_page
@not_too_often
def institution(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a parent at the counter needs to know about one institution."""
    page = queries.institution_page(public_id)
    if page is None:
        return render(request, "public/not_found.html", status=404)
    return render(request, "public/institution.html", {"page": page, "host": request.get_host()})


@public_page
def report(request: HttpRequest) -> HttpResponse:
    """Where to report: the bureaus' own phones and mailboxes."""
    return render(request, "public/report.html", {"cities": queries.report_contacts()})


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read pages, not walk through searches."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /m/", "Disallow: /accounts/", "Disallow: /api/"]
    lines += ["Disallow: /*?", "Allow: /"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@csrf_exempt
@require_POST
def choose_face(request: HttpRequest) -> HttpResponse:
    """Remember the visitor's letter size in a cookie of its own: a preference, worth no forged request's trouble."""
    back = request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    face = request.POST.get("face", "")
    if face in FACES:
        response.set_cookie(COOKIE, face, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


def _filters(request: HttpRequest) -> Filters:
    category = request.GET.get("category", "")
    return Filters(
        term=request.GET.get("q", "").strip()[:60].replace("\x00", ""),
        county=request.GET.get("county", "")[:12].replace("\x00", ""),
        category=category if category in Category.values else "",
    )


def _paged(request: HttpRequest, base, filters: Filters, *, kind: str) -> dict[str, object]:
    """One page of rows with its chips and the address of the next page."""
    rows = filters.apply(base)
    number = int(page) if (page := request.GET.get("p", "1")).isdecimal() and len(page) < 4 else 1
    too_deep = number > DEEPEST
    found, after = ([], "") if too_deep else queries.slice_after(rows, request.GET.get("after", "")[:12])
    given = {"kind": kind, "q": filters.term, "county": filters.county, "category": filters.category}
    return {
        "rows": queries.shown_rows(found, kind=kind),
        "count": rows.count(),
        "filters": filters,
        "given": given,
        "number": number,
        "too_deep": too_deep,
        "next": _query({**given, "after": after, "p": number + 1}) if after else "",
        "first": _query(given) if number > 1 else "",
        "counties": _choices(
            given, "county", queries.counties_with(Filters(filters.term, "", filters.category).apply(base))
        ),
        "categories": _choices(
            given, "category", queries.categories_with(Filters(filters.term, filters.county).apply(base))
        ),
        "narrowed": bool(filters.term or filters.county or filters.category),
        "csv_query": _query({**given, "kind": ""}),
    }


def _choices(given: dict[str, str], name: str, found: list[tuple[str, str, int]]) -> list[Choice]:
    chosen = given[name]
    everything = Choice("全部", sum(count for *_, count in found), _query({**given, name: ""}), not chosen)
    return [everything] + [
        Choice(label, count, _query({**given, name: value}), value == chosen) for value, label, count in found
    ]


def _query(given: dict[str, object]) -> str:
    return "?" + urlencode({name: value for name, value in given.items() if value})


def _csv_row(row: Row, label: str) -> tuple[object, ...]:
    return (
        row.public_id, row.name, row.credit_code, row.county, row.category, row.stages, row.legal_type, row.address,
        row.permit_until, row.bank, row.account_tail, label, row.since, row.until, row.reason, row.verdict.word,
    )  # fmt: skip
