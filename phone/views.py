"""The phone's pages: doors only. The rules are those of the operations behind them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from clues import rules as clues
from foundation.accounts.actors import posts_on
from foundation.accounts.enums import Can
from foundation.core import clock
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.pages import add_errors
from foundation.notifications.models import Message
from foundation.notifications.operations.messages import mark_read
from inspections.queries.patrols import duties_of
from inspections.rules.visits import can_file_visits
from institutions import rules as register
from institutions.operations.unlicensed import report_unlicensed

from . import queries, rules, shell
from .forms import ReportForm

View = Callable[..., HttpResponse]


def for_phone(view: View) -> View:
    """Logged in, and in a post that works on the phone; others are told why not."""

    @wraps(view)
    def entered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not rules.can_enter(request.actor):
            raise PermissionDenied(rules.can_enter.refusal)
        return view(request, *args, **kwargs)

    return login_required(entered)


@for_phone
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """今天: what is new for me and what my organ owes."""
    actor = request.actor
    context = {
        "tab": "today",
        "messages_unread": queries.messages_of(actor),
        "tasks": queries.tasks_of(actor),
        "duties": duties_of(actor, on=clock.today()),
        "today": clock.today(),
        "may_report": register.can_report_unlicensed(actor),
        "may_report_clue": clues.can_report_in_the_field(actor),
        "may_visit": can_file_visits(actor),
        "enters_staff": actor.can(Can.ENTER_STAFF),
    }
    return render(request, "phone/today.html", context)


@for_phone
@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """表单: the forms of this post, and what was found lately in its area."""
    actor = request.actor
    may_report = register.can_report_unlicensed(actor)
    sites = list(queries.recent_sites(actor, on=clock.today())[: queries.SHOWN]) if may_report else []
    context = {
        "tab": "forms",
        "may_report": may_report,
        "may_report_clue": clues.can_report_in_the_field(actor),
        "may_visit": can_file_visits(actor),
        "sites": sites,
    }
    return render(request, "phone/forms.html", context)


@for_phone
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """上报无证场所."""
    actor = request.actor
    if not register.can_report_unlicensed(actor):
        raise PermissionDenied(register.can_report_unlicensed.refusal)
    form = ReportForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            site = report_unlicensed(by=actor, at=clock.now(), **form.facts())
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except DomainError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, f"已上报，编号 {site.number}。")
            return redirect("phone:forms")
    return render(request, "phone/report.html", {"tab": "forms", "form": form})


@for_phone
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one of my messages as read; whose it is is asked before the method."""
    message = Message.objects.visible_to(request.actor).filter(pk=pk).first()
    if message is None:
        raise Http404("没有找到这条消息。")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    mark_read(message=message, by=request.actor, at=clock.now())
    return redirect("phone:today")


@for_phone
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """我的: who I am here, in which post, how to leave."""
    posts = posts_on(request.user, clock.today())
    return render(request, "phone/me.html", {"tab": "me", "posts": posts})


@require_safe
def visit(request: HttpRequest) -> HttpResponse:
    """The empty form of visits: it holds no data and opens without a session; what it shows it asks of the API."""
    response = HttpResponse(shell.shell().page)
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of ``/m/``."""
    response = HttpResponse(shell.worker(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
