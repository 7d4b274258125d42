"""指标: every number of a group for one question, each opening its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.pages import Page, dressed
from foundation.core.site import Menu
from foundation.regions.models import Jurisdiction
from inspections.models import Visit, VisitMonth
from inspections.queries.totals import Past
from reports import rules
from reports.addresses import rows_url
from reports.asking import Question
from reports.enums import Group
from reports.forms import AskForm, asked
from reports.kpis import Answer, Answers, AnyKpi, Ratio, kpis
from reports.past import past_beside
from reports.styles import styled, styles_for


@dataclass(frozen=True)
class Term:
    """One number that a line rests on, and the address of its rows (none where this actor may not open them)."""

    label: str
    text: str
    url: str


@dataclass(frozen=True)
class Line:
    """One KPI: its number, what it is made of, and the historical totals that stand beside it."""

    kpi: AnyKpi
    answer: Answer
    url: str
    terms: tuple[Term, ...]
    note: str
    past: Past | None


@dataclass(frozen=True)
class Before:
    """The month of the last visit before a period that has none, and the address of that year."""

    month: date
    url: str


class Board(Page):
    slug, label, per_object, has_button = "board", "指标", False, False
    rule = rules.can_view
    menu = Menu("报表", 1, "monitoring")
    template_name = "reports/board.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        given = {name: value for name, value in request.GET.items() if name != "group"}
        form = dressed(asked(request.actor, given))
        question = form.question()
        group = request.GET.get("group", "")
        group = Group(group) if group in Group.values else Group.INSPECTION
        return self.render(
            form=form,
            question=question,
            place=place_of(form),
            group=group,
            before=before(question, request.GET),
            kept=[("group", group.value)],
            groups=[
                (each.label, f"?{urlencode({**given, 'group': each.value})}", each == group)
                for each in offered(request.actor, question)
            ],
            lines=list(lines(request.actor, question, group, given, home=place_of(form).pk)),
        )


def listed(actor: Actor, question: Question) -> list[AnyKpi]:
    """All, as declared; for a narrowed post those that it may open."""
    return [kpi for kpi in kpis() if question.seen_by is None or rules.can_open(actor, kpi)]


def offered(actor: Actor, question: Question) -> list[Group]:
    """Groups that have KPIs for this actor, as declared."""
    found = {kpi.group for kpi in listed(actor, question)}
    return [group for group in Group if group in found]


def place_of(form: AskForm) -> Jurisdiction:
    """The bureau that is asked about: the highest of the own area where none is named."""
    named = form.cleaned_data.get("place") if form.is_bound and form.is_valid() else None
    return named or form.fields["place"].queryset.first()


def before(question: Question, given: Mapping[str, str]) -> Before | None:
    """So that nobody takes a new year for an empty portal: where to look when the period has no visit."""
    if question.seen_by is not None:
        visits = Visit.objects.visible_to(question.seen_by).filter(visited_on__lte=question.until)
        newest = visits.aggregate(newest=Max("visited_on"))["newest"]
    else:
        months = VisitMonth.objects.filter(jurisdiction__in=question.area, month__lte=question.until)
        newest = months.aggregate(newest=Max("month"))["newest"]
    if newest is None or newest >= question.first.replace(day=1):
        return None
    first, last = date(newest.year, 1, 1), min(date(newest.year, 12, 31), clock.today())
    kept = {name: value for name, value in given.items() if name not in ("first", "last", "on", "season")}
    return Before(newest, f"?{urlencode({**kept, 'first': first, 'last': last, 'on': last})}")


def lines(actor: Actor, question: Question, group: Group, query: Mapping[str, str], *, home: int) -> Iterator[Line]:
    """One for each KPI of the group; what two of them rest on is counted once."""
    answers, styles = Answers(question), styles_for(home)
    for kpi in (styled(kpi, styles) for kpi in listed(actor, question) if kpi.group == group):
        terms = kpi.terms if isinstance(kpi, Ratio) else ()
        opens = rules.can_open(actor, kpi)
        yield Line(
            kpi=kpi,
            answer=answers.of(kpi),
            url=rows_url(kpi, query) if opens else "",
            terms=tuple(Term(t.label, answers.of(t).text, rows_url(t, query) if opens else "") for t in terms),
            note=kpi.asked_in_vain(question),
            past=past_beside(kpi, question),
        )
