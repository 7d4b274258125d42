"""Public forms that know nothing of who sends them: tips, and answers by a code (docs/decisions/0025)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from .manners import View


def leaves_no_trace(from_elsewhere: Callable[[HttpRequest], HttpResponse]) -> Callable[[View], View]:
    """Neither read from nor written to the browser: no cookie, no copy in any cache, no address handed on.

    ``from_elsewhere`` answers a form that a browser says another site sent.
    """

    def mark(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            request.COOKIES.clear()
            if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") == "cross-site":
                return from_elsewhere(request)
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "no-store"
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        return answered

    return mark
