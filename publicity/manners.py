"""Manners of public pages and of open data: read only, cacheable for a second, and not too often from one address."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from foundation.core import clock
from foundation.core.api import TOO_OFTEN, refusal
from foundation.core.api_throttle import QUESTIONS
from foundation.core.throttle import Throttle

from .memory import page_of_the_second

View = Callable[..., HttpResponseBase]
Refuse = Callable[[HttpRequest, Throttle], HttpResponse]
READS = ("GET", "HEAD", "OPTIONS")
#: What a browser asks before it sends ``If-None-Match`` to another site.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
#: Lists and search, together: 60 a minute and address (security.md 1, row 20).
SEARCHES = Throttle("public", limit=60, seconds=60)
#: Files cost more than pages.
FILES = Throttle("public-file", limit=10, seconds=60)


def public_page(view: View) -> View:
    """Anybody reads. The answer depends on nothing but the address and the visitor's choice of letter size.

    Removed means gone within a second: neither this process nor a cache in between keeps a page longer.
    """
    return require_safe(page_of_the_second(_cacheable(view)))


def searched_page(view: View) -> View:
    """A public page that answers an address 60 times a minute: all that it asks of one process, and all that has to be
    made for it by any."""
    return require_safe(_here(page_of_the_second(_by_all(_cacheable(view), SEARCHES)), SEARCHES))


def public_file(view: View) -> View:
    """A file that an address may have ten times a minute."""
    return require_safe(_by_all(_cacheable(view), FILES))


def open_data(view: View) -> View:
    """Data for programs, those in pages of other sites included: it depends on nothing but the address.

    The memory and both counts are those of pages; what has to be made is counted by Django REST framework
    (``EachAddress``). An unchanged answer is not sent again.
    """
    kept = page_of_the_second(_with_etag(view), by=lambda request: None)
    return _for_other_sites(_unless_known(_here(kept, QUESTIONS, refuse=_too_often_for_programs)))


def _cacheable(view: View) -> View:
    """A proxy may keep the answer until the second ends in which it was begun, and show it once more meanwhile."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        second = int(clock.now().timestamp())
        response = _for_a_second(view(request, *args, **kwargs), second)
        patch_vary_headers(response, ["Cookie"])
        return response

    return shown


def _for_a_second(response: HttpResponseBase, second: int) -> HttpResponseBase:
    if response.status_code == 200:
        patch_cache_control(response, public=True, max_age=1, stale_while_revalidate=1)
        response.headers["X-Accel-Expires"] = f"@{second}"
    return response


def _with_etag(view: View) -> View:
    """A plain answer with a strong tag of its content in the place of one that is still to be rendered."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        second = int(clock.now().timestamp())
        made = view(request, *args, **kwargs)
        if hasattr(made, "render"):
            made.render()
        response = HttpResponse(made.content, status=made.status_code, headers=dict(made.headers))
        if response.status_code == 200:
            response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        return _for_a_second(response, second)

    return shown


def _unless_known(view: View) -> View:
    """304 for whoever has this very answer; a proxy that compressed it has marked its tag as weak."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        tag = response.headers.get("ETag", "")
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if not tag or not {tag, f"W/{tag}", "*"} & set(known):
            return response
        kept = {name: response.headers[name] for name in ("ETag", "Cache-Control") if name in response.headers}
        return HttpResponse(status=304, headers=kept)

    return shown


def _for_other_sites(view: View) -> View:
    """Reads only; pages of any other site may read too, without credentials."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = HttpResponse(status=204, headers=PREFLIGHT)
        elif request.method not in READS:
            response = JsonResponse(refusal("method_not_allowed", "这里只能读取(GET)。"), status=405)
            response.headers["Allow"] = ", ".join(READS)
            return response
        else:
            response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response

    return shown


def _here(view: View, throttle: Throttle, *, refuse: Refuse | None = None) -> View:
    @wraps(view)
    def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if throttle.permits_here(request):
            return view(request, *args, **kwargs)
        return (refuse or _too_often)(request, throttle)

    return counted


def _by_all(view: View, throttle: Throttle) -> View:
    @wraps(view)
    def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return view(request, *args, **kwargs) if throttle.permits(request) else _too_often(request, throttle)

    return counted


def _too_often(request: HttpRequest, throttle: Throttle) -> HttpResponse:
    """429 with a page in plain words."""
    response = render(request, "public/slow_down.html", status=429)
    response.headers["Retry-After"] = str(throttle.seconds)
    return response


def _too_often_for_programs(request: HttpRequest, throttle: Throttle) -> HttpResponse:
    """429 as open data refuses."""
    response = JsonResponse(refusal("throttled", TOO_OFTEN), status=429)
    response.headers["Retry-After"] = str(throttle.seconds)
    return response
