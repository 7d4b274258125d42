"""A supervisor's duties on the phone: doors only. Own things and nothing of others, no tip, no fund, no pupil."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.core import clock
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.pages import add_errors
from foundation.documents.rendering import qr_svg
from foundation.photos import intake
from foundation.photos.sending import sent_now
from inspections.models import Finding
from supervisors import duties, papers, queries, rules
from supervisors.enums import TaskState
from supervisors.models import ClueTask, Feedback, LibraryItem, LibrarySection, Proposal, PublicityActivity, Supervisor
from supervisors.months import Month
from supervisors.operations.duty import MOST_PICTURES, file_feedback, propose, record_activity
from supervisors.operations.library import mark_read
from supervisors.operations.training import take_quiz
from supervisors.operations.verifying import finish_task

from .duty_forms import ActivityForm, FeedbackForm, ProposalForm, QuizForm, TaskForm
from .queries import SHOWN
from .views import for_phone

View = Callable[..., HttpResponse]


def for_supervisor(view: View) -> View:
    """A post of a supervisor, and a record of the appointment; without one the page says what is missing."""

    @wraps(view)
    def entered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not rules.can_supervise(request.actor):
            raise PermissionDenied(rules.can_supervise.refusal)
        supervisor = queries.supervisor_of(request.actor)
        if supervisor is None:
            return render(request, "phone/duty/nobody.html", {"tab": "forms"})
        return view(request, *args, supervisor=supervisor, **kwargs)

    return for_phone(entered)


@for_supervisor
@require_safe
def month(request: HttpRequest, *, supervisor: Supervisor) -> HttpResponse:
    """我的履职: this month so far, what waits, the months before."""
    on = clock.today()
    this = Month.of(on)
    owned = Supervisor.objects.filter(pk=supervisor.pk)
    line = next(iter(duties.overview(owned, until=this, number=6, on=on).lines), None)
    context = {
        "tab": "forms",
        "supervisor": supervisor,
        "this": line.cells[-1] if line else None,
        "before": list(reversed(line.cells[:-1])) if line else [],
        "required": (required := duties.requirement_for(supervisor, this)),
        "short": required.minimum - (line.cells[-1].done if line else 0),
        "month": this,
        "days_left": this.days_left(on),
        "in_office": rules.in_office(supervisor, on),
        "may_file": rules.may_file(request.actor, on),
        "quizzes": queries.quizzes_to_pass(supervisor),
        "tasks": queries.open_tasks(request.actor).count(),
    }
    return render(request, "phone/duty/month.html", context)


@for_supervisor
@require_safe
def visits(request: HttpRequest, *, supervisor: Supervisor) -> HttpResponse:
    """我的走访, and what became of what I found."""
    rows = list(duties.visits_of(supervisor).select_related("institution")[:SHOWN])
    found: dict[int, list[Finding]] = {}
    for finding in Finding.objects.filter(visit__in=[row.pk for row in rows]).order_by("code", "pk"):
        found.setdefault(finding.visit_id, []).append(finding)
    context = {"tab": "forms", "visits": [(row, found.get(row.pk, [])) for row in rows]}
    return render(request, "phone/duty/visits.html", context)


@for_supervisor
@require_safe
def own(request: HttpRequest, *, supervisor: Supervisor) -> HttpResponse:
    """我提交的: feedback, proposals and publicity, with the answers."""
    actor = request.actor
    context = {
        "tab": "forms",
        "feedback": Feedback.objects.own_of(actor).select_related("institution").order_by("-filed_at", "-pk")[:SHOWN],
        "proposals": Proposal.objects.own_of(actor).order_by("-filed_at", "-pk")[:SHOWN],
        "activities": PublicityActivity.objects.own_of(actor).order_by("-held_on", "-pk")[:SHOWN],
    }
    return render(request, "phone/duty/own.html", context)


def given(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when that is nothing; None while a page is only looked at."""
    return request.POST if request.method == "POST" else None


