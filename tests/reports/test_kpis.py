"""Every KPI on the demo: number, list, export, places and months say the same; also of past days and as known then.

Here for the bureaus of the demo, as of now; ``script/prove kpis`` asks every division, three past days and three past
instants.
"""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta

import pytest

from foundation.core import clock
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_below
from reports.asking import Question
from reports.exporting import exportable_rows
from reports.kpis import Kpi, Ratio, kpis
from tests.cast import CITY, NEIGHBOUR, OWN, PROVINCE

pytestmark = [pytest.mark.slow, pytest.mark.prove]
WHOLE = os.environ.get("PROVE_FULL") == "1"


def questions() -> list[Question]:
    today, now = clock.today(), clock.now()
    codes = [PROVINCE, CITY, OWN, NEIGHBOUR]
    if WHOLE:
        codes = list(Jurisdiction.objects.order_by("code").values_list("code", flat=True))
    whens: list[tuple[date, datetime | None]] = [(today, None)]
    if WHOLE:
        back = [timedelta(days=days) for days in (3, 20, 60)]
        whens += [(today - each, None) for each in back] + [(today, now - each) for each in back]
    areas = {code: jurisdictions_below(Jurisdiction.objects.get(code=code).pk) for code in codes}
    first = date(today.year - 1, 1, 1)
    return [
        Question(area=area, first=first, last=on, on=on, known_at=known)
        for area in areas.values()
        for on, known in whens
    ]


def test_number_list_export_places_and_months_agree(demo_db):
    wrong, counted, asked = [], 0, questions()
    for kpi in kpis():
        for question in asked:
            problems = list(_ratio(kpi, question) if isinstance(kpi, Ratio) else _kpi(kpi, question))
            wrong += [f"{kpi.code} of {len(question.area)} bureaus: {problem}" for problem in problems]
            counted += kpi.answer(question).value not in (0, None)
    assert wrong == []
    assert counted > len(asked) * 10, "the demo says too little to prove anything"


def _kpi(kpi: Kpi, question: Question):
    value, rows = kpi.answer(question).value, kpi.list(question)
    export = exportable_rows(kpi.code)
    if kpi.total:
        column = next(column for column in export.columns if column.key == kpi.total)
        factor = 100 if column.kind == "money" else 1
        total = sum(int(column.value(row) * factor) for row in rows)
        if total != value:
            yield f"says {value}, its column adds up to {total}"
    elif rows.count() != value:
        yield f"says {value}, lists {rows.count()}"
    if len({row.pk for row in rows}) != rows.count():
        yield "lists a row twice"
    for at, answer in kpi.by_place(question).items():
        alone = kpi.answer(_narrowed(question, at)).value
        if alone != answer.value:
            yield f"place {at} shows {answer.value}, alone {alone}"
    if kpi.key == "pk" and not kpi.total and sum(each.value for each in kpi.by_place(question).values()) != value:
        yield "places leave some out"
    if kpi.day and kpi.key == "pk" and sum(each.value for each in kpi.by_month(question).values()) != value:
        yield "months leave some out"


def _ratio(kpi: Ratio, question: Question):
    part, whole = kpi.part.answer(question).value, kpi.whole.answer(question).value
    less = kpi.less.answer(question).value if kpi.less else 0
    share = kpi.answer(question).value
    if whole and share * whole != part - less:
        yield f"{share} is not {part - less} of {whole}"
    if not whole and share is not None:
        yield "a share of nothing"


def _narrowed(question: Question, at: int) -> Question:
    return Question(
        area=frozenset({at}),
        first=question.first,
        last=question.last,
        on=question.on,
        known_at=question.known_at,
    )
