"""``script/bench kpi``: numbers of visits from the month table beside GROUP BY over the visits, in one run.

- county x month, year by county, county by month: the KPIs as pages ask for them, and the same by GROUP BY;
- rows: the query of the first page behind one county's number, beside one that sorts all its rows; as objects: the
  page's rows as Django makes them, with their count;
- inserts: visits with their month numbers kept, and with the triggers switched off; one by one and 1,000 at a time.
Before anything is measured the month table has to be what the visits add up to.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from django.db import connection, connections  # noqa: E402

from bench import filled, place  # noqa: E402
from bench.measured import keep, machine, ratios, spread  # noqa: E402
from foundation.accounts.enums import Role  # noqa: E402
from foundation.core import clock  # noqa: E402
from foundation.regions.models import Jurisdiction  # noqa: E402
from inspections.folding import fold_visit_months  # noqa: E402
from inspections.migrations import _visit_months as sql  # noqa: E402
from reports.asking import Question  # noqa: E402
from reports.kpis import Kpi, kpi_of  # noqa: E402
from tests.cast import OWN, organ, person  # noqa: E402

GOALS = {
    "county x month": 50.0, "year by county": 50.0, "county by month": 50.0, "rows": 250.0,
    "singles": 0.80, "batches": 0.65,
}  # fmt: skip
SLICE = 100_000
DAYS = 1_460
INSERT = """
INSERT INTO inspections_visit (number, client_id, kind, jurisdiction_id, division_id, category, site_type,
  institution_id, subject_name, address, visited_on, slot, off_hours, covert, group_key, group_name, unnamed,
  filed_by_id, filed_by_name, organ_id, recorded_at, source, timeliness, answers, answered, failed, outcome,
  remark, remark_key, accompanied_by, statement, pupils_at_least, teachers_at_least, dispersed, dispersed_at_least,
  no_place_reason, void_reason)
SELECT 'B' || n, gen_random_uuid(), (ARRAY['routine', 'random', 'campaign', 'supervisor'])[1 + n %% 4],
  (%(counties)s)[1 + n %% array_length(%(counties)s, 1)], i.division_id, i.category, i.site_type, i.id, i.name,
  i.address, %(last)s::date - (n %% %(days)s)::int, (ARRAY['morning', 'afternoon', 'evening'])[1 + n %% 3],
  false, false, 'g' || n, '', 2, %(user)s, '测速', %(organ)s, now(), 'sheet', 'on_time', '{}', 0, 0, 'clean', '', '',
  '', '', false, false, CASE WHEN n %% 50 = 0 THEN 3 END, false, '', ''
FROM generate_series(%(first)s, %(until)s) n JOIN institutions_institution i ON i.id = 1 + n %% %(places)s
"""
FOREIGN_KEYS = "SELECT conname FROM pg_constraint WHERE conrelid = 'inspections_visit'::regclass AND contype = 'f'"
SWITCH = "ALTER TABLE inspections_visit {} TRIGGER visit_months_insert"
RAW_COUNTY_MONTH = """
SELECT jurisdiction_id, date_trunc('month', visited_on), count(*), sum(unnamed), sum(dispersed),
  count(*) FILTER (WHERE slot = 'evening'), count(*) FILTER (WHERE failed > 0)
FROM inspections_visit WHERE voided_at IS NULL AND kind <> 'supervisor' GROUP BY 1, 2
"""
MONTHS = """
SELECT jurisdiction_id, month, sum(visits), sum(person_times), sum(dispersed), sum(visits) FILTER (WHERE evening),
  sum(dispersed_flags)
FROM inspections_visitmonth WHERE official GROUP BY 1, 2
"""
RAW_ROWS = """
SELECT * FROM inspections_visit WHERE voided_at IS NULL AND kind <> 'supervisor' AND jurisdiction_id + 0 = %s
ORDER BY visited_on DESC, id DESC LIMIT 50
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench kpi", description=__doc__.split("\n\n")[0])
    parser.add_argument("--visits", type=int, default=2_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    place.prepare()
    facts: dict[str, Any] = {"visits": options.visits}
    with place.fresh_database():
        facts["machine"] = machine()
        given = fill(options.visits)
        facts["milliseconds"] = reading(options.repeats)
        facts["inserts"] = inserting(options.visits, given, options.repeats)
    show(facts)
    print(f"\nkept in {keep('kpi', facts)}")


def fill(visits: int) -> dict[str, Any]:
    """Visits of four years over 84 counties; by the owner without foreign keys, which nothing here asks for."""
    filled.fill(20_000)
    bureau = organ(OWN)
    user = person(Role.COUNTY_OFFICER, bureau).user
    counties = list(Jurisdiction.objects.filter(children__isnull=True).order_by("pk").values_list("pk", flat=True))
    given = {"user": user.pk, "organ": bureau.pk, "days": DAYS, "last": clock.today(), "places": 20_000}
    given["counties"] = counties
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(FOREIGN_KEYS)
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE inspections_visit DROP CONSTRAINT "{name}"')
        for first in range(1, visits + 1, SLICE):
            cursor.execute(INSERT, {**given, "first": first, "until": min(first + SLICE - 1, visits)})
    fold_visit_months()
    place.vacuum()
    assert_exact()
    return given


def assert_exact() -> None:
    counted = sql.FILL[sql.FILL.index("SELECT") :]
    kept = ("SELECT jurisdiction_id, month, official, evening, sum(visits), sum(person_times), sum(dispersed), "
        "sum(dispersed_flags) FROM inspections_visitmonth GROUP BY 1, 2, 3, 4")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"SELECT count(*) FROM (({kept}) EXCEPT ({counted.rstrip().rstrip(';')})) x")
        if cursor.fetchone() != (0,):
            raise RuntimeError("the month numbers are not what the visits add up to")


