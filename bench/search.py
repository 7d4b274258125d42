"""``script/bench search``: finding institutions by a few characters, beside ILIKE on the same register.

- product: what the public directory asks for its first page of 20, as for the first visitor with these words: which
  pairs of characters are common is kept in the process, finds are not;
- ilike: ``name ILIKE '%term%'`` ordered by name, 20 rows, as stock Django's ``icontains`` asks it; names only, where
  the product also finds former names, addresses, codes, permits and pinyin initials.
Each term in turn, contender by contender, repeat by repeat. What pages cost at any depth: ``script/bench list``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from bench import filled, place  # noqa: E402
from bench.measured import keep, machine, spread  # noqa: E402
from publicity import shelves  # noqa: E402
from publicity.moments import moment_of  # noqa: E402
from publicity.shelves import Asked, Shelf, slice_of  # noqa: E402

NOWHERE = ("龘靐", "卍龘")
FOUND = {
    2: ("启明", "舞蹈", "培训", "厦门", "学校", "湖滨", "自强", "公司"),
    4: ("培训学校", "艺术中心", "思明区启", "有限公司", "湖滨路1"),
    6: ("培训学校有限", "厦门市思明区", "术培训有限公", "课外培训中心"),
}
PAGE = 20
ILIKE = (
    "SELECT id, public_id, name FROM institutions_institution WHERE UPPER(name) LIKE UPPER(%s) "
    "AND merged_into_id IS NULL AND withdrawn_at IS NULL ORDER BY name, id LIMIT 20"
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench search", description=__doc__.split("\n\n")[0])
    parser.add_argument("--rows", type=int, default=200_000, help="institutions (200000)")
    parser.add_argument("--repeats", type=int, default=7, help="of each term and contender (7)")
    options = parser.parse_args()
    place.prepare()
    with place.fresh_database():
        facts: dict[str, Any] = {"machine": machine(), "rows": options.rows}
        filled.fill(options.rows)
        settings.PUBLIC_MEMORY = True
        shelves.few = shelves.few.__wrapped__  # kept finds would answer the repeats
        facts["terms"] = {
            term: compared(term, options.repeats) for terms in ({0: NOWHERE} | FOUND).values() for term in terms
        }
    show(facts)
    print(f"\nkept in {keep('search', facts)}")


def compared(term: str, repeats: int) -> dict[str, list[float]]:
    """Milliseconds of both contenders for one term, in turn."""
    asked = Asked(Shelf.ALL, moment_of({}), term)
    contenders: dict[str, Callable[[], object]] = {
        "product": lambda: slice_of(asked, "i.id, i.public_id, i.name", after="", size=PAGE),
        "ilike": lambda: _ilike(term),
    }
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(repeats + 1):
        for name in sorted(contenders, reverse=bool(turn % 2)):
            began = time.perf_counter()
            contenders[name]()
            if turn:  # the first one only warms the caches
                times[name].append(1000 * (time.perf_counter() - began))
    return times


def _ilike(term: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(ILIKE, [f"%{term}%"])
        return cursor.fetchall()


def show(facts: dict[str, Any]) -> None:
    """The ratios, and the terms that they come from."""
    terms = facts["terms"]
    print(f"{facts['rows']:,} institutions, milliseconds for the first page of {PAGE}")
    for term, times in terms.items():
        ratio = [theirs / ours for ours, theirs in zip(times["product"], times["ilike"], strict=True)]
        print(
            f"  {term:8} product {spread(times['product'])}   ilike {spread(times['ilike'])}   x {spread(ratio, '.1f')}"
        )
    missed = [
        theirs / ours
        for term in NOWHERE
        for ours, theirs in zip(terms[term]["product"], terms[term]["ilike"], strict=True)
    ]
    worst = {name: max(median(times[name]) for times in terms.values()) for name in ("product", "ilike")}
    facts["no match"], facts["worst"] = missed, worst["ilike"] / worst["product"]
    print(f"no match, two characters: ilike / product = {spread(missed, '.0f')} (goal >= 150)")
    print(f"worst case: ilike {worst['ilike']:.1f} / product {worst['product']:.1f} = {facts['worst']:.1f} (goal >= 5)")


if __name__ == "__main__":
    main()
