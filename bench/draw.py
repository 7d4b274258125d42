"""``script/bench draw``: a double-random draw over 200,000 institutions, beside what a database does by itself.

- freeze: the operation: pool lines with grades, flags, areas, officers; hash; compressed; kept; numbered; audited;
- rank: the draw's pure function over the frozen lines, with a pool that has no officers: every code hashed, every
  stratum sorted;
- drawn: the whole operation ``run_draw``: lines unpacked, ranked, two officers for each object, all objects stored;
- random: ``SELECT id … ORDER BY random() LIMIT 200`` over the same institutions, which nobody can repeat;
- count: ``SELECT count(*)`` over the same institutions;
- verified: the replay with all comparisons, as page, command and script do it.
Each in turn, repeat by repeat, in one database.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from bench import filled, place  # noqa: E402
from bench.measured import keep, machine, ratios, spread  # noqa: E402
from foundation.accounts.enums import OrganKind, Role  # noqa: E402
from foundation.core import clock  # noqa: E402
from foundation.core.actor import Actor  # noqa: E402
from foundation.core.bulk import copy_rows  # noqa: E402
from inspections.models import Draw  # noqa: E402
from inspections.operations.random_draw import freeze_draw, plan_draw, run_draw  # noqa: E402
from inspections.queries import draws as queries  # noqa: E402
from inspections.queries import pools  # noqa: E402
from inspections.replaying import OFFICER, draw_objects  # noqa: E402
from institutions import periods  # noqa: E402
from institutions.enums import OPERATING, StandingKind  # noqa: E402
from institutions.models import StandingEvent  # noqa: E402
from tests.cast import CITY, acting, organ, person  # noqa: E402

OFFICERS = 12
RANDOM = """
SELECT id FROM institutions_institution WHERE jurisdiction_id = ANY(%(places)s) AND status = ANY(%(statuses)s)
AND merged_into_id IS NULL AND withdrawn_at IS NULL ORDER BY random() LIMIT 200
"""
COUNT = RANDOM.replace("SELECT id", "SELECT count(*)").partition(" ORDER BY")[0]


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench draw", description=__doc__.split("\n\n")[0])
    parser.add_argument("--rows", type=int, default=200_000, help="institutions (200000)")
    parser.add_argument("--repeats", type=int, default=5, help="of each contender (5)")
    options = parser.parse_args()
    place.prepare()
    with place.fresh_database():
        facts: dict[str, Any] = {"machine": machine(), "rows": options.rows, "officers": OFFICERS}
        filled.fill(options.rows)
        grade(options.rows)
        by = people()
        facts["runs"] = {}
        for turn in range(options.repeats + 1):
            found = once(by)
            if turn:  # the first one warms everything and does not count
                for name, value in found.items():
                    facts["runs"].setdefault(name, []).append(value)
    show(facts)
    print(f"\nkept in {keep('draw', facts)}")


def grade(rows: int) -> None:
    """Nine of ten institutions have a grade, one in a hundred a risk flag."""
    now, today = clock.now(), clock.today()
    since, chance = today - timedelta(days=100), random.Random(rows)
    events = [
        (number, StandingKind.GRADE, "", chance.choice("AABBBCCD"), since, None, now, "年度评定", False, "")
        for number in range(1, rows + 1)
        if number % 10
    ]
    events += [
        (number, StandingKind.FLAG, "退费投诉集中", "是", since, None, now, "核实", False, "")
        for number in range(50, rows + 1, 100)
    ]
    copy_rows(StandingEvent, filled.STANDING, events)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for start in range(1, rows + 1, filled.SLICE):
            periods.refresh(range(start, min(start + filled.SLICE, rows + 1)))
        cursor.execute("RESET statement_timeout")
    place.vacuum()


def people() -> Actor:
    """The city's manager, and officers with certificates."""
    for number in range(OFFICERS):
        at = organ(CITY, OrganKind.MARKET)
        person(Role.LEGAL_REVIEWER, at, username=f"officer-{number}", certificate_no=f"闽D{number:04d}")
    return acting(person(Role.CITY_MANAGER, organ(CITY)))


def once(by: Actor) -> dict[str, float]:
    """Milliseconds of each contender, on a draw of its own."""
    now, found = clock.now(), {}
    facts = {"title": "抽查", "plan": "计划", "items": "事项"}
    draw = plan_draw(facts=facts, officers=list(queries.possible_officers(by, on=clock.today())), by=by, at=now)
    later = now + timedelta(days=1)
    on = clock.local_date(later)
    found["freeze"] = timed(lambda: freeze_draw(draw=draw, number_source="双色球", number_on=on, by=by, at=now))
    draw.refresh_from_db()
    lines, rule = pools.lines_of(draw.commitment), draw.commitment.rule
    alone = [line for line in lines if not line.startswith(OFFICER)]
    found["rank"] = timed(lambda: draw_objects(draw.number, rule, "03081217263109", alone))
    given = {"places": list(by.scope), "statuses": sorted(OPERATING)}
    found["random"] = timed(lambda: asked(RANDOM, given))
    found["count"] = timed(lambda: asked(COUNT, given))
    found["drawn"] = timed(lambda: run_draw(draw=draw, public_number="03081217263109", by=by, at=later))
    draw = Draw.objects.get(pk=draw.pk)
    found["verified"] = timed(lambda: same(draw))
    return found


def same(draw: Draw) -> None:
    if differ := queries.verify(draw):
        raise RuntimeError(f"the replay differs: {differ[:3]}")


def asked(statement: str, given: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        cursor.fetchall()


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def show(facts: dict[str, Any]) -> None:
    runs = facts["runs"]
    print(f"{facts['rows']:,} institutions, {OFFICERS} officers, ratios A 5, B 10, C 20, D 40, ungraded 20 %")
    for name, values in runs.items():
        print(f"  {name:9} {spread(values, ',.0f')} ms")
    both = [one + other for one, other in zip(runs["freeze"], runs["rank"], strict=True)]
    print(f"frozen and ranked: {spread(both, ',.0f')} ms (goal <= 1000)")
    facts["ratios"] = {
        "rank / ORDER BY random()": ratios(runs["rank"], runs["random"]),
        "rank / count(*)": ratios(runs["rank"], runs["count"]),
    }
    for name, values in facts["ratios"].items():
        print(f"{name}: {spread(values)}")


if __name__ == "__main__":
    main()
