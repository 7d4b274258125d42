"""Questions of the tests: this year, as of the day on which the tests stand."""

from __future__ import annotations

from datetime import date, datetime

from foundation.core import clock
from foundation.regions.queries import jurisdictions_below
from inspections.models import Campaign
from reports.asking import Question
from reports.kpis import Answer, kpi_of
from tests.cast import OWN, jurisdiction


def ask(code: str = OWN, *, first: date | None = None, last: date | None = None, **given) -> Question:
    """A question about a bureau and those below it."""
    today = clock.today()
    on = given.pop("on", today)
    area = jurisdictions_below(jurisdiction(code).pk)
    return Question(area=area, first=first or date(today.year, 1, 1), last=last or today, on=on, **given)


def value(kpi: str, code: str = OWN, **given: date | datetime | Campaign | None) -> object:
    """The exact number."""
    return answer(kpi, code, **given).value


def answer(kpi: str, code: str = OWN, **given: date | datetime | Campaign | None) -> Answer:
    return kpi_of(kpi).answer(ask(code, **given))
