"""Filter chips with their numbers, and how many rows a question finds: kept for a moment, see ``memory``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from institutions.enums import Category

from .memory import kept
from .rows import areas
from .shelves import FEW, Asked, Counted, count
from .shown import Choice

_counted = kept(count)


def query(given: Mapping[str, object]) -> str:
    """A query string of what is not empty."""
    return "?" + urlencode({name: value for name, value in given.items() if value})


def counted(asked: Asked) -> Counted:
    """All that the shelf and the words find, by jurisdiction and category."""
    return _counted(Asked(asked.shelf, asked.moment, asked.term))


def number(asked: Asked) -> int:
    """How many rows the question finds; ``FEW`` + 1 when they hold some words and are more than ``FEW``."""
    found = counted(asked)
    if found.many:
        narrowed = _counted(replace(asked, order="name")) if asked.county or asked.category else found
        return FEW + 1 if narrowed.many else narrowed.total
    return _sum(found, county=asked.county, category=asked.category)


def in_words(number: int, asked: Asked) -> str:
    """How many rows, as the page says it."""
    if asked.term and number > FEW:
        return f"超过 {FEW:,} 家，这里列出其中 {FEW:,} 家；多输入几个字，或选择区域、类别，可以找得更准"
    return f"共 {number:,} 家"


def _offered(asked: Asked) -> Counted:
    """What chips are made of: of words that too many hold, the shelf's own areas and categories, without numbers."""
    found = counted(asked)
    return Counted(counted(asked.without("term")).groups, many=True) if found.many else found


def counties(asked: Asked, given: Mapping[str, object]) -> list[Choice]:
    """The areas that have rows under the chosen category, so that no chip leads to an empty page."""
    found = _offered(asked)
    numbers: Counter[int] = Counter()
    for (county, category), many in found.groups.items():
        if asked.category in ("", category):
            numbers[county] += many
    known = areas()
    places = sorted((known[county].code, known[county].name, many, county) for county, many in numbers.items())
    return choices(
        "county",
        given,
        [(code, name, None if found.many else many, county == asked.county) for code, name, many, county in places],
        total=None if found.many else sum(numbers.values()),
    )


def categories(asked: Asked, given: Mapping[str, object]) -> list[Choice]:
    """The categories that have rows in the chosen area."""
    found = _offered(asked)
    numbers: Counter[str] = Counter()
    for (county, category), many in found.groups.items():
        if asked.county in (0, county):
            numbers[category] += many
    return choices(
        "category",
        given,
        [
            (value, str(label), None if found.many else numbers[value], value == asked.category)
            for value, label in Category.choices
            if numbers[value]
        ],
        total=None if found.many else sum(numbers.values()),
    )


def _sum(found: Counted, *, county: int, category: str) -> int:
    return sum(many for (where, what), many in found.groups.items() if county in (0, where) and category in ("", what))


def choices(
    name: str, given: Mapping[str, object], found: list[tuple[str, str, int | None, bool]], *, total: int | None
) -> list[Choice]:
    """A chip for everything and one for each (value, label, number, chosen); without numbers where none are given."""
    rest = {key: value for key, value in given.items() if key != name}
    everything = Choice("全部", total, query(rest), not any(each[3] for each in found))
    return [everything] + [
        Choice(label, count, query({**rest, name: value}), chosen) for value, label, count, chosen in found
    ]
