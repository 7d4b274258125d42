"""检查覆盖: the blind spots first, each number opening its rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from foundation.core import clock
from foundation.core.charts import shade
from foundation.core.pages import Page, dressed
from inspections.enums import Slot
from inspections.forms.visits import CoverageForm
from inspections.queries import coverage
from inspections.queries.coverage import HourLine, Span, TownLine
from inspections.rules import visits as rules
from institutions.enums import Category

SHOWN = 500


@dataclass(frozen=True)
class Cell:
    """A number, its shade (0 to 5) and the list behind it."""

    number: int
    shade: int
    url: str


class CoveragePage(Page):
    """A page about a period, asked for in the address; by default the month so far."""

    per_object = False
    rule = rules.can_view_visits
    http_method_names = ["get"]

    def asked(self) -> CoverageForm:
        today = clock.today()
        start = {"since": today.replace(day=1), "until": today, "who": "official", "category": "", "town": None}
        form = self.filled({**start, **self.request.GET.dict()})
        return dressed(form)

    def filled(self, given: dict[str, object]) -> CoverageForm:
        return CoverageForm(given)

    def span(self, form: CoverageForm) -> Span | None:
        if not form.is_valid():
            return None
        given = form.cleaned_data
        return Span(given["since"], given["until"], given["who"], given["category"])

    def visits_url(self, span: Span, **more: object) -> str:
        """The list of visits behind a number."""
        query = {
            "counted": span.who,
            "visited_on__gte": span.since,
            "visited_on__lt": span.until.fromordinal(span.until.toordinal() + 1),
            **({"category__exact": span.category} if span.category else {}),
            **more,
        }
        return f"{self.register.list_url()}?{urlencode(query)}"


class Coverage(CoveragePage):
    slug, label = "coverage", "检查覆盖"
    template_name = "inspections/coverage.html"

    def get(self, request, *args, **kwargs):
        form = self.asked()
        span = self.span(form)
        if span is None:
            return self.render(form=form, span=None)
        towns = coverage.by_town(request.actor, span)
        return self.render(
            form=form,
            span=span,
            slots=[slot.label for slot in Slot],
            towns=[self.town(line, span) for line in towns],
            hours=self.heat(coverage.by_hour(request.actor, span), span),
            sites=sum(line.sites for line in towns),
            seen=sum(line.seen for line in towns),
            visits=Cell(sum(line.visits for line in towns), 0, self.visits_url(span)),
        )

    def town(self, line: TownLine, span: Span) -> dict[str, object]:
        """A line of the table with the address behind each of its numbers."""
        asked = {"since": span.since, "until": span.until, "who": span.who, "category": span.category}
        unvisited = f"{reverse('admin:inspections_visit_unvisited')}?{urlencode({**asked, 'town': line.town_id})}"
        return {
            "line": line,
            "unseen_url": unvisited,
            "visits_url": self.visits_url(span, town=line.town_id),
            "slots": [
                (slot.label, Cell(number, 0, self.visits_url(span, town=line.town_id, slot__exact=slot.value)))
                for slot, number in zip(Slot, line.by_slot, strict=True)
            ],
            "off_url": self.visits_url(span, town=line.town_id, off_hours__exact=1),
        }

    def heat(self, lines: list[HourLine], span: Span) -> list[tuple[str, list[Cell]]]:
        """Weekdays, then weekends, each by part of the day; shaded in equal steps up to the highest number."""
        highest = max((max(*line.weekdays, *line.weekends) for line in lines), default=0)
        labels = dict(Category.choices)
        rows = []
        for line in lines:
            cells = []
            for weekend, numbers in ((0, line.weekdays), (1, line.weekends)):
                for slot, number in zip(Slot, numbers, strict=True):
                    url = self.visits_url(span, category__exact=line.category, slot__exact=slot.value, weekend=weekend)
                    cells.append(Cell(number, shade(number, highest), url))
            rows.append((labels[line.category], cells))
        return rows


class Unvisited(CoveragePage):
    slug, label = "unvisited", "未检查名单"
    template_name = "inspections/unvisited.html"

    def get(self, request, *args, **kwargs):
        form = self.asked()
        span = self.span(form)
        if span is None:
            return self.render(form=form, span=None)
        town = form.cleaned_data["town"]
        due = coverage.institutions_due(request.actor, span).filter(seen=False)
        open_sites = coverage.unlicensed_due(request.actor, span).filter(seen=False)
        if town:
            due, open_sites = due.filter(town=town), open_sites.filter(town=town)
        number = due.count() + open_sites.count()
        return self.render(
            form=form,
            span=span,
            number=number,
            more=number > SHOWN,
            institutions=due.select_related("division", "jurisdiction").order_by("name", "pk")[:SHOWN],
            unlicensed=open_sites.select_related("division", "jurisdiction").order_by("number")[:SHOWN],
        )
