"""The rows behind one number: by place, by month, one by one; and their export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from foundation.core.actor import Actor
from foundation.core.charts import Series, line_chart
from foundation.core.marks import amount
from foundation.core.pages import Page, dressed
from foundation.deadlines.calendars import add_months
from foundation.exports.declaring import Column, Exportable
from foundation.exports.pages import ExportPage
from foundation.regions.models import Jurisdiction
from reports import papers, rules
from reports.addresses import LINE, rows_url
from reports.asking import Question
from reports.exporting import exportable_rows
from reports.forms import asked
from reports.kpis import Answer, Answers, AnyKpi, Kpi, Ratio, kpi_of
from reports.models import ReportLine
from reports.styles import styled, styles_for
from supervisors.months import Month

from .board import Term, place_of

PER_PAGE = 50
FIRST = "visits"  # what a page shows that names no KPI
MONTHS = 24  # a chart shows the last so many


@dataclass(frozen=True)
class Bar:
    """One place's number; ``share`` is its part of the highest, in whole percents."""

    name: str
    text: str
    share: int
    url: str


class Counted(Paginator):
    """Pages of rows whose number is known: it is what the KPI says."""

    def __init__(self, rows: QuerySet, per_page: int, counted: int | None) -> None:
        super().__init__(rows, per_page)
        self.counted = counted or 0

    @property
    def count(self) -> int:
        return self.counted


class Rows(Page):
    slug, label, per_object, has_button = "rows", "指标明细", False, False
    rule = rules.can_view
    template_name = "reports/rows.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        given = {name: value for name, value in request.GET.items() if name not in ("kpi", "page", LINE)}
        form = dressed(asked(request.actor, given))
        question, place = form.question(), place_of(form)
        found = kpi_of(request.GET.get("kpi", FIRST))
        if found is None:
            raise Http404("没有这个指标。")
        kpi = styled(found, styles_for(place.pk))
        opens = rules.can_open(request.actor, kpi)
        answers = Answers(question)
        answer = answers.of(kpi)
        why_not = kpi.asked_in_vain(question)
        leaf = self.leaf(kpi, question, answer) if opens and isinstance(kpi, Kpi) and not why_not else None
        return self.render(
            title=kpi.label,
            kpi=kpi,
            form=form,
            question=question,
            place=place,
            answer=answer,
            why_not=why_not,
            was=counted_otherwise(request.actor, kpi, answer, request.GET.get(LINE, "")),
            terms=terms(kpi, answers, given, opens=opens),
            bars=bars(kpi, question, given),
            chart=chart(kpi, question, given),
            opens=opens,
            may_take=rules.can_take_rows(request.actor),
            refusal=rules.can_open.refusal,
            leaf=leaf,
            heads=[column.head for column in kpi.columns] if leaf else [],
            lines=[(url_of(row, kpi), cells(row, kpi)) for row in leaf] if leaf else [],
            late=kpi.late(question) if leaf else 0,
            kept=[("kpi", kpi.code)],
            board=f"{reverse('admin:reports_ratiostyle_board')}?{urlencode({**given, 'group': kpi.group})}",
            query=urlencode({**given, "kpi": kpi.code}),
        )

    def leaf(self, kpi: Kpi, question: Question, answer: Answer) -> Leaf:
        rows = kpi.list(question)
        counted = rows.count() if kpi.total else answer.value
        return Counted(rows, PER_PAGE, counted).get_page(self.request.GET.get("page"))


def counted_otherwise(actor: Actor, kpi: AnyKpi, answer: Answer, line: str) -> str:
    """What the line of a report says from which a number was opened, where its rows are no longer what was counted.

    Rows are found as they were known then; a merge, an import taken back or a tag put there later is known of always.
    """
    if not line.isdecimal() or not rules.can_view_reports(actor) or not isinstance(kpi, Kpi):
        return ""
    found = ReportLine.objects.visible_to(actor).filter(pk=line[:15], code=kpi.code).first()
    return f"{papers.counted(found)}{found.unit}" if found and found.value != answer.value else ""


def terms(kpi: AnyKpi, answers: Answers, query: Mapping[str, str], *, opens: bool) -> list[Term]:
    """What a rate is made of, each opening its own rows."""
    if not isinstance(kpi, Ratio):
        return []
    return [Term(t.label, answers.of(t).text, rows_url(t, query) if opens else "") for t in kpi.terms]


def bars(kpi: AnyKpi, question: Question, query: Mapping[str, str]) -> list[Bar]:
    """The number of each bureau that has one, the highest first; nothing for a single one."""
    found = {at: answer for at, answer in kpi.by_place(question).items() if answer.value is not None}
    if len(found) < 2:
        return []
    names = {row.pk: str(row) for row in Jurisdiction.objects.filter(pk__in=found)}
    highest = max(answer.value for answer in found.values()) or 1
    ordered = sorted(found.items(), key=lambda each: (-each[1].value, names[each[0]]))
    return [
        Bar(names[at], answer.text, int(100 * answer.value / highest), rows_url(kpi, {**query, "place": str(at)}))
        for at, answer in ordered
    ]


def chart(kpi: AnyKpi, question: Question, query: Mapping[str, str]) -> SafeString:
    """The number of each of the last months with the months between them; a point opens its month."""
    found = kpi.by_month(question)
    if not found:
        return SafeString("")
    months = _months(min(found), question.until)[-MONTHS:]
    none = Answer(0, kpi.unit)
    told = [found.get(month, none) for month in months]
    points = [(f"{month:%Y-%m}", rows_url(kpi, {**query, **_of_month(month, question)})) for month in months]
    values = [_height(answer) for answer in told]
    return line_chart(f"{kpi.label}，各月", points, [Series(kpi.label, values, [answer.text for answer in told])])


def _height(answer: Answer) -> int:
    """Whole numbers for the drawing; a rate in hundredths of a percent."""
    if answer.value is None:
        return 0
    return int(answer.value) if isinstance(answer.value, int) else int(answer.value * 10_000)


def _months(first: date, last: date) -> list[date]:
    found = [first]
    while (after := add_months(found[-1], 1)) <= last:
        found.append(after)
    return found


def _of_month(month: date, question: Question) -> dict[str, str]:
    """The part of the period that lies in a month."""
    span = question.part_of(Month(month))
    return {"season": "", "first": span[0].isoformat(), "last": span[1].isoformat()}


def url_of(row: Model, kpi: Kpi) -> str:
    """The page of the record that a row opens, where it has one."""
    record = row
    for name in filter(None, kpi.page.split(".")):
        record = getattr(record, name)
    try:
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""


def cells(row: Model, kpi: Kpi) -> Iterator[tuple[str, object]]:
    """(head, what is shown) of a row; never what only an approved export may take."""
    for column in kpi.columns:
        if not column.personal:
            yield column.head, _shown(column, row)


def _shown(column: Column, row: Model) -> object:
    value = column.value(row)
    if column.kind == "money":
        return "—" if value is None else amount(int(value * 100))
    return "—" if value in (None, "") else value


class RowsExport(ExportPage):
    """导出 of the rows behind a number."""

    slug, has_button = "take", False
    rule = rules.can_take_rows

    @cached_property
    def exportable(self) -> Exportable:
        found = exportable_rows(self.request.GET.get("kpi", FIRST))
        if found is None:
            raise Http404("没有这个指标。")
        if not found.view_rule(self.request.actor):
            raise PermissionDenied(rules.can_open.refusal)
        return found

    def back_url(self) -> str:
        return f"{reverse('admin:reports_ratiostyle_rows')}?{self.request.GET.urlencode()}"
