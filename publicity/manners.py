"""Manners of public pages: read only, cacheable for a second, and not too often from one address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from foundation.core import clock
from foundation.core.throttle import Throttle

from .memory import page_of_the_second

View = Callable[..., HttpResponseBase]
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


def _cacheable(view: View) -> View:
    """A proxy may keep the answer until the second ends in which it was begun, and show it once more meanwhile."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        second = int(clock.now().timestamp())
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=1, stale_while_revalidate=1)
            response.headers["X-Accel-Expires"] = f"@{second}"
        patch_vary_headers(response, ["Cookie"])
        return response

    return shown


def _here(view: View, throttle: Throttle) -> View:
    @wraps(view)
    def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return view(request, *args, **kwargs) if throttle.permits_here(request) else _too_often(request, throttle)

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
