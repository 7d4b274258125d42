"""The public pages: no login, no JavaScript, nothing but what ``shown`` allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from inspections.queries.visits import last_visit_on
from institutions.enums import Category
from listings.enums import STANDING, ListKind

from . import bureaus, chips, editions, files, posters, queries
from .faces import COOKIE, FACES
from .manners import public_file, public_page, searched_page
from .moments import Moment, OddMoment, moment_of
from .offers import OFFERS
from .rows import areas, shelf_rows
from .shelves import LISTS, OFFERED, ORDERS, Asked, Shelf
from .shown import Choice

PAGE, DEEPEST = 20, 40  # rows of a page; pages that a visitor may turn: whoever needs more takes the file
YEAR = 365 * 24 * 3600
View = Callable[..., HttpResponseBase]


def of_a_moment(view: View) -> View:
    """Give the view the day that the address asks for; a day that cannot be asked for is answered in words."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            moment = moment_of(request.GET)
        except OddMoment as odd:
            return render(request, "public/odd_moment.html", {"message": str(odd)}, status=400)
        response = view(request, *args, moment=moment, **kwargs)
        if moment.asked:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answered


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Search first, two doors, the latest editions, what to look at before paying."""
    asked = Asked(Shelf.OPERATING, moment_of({}))
    context = {
        "issues": queries.issues(),
        "total": chips.number(asked),
        "categories": chips.categories(asked, {})[1:],
    }
    return render(request, "public/home.html", context)


@searched_page
def directory(request: HttpRequest) -> HttpResponse:
    """Institutions by name: those that operate, or all when words are searched for."""
    term, state = _text(request, "q", 60), request.GET.get("state", "")
    default = Shelf.ALL if term else Shelf.OPERATING
    asked = _asked(request, state if state in Shelf.values else default, moment_of({}))
    given = {"q": asked.term, "state": state if state in Shelf.values else "", **_narrowing(asked)}
    states = [
        Choice(shelf.label, _known(asked, shelf), chips.query({**given, "state": shelf}), asked.shelf == shelf)
        for shelf in OFFERED
        if shelf != Shelf.ALL or term
    ]
    return render(request, "public/directory.html", {**_paged(request, asked, given), "states": states})


@searched_page
@of_a_moment
def lists(request: HttpRequest, *, moment: Moment) -> HttpResponse:
    """One of the lists, with its edition; of a day when the address names one."""
    kind = _kind(request.GET.get("kind", ""))
    asked = _asked(request, STANDING[kind], moment)
    given = {"kind": kind.value, "q": asked.term, **_moment(moment), **_narrowing(asked), **_order(asked)}
    kinds = [
        Choice(
            name.label,
            chips.number(Asked(STANDING[name], moment)),
            chips.query({"kind": name.value, **_moment(moment)}),
            name == kind,
        )
        for name in queries.kinds_shown()
    ]
    context = {
        **_paged(request, asked, given),
        "kind": kind.value,
        "label": kind.label,
        "kinds": kinds,
        "issue": queries.issue_of(kind.value),
        "moment": moment,
        "orders": [
            Choice(order.label, None, chips.query({**given, "sort": name}), name == asked.order)
            for name, order in ORDERS.items()
        ],
    }
    return render(request, "public/lists.html", context)


@public_file
@of_a_moment
def list_csv(request: HttpRequest, kind: str, *, moment: Moment) -> HttpResponseBase:
    """All rows of a list as a file: the twin of the table."""
    asked = replace(_asked(request, STANDING[ListKind(kind)], moment), whole=True)
    issue = queries.issue_of(kind)
    name = f"{kind}-{issue.no if issue else 0}-{moment.on:%Y%m%d}.csv"
    return files.attachment(files.shelf_file(asked, label=ListKind(kind).label), name=name)


@public_file
def directory_csv(request: HttpRequest) -> HttpResponseBase:
    """All institutions that operate as a file."""
    asked = replace(_asked(request, Shelf.OPERATING, moment_of({})), whole=True)
    name = f"institutions-{asked.moment.on:%Y%m%d}.csv"
    return files.attachment(files.shelf_file(asked, label=""), name=name)


@searched_page
def list_editions(request: HttpRequest, kind: str) -> HttpResponse:
    """All editions of a list, the newest first."""
    context = {"kind": kind, "label": ListKind(kind).label, "issues": editions.all_issues(kind)}
    return render(request, "public/editions.html", context)


@searched_page
def edition(request: HttpRequest, kind: str, no: int) -> HttpResponse:
    """One edition: what it changed and why."""
    found = editions.find(kind, no)
    if found is None:
        raise Http404
    latest = queries.issue_of(kind)
    context = {
        "issue": queries.as_issue(found),
        "changes": editions.changes(found),
        "most": editions.SHOWN,
        "later": latest is not None and latest.no > no,
    }
    return render(request, "public/edition.html", context)


@public_file
def edition_csv(request: HttpRequest, kind: str, no: int) -> HttpResponseBase:
    """All lines of an edition as a file, in the order of its hash."""
    found = editions.find(kind, no)
    if found is None:
        raise Http404
    return files.attachment(files.edition_file(found), name=f"{kind}-edition-{no}.csv")


@searched_page
@of_a_moment
def institution(request: HttpRequest, public_id: str, *, moment: Moment) -> HttpResponse:
    """What a parent at the counter needs to know about one institution."""
    page = queries.institution_page(public_id, moment)
    if page is None:
        return render(request, "public/not_found.html", status=404)
    context = {"page": page, "host": request.get_host(), "last_visit_on": last_visit_on(public_id)}
    return render(request, "public/institution.html", context)


@public_file
def poster(request: HttpRequest, public_id: str) -> HttpResponse:
    """The poster for the institution's door: A4 with the QR code that leads to its page."""
    page = queries.institution_page(public_id, moment_of({}))
    if page is None:
        return render(request, "public/not_found.html", status=404)
    address = settings.SITE_INFO["address"].rstrip("/") + reverse("publicity:institution", args=[public_id])
    response = HttpResponse(posters.pdf(page, address=address), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="poster-{public_id}.pdf"'
    return response


@public_page
def annual_checks(request: HttpRequest) -> HttpResponse:
    """Conclusions of annual checks and proposed grades whose notice runs, with where to object."""
    notices = {"notices": queries.check_notices(), "grades": queries.grade_notices()}
    return render(request, "public/annual_checks.html", notices)


@public_page
def report(request: HttpRequest) -> HttpResponse:
    """Where to report: the bureaus' own phones and mailboxes."""
    return render(request, "public/report.html", {"cities": bureaus.report_contacts()})


@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    """What may be taken as data, and on which conditions."""
    return render(request, "public/open_data.html", {"offers": OFFERS, "licence": settings.SITE_DATA_LICENCE})


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read pages, not walk through searches, nor the same again as data."""
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


def _text(request: HttpRequest, name: str, longest: int) -> str:
    return request.GET.get(name, "").strip()[:longest].replace("\x00", "")


def _kind(name: str) -> ListKind:
    return ListKind(name) if name in ListKind.values else ListKind.WHITE


def _asked(request: HttpRequest, shelf: str, moment: Moment) -> Asked:
    """What the address asks of a shelf; what is not understood narrows nothing."""
    code, category, order = _text(request, "county", 12), request.GET.get("category", ""), request.GET.get("sort", "")
    county = next((pk for pk, area in areas().items() if code and area.code == code), 0)
    return Asked(
        shelf,
        moment,
        term=_text(request, "q", 60),
        county=county,
        category=category if category in Category.values else "",
        order=order if order in ORDERS and shelf in LISTS else "name",
    )


def _narrowing(asked: Asked) -> dict[str, str]:
    return {"county": areas()[asked.county].code if asked.county else "", "category": asked.category}


def _moment(moment: Moment) -> dict[str, str]:
    known_on = moment.known_on.isoformat() if moment.known_on else ""
    return {"on": moment.on.isoformat() if moment.asked else "", "known": known_on}


def _order(asked: Asked) -> dict[str, str]:
    return {"sort": asked.order} if asked.order != "name" else {}


def _known(asked: Asked, shelf: str) -> int | None:
    """How many rows the same question finds on another shelf; None when they are too many to count."""
    other = Asked(shelf, asked.moment, asked.term, asked.county, asked.category)
    return None if chips.counted(other).many else chips.number(other)


def _paged(request: HttpRequest, asked: Asked, given: dict[str, object]) -> dict[str, object]:
    """One page of rows with its chips and the address of the next page."""
    number = int(page) if (page := request.GET.get("p", "1")).isdecimal() and len(page) < 4 else 1
    too_deep = number > DEEPEST
    rows, after = ([], "") if too_deep else shelf_rows(asked, after=_text(request, "after", 20), size=PAGE)
    found = chips.number(asked)
    return {
        "asked": asked,
        "given": given,
        "rows": rows,
        "count": found,
        "count_in_words": chips.in_words(found, asked),
        "number": number,
        "too_deep": too_deep,
        "next": chips.query({**given, "after": after, "p": number + 1}) if after else "",
        "first": chips.query(given) if number > 1 else "",
        "counties": chips.counties(asked, given),
        "categories": chips.categories(asked, given),
        "narrowed": bool(asked.term or asked.county or asked.category),
        "csv_query": chips.query({name: value for name, value in given.items() if name not in ("kind", "state")}),
    }