def _form_page(request: HttpRequest, form: forms.Form, *, title: str, send: Callable[..., object]) -> HttpResponse:
    """One form, one operation; what it refuses stands in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            send(by=request.actor, at=clock.now(), **form.cleaned_data)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except DomainError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, f"{title}已提交，谢谢您。")
            return redirect("phone:duty_own")
    return render(request, "phone/duty/form.html", {"tab": "forms", "form": form, "title": title})


@for_supervisor
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, *, supervisor: Supervisor) -> HttpResponse:
    """反馈."""
    form = FeedbackForm(given(request), actor=request.actor)
    return _form_page(request, form, title="反馈", send=lambda **facts: file_feedback(supervisor=supervisor, **facts))


@for_supervisor
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, *, supervisor: Supervisor) -> HttpResponse:
    """宣传."""
    form = ActivityForm(given(request), request.FILES or None)

    def send(**facts: object) -> PublicityActivity:
        facts.pop("photos")
        with intake.taking(request.FILES.getlist("photos")[: MOST_PICTURES + 1]) as taken:
            photos = sent_now(taken)
            return record_activity(supervisor=supervisor, photos=photos, **facts)

    return _form_page(request, form, title="宣传活动", send=send)


@for_supervisor
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, *, supervisor: Supervisor) -> HttpResponse:
    """合理化建议."""
    form = ProposalForm(given(request))
    return _form_page(request, form, title="建议", send=lambda **facts: propose(supervisor=supervisor, **facts))


@for_supervisor
@require_safe
def library(request: HttpRequest, *, supervisor: Supervisor) -> HttpResponse:
    """资料: the newest version of each text, and how much of it I have read."""
    read = queries.read_sections(supervisor)
    items = []
    for item in queries.library_of(request.actor):
        ids = set(item.sections.values_list("pk", flat=True))
        items.append((item, len(ids & read), len(ids)))
    return render(request, "phone/duty/library.html", {"tab": "forms", "items": items})


@for_supervisor
@require_safe
def item(request: HttpRequest, pk: int, *, supervisor: Supervisor) -> HttpResponse:
    """The sections of one text."""
    row = LibraryItem.objects.visible_to(request.actor).filter(pk=pk).first()
    if row is None:
        raise Http404("没有找到这份资料。")
    context = {"tab": "forms", "item": row, "sections": row.sections.order_by("no")}
    return render(request, "phone/duty/item.html", {**context, "read": queries.read_sections(supervisor)})


@for_supervisor
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int, *, supervisor: Supervisor) -> HttpResponse:
    """One section; 读完 marks it as read and leads to the next."""
    items = LibraryItem.objects.visible_to(request.actor)
    row = LibrarySection.objects.filter(pk=pk, item__in=items.values("pk")).select_related("item").first()
    if row is None:
        raise Http404("没有找到这一节。")
    next_one = row.item.sections.filter(no__gt=row.no).order_by("no").first()
    if request.method == "POST":
        mark_read(section=row, supervisor=supervisor, by=request.actor, at=clock.now())
        return redirect("phone:duty_section", next_one.pk) if next_one else redirect("phone:duty_item", row.item_id)
    context = {"tab": "forms", "section": row, "next": next_one, "number": row.item.sections.count()}
    return render(request, "phone/duty/section.html", context)


@for_supervisor
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, pk: int, *, supervisor: Supervisor) -> HttpResponse:
    """上岗测试: all questions on one page; who fails may try again."""
    row = next((one for one in queries.quizzes_asked_of(supervisor) if one.pk == pk), None)
    if row is None:
        raise Http404("没有找到这项测试。")
    form = QuizForm(given(request), quiz=row)
    result = None
    if request.method == "POST" and form.is_valid():
        try:
            result = take_quiz(quiz=row, supervisor=supervisor, chosen=form.chosen(), by=request.actor, at=clock.now())
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except DomainError as refusal:
            add_errors(form, refusal)
    passed = queries.has_passed(supervisor, row)
    context = {"tab": "forms", "quiz": row, "form": form, "result": result, "passed": passed}
    return render(request, "phone/duty/quiz.html", context)


@for_supervisor
@require_safe
def tasks(request: HttpRequest, *, supervisor: Supervisor) -> HttpResponse:
    """核查任务: where I was asked to look, and what I have looked at."""
    own = ClueTask.objects.own_of(request.actor).exclude(state=TaskState.OPEN).select_related("visit")
    context = {
        "tab": "forms",
        "open": queries.open_tasks(request.actor),
        "closed": own.order_by("-state_at", "-pk")[:SHOWN],
    }
    return render(request, "phone/duty/tasks.html", context)


@for_supervisor
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, pk: int, *, supervisor: Supervisor) -> HttpResponse:
    """One task: place and points, and which of my visits it was done with."""
    row = ClueTask.objects.own_of(request.actor).select_related("clue", "supervisor").filter(pk=pk).first()
    if row is None:
        raise Http404("没有找到这项核查任务。")
    form = TaskForm(given(request), task=row)
    if request.method == "POST" and form.is_valid():
        try:
            finish_task(task=row, by=request.actor, at=clock.now(), **form.cleaned_data)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except DomainError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, "核查情况已提交，谢谢您。")
            return redirect("phone:duty_tasks")
    return render(request, "phone/duty/task.html", {"tab": "forms", "task": row, "form": form})


@for_supervisor
@require_safe
def card(request: HttpRequest, *, supervisor: Supervisor) -> HttpResponse:
    """我的证: what the paper card says, with the code that proves it."""
    address = request.build_absolute_uri(papers.card_path(supervisor))
    context = {
        "tab": "me",
        "supervisor": supervisor,
        "in_office": rules.in_office(supervisor, clock.today()),
        "qr": qr_svg(address),
    }
    return render(request, "phone/duty/card.html", context)
