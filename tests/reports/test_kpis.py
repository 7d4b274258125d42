"""Every KPI on the demo: number, list, export, places and months say the same; also of past days and as known then.

Here for the bureaus of the demo, as of now; ``script/prove kpis`` asks every division, three past days and three past
instants, and again with the seven cases on top, on days and instants of their years. ``KPIS=clues,exposed script/prove
kpis`` asks these alone, with the ratios that are made of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from demo.case_diary import instant
from demo.casebook import CASES, load_case
from foundation.core import clock
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_below
from institutions.models import Institution
from reports.asking import Question
from reports.exporting import exportable_rows
from reports.kpis import Kpi, Ratio, kpis
from tests.cast import CITY, NEIGHBOUR, OWN, PROVINCE, SINCE

pytestmark = [pytest.mark.slow, pytest.mark.prove]
WHOLE = os.environ.get("PROVE_FULL") == "1"
ONLY = set(filter(None, os.environ.get("KPIS", "").split(",")))


def test_number_list_export_places_and_months_agree(demo_db):
    today, now = clock.today(), clock.now()
    codes, whens = [PROVINCE, CITY, OWN, NEIGHBOUR], [(today, None)]
    if WHOLE:
        codes = list(Jurisdiction.objects.order_by("code").values_list("code", flat=True))
        back = [timedelta(days=days) for days in (3, 20, 60)]
        whens += [(today - each, None) for each in back] + [(today, now - each) for each in back]
    agrees(codes, whens, since=date(today.year - 1, 1, 1))


def test_nothing_was_known_before_the_first_record(demo_db):
    """Whatever happened when: as known at an instant before the portal had any record, every number is nothing."""
    assert known_before_anything() == {}


def known_before_anything() -> dict[str, object]:
    """Numbers that do not ask what was on record."""
    area = jurisdictions_below(Jurisdiction.objects.get(code=PROVINCE).pk)
    today = clock.today()
    question = Question(area=area, first=SINCE, last=today, on=today, known_at=datetime(2001, 1, 1, tzinfo=UTC))
    return {kpi.code: value for kpi in kpis() if (value := kpi.answer(question).value)}


@pytest.mark.skipif(not WHOLE, reason="minutes: script/prove kpis")
def test_they_agree_with_the_seven_cases_on_top(demo_db, settings):
    """Of each bureau that has a register, and of those above it, since 双减."""
    settings.DEMO_MODE = True
    for case in CASES:
        load_case(case, tell=lambda done, of: None)
    assert known_before_anything() == {}
    back = [instant(2022, 8, 31, 20), instant(2023, 3, 20, 9), instant(2024, 1, 31, 12)]
    whens = [(clock.today(), None), *((each.date(), None) for each in back), *((clock.today(), each) for each in back)]
    places = Jurisdiction.objects.filter(code__in=with_a_register()).order_by("code")
    agrees([place.code for place in places], whens, since=SINCE)


def with_a_register() -> set[str]:
    """Codes of the counties that have an institution, of their cities and of the province."""
    counties = set(Institution.objects.values_list("jurisdiction__code", flat=True))
    return counties | {f"{code[:4]}00" for code in counties} | {PROVINCE}


def agrees(codes: Sequence[str], whens: Sequence[tuple[date, datetime | None]], *, since: date) -> None:
    """Every KPI, of each bureau at each (day, instant), says the same wherever it says it."""
    areas = {code: jurisdictions_below(Jurisdiction.objects.get(code=code).pk) for code in codes}
    asked = {
        (code, on, known): Question(area=area, first=since, last=on, on=on, known_at=known)
        for code, area in areas.items()
        for on, known in whens
    }
    wrong, filled = [], 0
    chosen = [kpi for kpi in kpis() if not ONLY or ONLY & codes_of(kpi)]
    for kpi in chosen:
        for where, question in asked.items():
            problems = list(_ratio(kpi, question) if isinstance(kpi, Ratio) else _kpi(kpi, question))
            wrong += [f"{kpi.code} of {where}: {problem}" for problem in problems]
            filled += kpi.answer(question).value not in (0, None)
    told = len(with_a_register() & set(codes)) * len(whens)
    sys.stdout.write(f"{len(chosen)} KPIs x {len(asked)} questions; {filled} cells say more than nothing\n")
    assert wrong == []
    assert ONLY or filled > told * 15, "the demo says too little to prove anything"


def codes_of(kpi: Kpi | Ratio) -> set[str]:
    """Its own, and those that it is made of."""
    parts = (kpi.part, kpi.whole, kpi.less) if isinstance(kpi, Ratio) else ()
    return {kpi.code} | {part.code for part in parts if part}


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
