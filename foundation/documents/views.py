"""The public page that says whether a document is genuine and still holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from foundation.core.throttle import Throttle

from . import codes
from .queries import verdict_on

ASKED = Throttle("verify", limit=30, seconds=60)


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Type the code by hand; a code leads to its page."""
    typed = request.GET.get("code", "").strip()
    if typed:
        return redirect("documents:verify", code=(codes.normalised(typed) or typed[:32]).replace("/", "-"))
    return render(request, "documents/ask.html")


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The answer to a code. A wrong code gets a page of the same shape and status, and as often."""
    if not ASKED.permits(request):
        return render(request, "documents/slow_down.html", status=429)
    context = {"verdict": verdict_on(code), "typed": code[:32], "host": request.get_host()}
    return render(request, "documents/verify.html", context)