def reading(repeats: int) -> dict[str, list[float]]:
    """Milliseconds of each way, repeat by repeat."""
    today = clock.today()
    counties = _counties()
    one = frozenset([min(counties)])
    year = {"first": date(today.year - 1, 1, 1), "last": date(today.year - 1, 12, 31), "on": today}
    all_of_it = {"first": (today - timedelta(days=DAYS)).replace(day=1), "last": today, "on": today}
    visits = kpi_of("visits")
    assert isinstance(visits, Kpi)
    ours, raw = Question(area=counties, **year), Question(area=counties, **year, known_at=clock.now())
    alone, alone_raw = Question(area=one, **all_of_it), Question(area=one, **all_of_it, known_at=clock.now())
    page, given = visits.list(alone)[:50].query.sql_with_params()
    acts: dict[str, Callable[[], object]] = {
        "county x month": lambda: _asked(MONTHS),
        "county x month raw": lambda: _asked(RAW_COUNTY_MONTH),
        "year by county": lambda: visits.by_place(ours),
        "year by county raw": lambda: visits.by_place(raw),
        "county by month": lambda: visits.by_month(alone),
        "county by month raw": lambda: visits.by_month(alone_raw),
        "rows": lambda: _asked(page, *given),
        "rows as objects": lambda: (visits.answer(alone), list(visits.list(alone)[:50])),
        "rows raw": lambda: _asked(RAW_ROWS, min(counties)),
    }
    for name in ("year by county", "county by month"):
        if acts[name]() != acts[f"{name} raw"]():
            raise RuntimeError(f"{name}: the two ways differ")
    runs: dict[str, list[float]] = {}
    for _ in range(repeats):
        for name, act in acts.items():
            times = 1 if name.endswith("raw") else 20
            began = time.perf_counter()
            for _ in range(times):
                act()
            runs.setdefault(name, []).append(1000 * (time.perf_counter() - began) / times)
    return runs


def _counties() -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT jurisdiction_id FROM inspections_visitmonth")
        return frozenset(row[0] for row in cursor.fetchall())


def inserting(visits: int, given: dict[str, Any], repeats: int) -> dict[str, list[float]]:
    """Visits a second, by the owner and committed one by one, with the triggers and without."""
    runs: dict[str, list[float]] = {}
    at = visits + 1
    with connections["owner"].cursor() as cursor:
        for _ in range(repeats):
            for word in ("kept", "plain"):
                cursor.execute(
                    f"ALTER TABLE inspections_visit {'ENABLE' if word == 'kept' else 'DISABLE'} TRIGGER USER"
                )
                for name, size, seconds in (("singles", 1, 3.0), ("batches", 1_000, 3.0)):
                    began, done = time.perf_counter(), 0
                    while time.perf_counter() - began < seconds:
                        cursor.execute(INSERT, {**given, "first": at, "until": at + size - 1})
                        at, done = at + size, done + size
                    runs.setdefault(f"{name} {word}", []).append(done / (time.perf_counter() - began))
    return runs


def _asked(statement: str, *given: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        cursor.fetchall()


def show(facts: dict[str, Any]) -> None:
    read, wrote = facts["milliseconds"], facts["inserts"]
    print("milliseconds")
    for name, values in read.items():
        print(f"  {name:22} {spread(values, ',.3f')}")
    print("visits a second")
    for name, values in wrote.items():
        print(f"  {name:22} {spread(values, ',.0f')}")
    found = {name: ratios(read[f"{name} raw"], read[name]) for name in read if f"{name} raw" in read}
    found["rows as objects"] = ratios(read["rows raw"], read["rows as objects"])
    found |= {name: ratios(wrote[f"{name} kept"], wrote[f"{name} plain"]) for name in ("singles", "batches")}
    for name, values in found.items():
        print(f"{name:24} {spread(values)}" + (f"  goal >= {GOALS[name]}" if name in GOALS else ""))


if __name__ == "__main__":
    sys.exit(main())
