"""Manners of public pages: read only, cacheable for a second, and not too often from one address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from foundation.core.throttle import Throttle

View = Callable[..., HttpResponse]
#: Lists and search, together: 60 a minute and address (security.md 1, row 20).
SEARCHES = Throttle("public", limit=60, seconds=60)
#: Removed means gone within a second: caches in between may keep a page no longer than that.
MAX_AGE = 1


def public_page(view: View) -> View:
    """Anybody reads. The answer depends on nothing but the address and the visitor's choice of letter size."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=MAX_AGE)
        patch_vary_headers(response, ["Cookie"])
        return response

    return require_safe(shown)


def not_too_often(view: View) -> View:
    """Answer 429 with a page in plain words when one address asks more than 60 times a minute."""

    @wraps(view)
    def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not SEARCHES.permits(request):
            response = render(request, "public/slow_down.html", status=429)
            response.headers["Retry-After"] = "60"
            return response
        return view(request, *args, **kwargs)

    return counted
