"""三步上报 and 我上报的: doors of ``clues``."""

from __future__ import annotations

import uuid
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from clues import queries as clues
from clues import rules
from clues.models import Clue
from clues.operations.adverts import report_sighting
from clues.operations.clues import MOST_PHOTOS, take_in_clue
from foundation.core import clock
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.pages import add_errors
from foundation.photos import intake
from foundation.photos.operations import Sent

from .clue_forms import ADVERT_TILES, TILES, ClueForm, SightingForm
from .queries import SHOWN
from .views import View, for_phone


def for_reporters(view: View) -> View:
    """In a post that reports clues from the field; asked before the method."""

    @wraps(view)
    def entered(request: HttpRequest) -> HttpResponse:
        if not rules.can_report_in_the_field(request.actor):
            raise PermissionDenied(rules.can_report_in_the_field.refusal)
        return view(request)

    return for_phone(entered)


@for_reporters
@require_http_methods(["GET", "HEAD", "POST"])
def report_clue(request: HttpRequest) -> HttpResponse:
    """What, where, send: three taps."""
    return _reported(request, ClueForm, {"tiles": TILES, "template": "phone/clue.html"})


@for_reporters
@require_http_methods(["GET", "HEAD", "POST"])
def report_advert(request: HttpRequest) -> HttpResponse:
    """违规广告 in three taps; how many of what may be said too."""
    return _reported(request, SightingForm, {"tiles": ADVERT_TILES, "template": "phone/advert.html"})


def _reported(request: HttpRequest, form_class: type[ClueForm], shown: dict[str, object]) -> HttpResponse:
    """查找机构 is the same form sent for a look, which keeps what was ticked."""
    form = form_class(request.POST if request.method == "POST" else None, actor=request.actor)
    looking = "find" in request.POST
    if request.method == "POST" and not looking and form.is_valid():
        try:
            clue = _taken_in(request, form)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except DomainError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, f"已上报，编号 {clue.number}。")
            return redirect("phone:my_clues")
    context = {"tab": "forms", "form": form, "errors": {} if looking else form.errors, **shown}
    return render(request, str(shown["template"]), context)


def _taken_in(request: HttpRequest, form: ClueForm) -> Clue:
    """The clue with its photos; a photo sent again with the same form is the same photo."""
    facts = form.facts()
    sheet = facts["client_id"] or uuid.uuid4()
    with intake.taking(request.FILES.getlist("photos")[: MOST_PHOTOS + 1]) as taken:
        given = {
            **facts,
            "photos": [Sent(one, uuid.uuid5(sheet, one.sha256)) for one in taken],
            "by": request.actor,
            "at": clock.now(),
        }
        if isinstance(form, SightingForm):
            return report_sighting(advert=form.advert(), **given).clue
        return take_in_clue(**given)


@for_reporters
@require_safe
def my_clues(request: HttpRequest) -> HttpResponse:
    """我上报的: number and state of my own clues, nothing of anybody else's."""
    reports = clues.own_reports(request.actor, limit=SHOWN)
    return render(request, "phone/clue_mine.html", {"tab": "forms", "reports": reports})
