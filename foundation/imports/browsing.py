"""Finding one's way in the rows of a batch: tabs by verdict, search, kinds of tidying, pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from .enums import BatchState, Outcome
from .models import Batch, BatchRow, CellEdit

TABS = (
    Outcome.REJECTED,
    Outcome.CREATED,
    Outcome.UPDATED,
    Outcome.CAMPUS,
    Outcome.DUPLICATE,
    Outcome.SKIPPED,
    Outcome.UNCHANGED,
)
TONES = {
    Outcome.CREATED: "ok",
    Outcome.UPDATED: "primary",
    Outcome.UNCHANGED: "plain",
    Outcome.DUPLICATE: "notice",
    Outcome.CAMPUS: "ok",
    Outcome.REJECTED: "bad",
    Outcome.SKIPPED: "plain",
}
WARNED, EDITED = "warned", "edited"
ROWS_A_PAGE = 50
CARDS_A_PAGE = 20  # rows that are edited in place: all their cells are fields of one form
LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Tab:
    value: str
    label: str
    count: int
    tone: str
    url: str


class Browsing:
    """What of a batch is being looked at, as the address says it."""

    def __init__(self, batch: Batch, query: QueryDict, *, editable: bool = False) -> None:
        self.batch = batch
        self.editable = editable
        self.asked = query.get("verdict", "")
        self.text = query.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
        self.tidied = query.get("tidied", "").replace("\0", "")
        self.page_asked = query.get("page", "1")

    @cached_property
    def counts(self) -> dict[str, int]:
        """Rows per tab; with a search, of those that it finds."""
        batch = self.batch
        if batch.state not in SHOWN_STATES:
            return {}
        if self.text:
            found = self.found.order_by().values_list("outcome").annotate(n=Count("pk"))
            counts = dict(found.values_list("outcome", "n"))
        else:
            counts = dict(batch.counts)
        return counts | {WARNED: self._rows_of(WARNED).count(), EDITED: self._rows_of(EDITED).count()}

    @cached_property
    def found(self) -> QuerySet[BatchRow]:
        """All rows that the search finds: by name, code, or row number."""
        rows = self.batch.rows.all()
        if not self.text:
            return rows
        condition = Q(title__icontains=self.text) | Q(code__icontains=self.text)
        if self.text.isdecimal() and len(self.text) < 8:
            condition |= Q(number=int(self.text))
        return rows.filter(condition)

    def _rows_of(self, tab: str) -> QuerySet[BatchRow]:
        if tab == WARNED:
            return self.found.exclude(warnings=[])
        if tab == EDITED:
            edits = CellEdit.objects.filter(batch=self.batch, sheet=OuterRef("sheet"), number=OuterRef("number"))
            return self.found.filter(Exists(edits))
        return self.found.filter(outcome=tab)

    @cached_property
    def tabs(self) -> list[Tab]:
        named = [(outcome.value, outcome.label, TONES[outcome]) for outcome in TABS]
        named += [(WARNED, "有提醒", "notice"), (EDITED, "改过的行", "primary")]
        return [
            Tab(value, label, self.counts[value], tone, self.url(verdict=value))
            for value, label, tone in named
            if self.counts.get(value)
        ]

    @cached_property
    def chosen(self) -> str:
        """The tab that is open: the one that was asked for if it has any rows, else the first."""
        values = [tab.value for tab in self.tabs]
        if self.tidied and WARNED in values:
            return WARNED
        return self.asked if self.asked in values else next(iter(values), "")

    @property
    def edits_in_place(self) -> bool:
        """Whether the rows are shown as a form: those that a clerk has to decide on, while that is possible."""
        return self.editable and self.chosen in (Outcome.REJECTED, Outcome.SKIPPED)

    @cached_property
    def page(self) -> Page:
        rows = self._rows_of(self.chosen)
        if self.tidied and self.chosen == WARNED:
            code, _, field = self.tidied.partition(".")
            rows = rows.filter(warnings__contains=[{"code": code, "field": field}])
        if self.batch.state == BatchState.UNDONE:
            rows = rows.select_related("kept")
        size = CARDS_A_PAGE if self.edits_in_place else ROWS_A_PAGE
        paginator = Paginator(rows.order_by("sheet", "number"), size)
        if not self.tidied:
            paginator.count = self.counts.get(self.chosen, 0)  # known already
        return paginator.get_page(self.page_asked)

    def page_links(self) -> list[tuple[str, str, bool]]:
        """(text, address, is current) of the page numbers; a gap has no address."""
        page = self.page
        numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        return [
            (str(each), self.url(page=each) if isinstance(each, int) else "", each == page.number) for each in numbers
        ]

    def url(self, **changes: object) -> str:
        """The address of the same view with something changed; another tab begins at its first page."""
        kept = {"verdict": self.chosen if "verdict" not in changes else "", "q": self.text}
        if "verdict" not in changes:
            kept["tidied"] = self.tidied
        given = {name: value for name, value in (kept | changes).items() if value}
        return f"?{urlencode(given)}"

    @property
    def here(self) -> str:
        return self.url(page=self.page.number)

    @property
    def without_search(self) -> str:
        return self.url(verdict=self.asked, q="")


SHOWN_STATES = frozenset(
    {BatchState.CHECKED, BatchState.APPLYING, BatchState.APPLIED, BatchState.UNDOING, BatchState.UNDONE}
)
