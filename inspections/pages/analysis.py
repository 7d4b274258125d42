"""检查分析: when it is looked and what is found; each number opens its rows, a city sees its counties side by side."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode

from foundation.core.charts import shade
from inspections.enums import Aspect, Slot
from inspections.forms.visits import AnalysisForm
from inspections.pages.coverage import Cell, CoveragePage
from inspections.queries import analysis, coverage
from inspections.queries.coverage import Span
from inspections.queries.patrols import Share, covert_share, evening_share, heat, off_hours_share
from inspections.queries.visits import findings_by_aspect, findings_by_section

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
#: What a share is called, how it is counted, and by which condition the list of visits shows the same rows.
SHARES = (
    ("晚间", evening_share, {"slot__exact": Slot.EVENING.value}),
    ("班外", off_hours_share, {"off_hours__exact": 1}),
    ("暗访", covert_share, {"covert__exact": 1}),
)


class Analysis(CoveragePage):
    slug, label = "analysis", "检查分析"
    template_name = "inspections/analysis.html"

    def filled(self, given: dict[str, object]) -> AnalysisForm:
        return AnalysisForm(given, actor=self.request.actor)

    def get(self, request, *args, **kwargs):
        form = self.asked()
        span = self.span(form)
        if span is None:
            return self.render(form=form, span=None)
        self.county = form.cleaned_data.get("county")
        visits = coverage.visits_in(request.actor, span)
        if self.county is not None:
            visits = visits.filter(jurisdiction=self.county)
        whole = visits.count()
        return self.render(
            form=form,
            span=span,
            visits=Cell(whole, 0, self.visits_url(span)),
            shares=[(label, self.share(share(visits), span, **cut)) for label, share, cut in SHARES],
            places=self.places(visits, span),
            place_label="区县" if self.is_wide else "镇街",
            share_labels=[label for label, _, _ in SHARES],
            weekdays=WEEKDAYS,
            heat=self.heat(heat(visits), span),
            aspects=self.found(findings_by_aspect(visits), dict(Aspect.choices), span, "aspect__exact"),
            sections=self.sections(findings_by_section(visits), span),
        )

    @cached_property
    def is_wide(self) -> bool:
        """Several counties are side by side: none was chosen, and the actor sees more than one."""
        return self.county is None and len(self.request.actor.scope) > 1

    @property
    def county_cut(self) -> dict[str, object]:
        return {"jurisdiction__id__exact": self.county.pk} if self.county is not None else {}

    def visits_url(self, span: Span, **more: object) -> str:
        return super().visits_url(span, **{**self.county_cut, **more})

    def findings_url(self, span: Span, **more: object) -> str:
        """The list of verified findings behind a number."""
        query = {
            "counted": span.who,
            "state__exact": "confirmed",
            "visit__visited_on__gte": span.since,
            "visit__visited_on__lt": span.until.fromordinal(span.until.toordinal() + 1),
            **({"visit__category__exact": span.category} if span.category else {}),
            **{f"visit__{name}": value for name, value in self.county_cut.items()},
            **more,
        }
        return f"{reverse('admin:inspections_finding_changelist')}?{urlencode(query)}"

    def share(self, share: Share, span: Span, **cut: object) -> dict[str, object]:
        return {"part": Cell(share.part, 0, self.visits_url(span, **cut)), "percent": share.percent}

    def places(self, visits, span: Span) -> list[dict[str, object]]:
        """A line for each county, or in one county for each town."""
        lines = analysis.by_county(visits) if self.is_wide else analysis.by_town(visits)
        rows = []
        for line in lines:
            here = {"jurisdiction__id__exact": line.pk} if self.is_wide else {"town": line.pk}
            shares = [
                (label, self.share(share, span, **here, **cut))
                for share, (label, _, cut) in zip(line.shares, SHARES, strict=True)
            ]
            visited = Cell(line.visits, 0, self.visits_url(span, **here))
            rows.append({"name": line.name, "visits": visited, "shares": shares})
        return rows

    def heat(self, cells: dict[tuple[str, int], int], span: Span) -> list[tuple[str, list[Cell]]]:
        """Slots down, days of the week across; shaded in equal steps up to the highest number."""
        highest = max(cells.values())
        rows = []
        for slot in Slot:
            line = []
            for weekday in range(1, 8):
                number = cells[slot.value, weekday]
                url = self.visits_url(span, slot__exact=slot.value, weekday=weekday)
                line.append(Cell(number, shade(number, highest), url))
            rows.append((slot.label, line))
        return rows

    def found(
        self, numbers: Iterable[tuple[str, int]], labels: dict[str, str], span: Span, condition: str
    ) -> list[tuple[str, Cell]]:
        held = dict(numbers)
        return [
            (label, Cell(held.get(key, 0), 0, self.findings_url(span, **{condition: key})))
            for key, label in labels.items()
        ]

    def sections(self, numbers: list[tuple[str, int]], span: Span) -> list[tuple[str, Cell]]:
        titles = analysis.section_titles([code for code, _ in numbers])
        labels = {code: f"{code} {titles[code]}" for code, _ in numbers}
        return self.found(numbers, labels, span, "section")
