"""The rows of data of one sheet, in blocks. An ordinary row costs about a microsecond; only odd ones are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from foundation.imports.faults import Fault
from foundation.imports.reading import Cell, RawSheet

from .assigning import claims, settle
from .heads import Head, compose, is_blank
from .merging import Merged
from .odd import FEW, PLAIN_FROM, Group, NewHead, OddRows
from .spelling import Spellings
from .tables import Block, is_ignored

SLICE = 5000  # also how much of a check is committed at once
FRESH = 2  # rows below a heading that may number or explain its columns


@dataclass(frozen=True)
class Layout:
    """What is known of a sheet before its rows are read."""

    sheet: RawSheet
    head: Head
    places: Mapping[str, int]
    defaults: Mapping[str, str]
    spellings: Spellings


class RowReader:
    """One pass over a sheet: ``blocks`` is the loop over plain rows, ``OddRows`` decides about all others."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._defaults = dict(layout.defaults)
        self._numbers: list[int] = []
        self._rows: list[list[Cell]] = []
        self._faults: dict[int, list[Fault]] = {}
        self._last = 0
        self._merged = Merged(layout.sheet.merged, after=layout.head.first_row - 2)
        self._stand_on(layout.head, dict(layout.places), layout.head.first_row)

    def blocks(self, most: int = SLICE) -> Iterator[Block]:
        """All rows of data, at most so many at a time."""
        first = self._layout.head.first_row
        for number, row in enumerate(islice(self._layout.sheet.rows(), first - 1, None), first):
            if self._fresh_until <= number < self._merged.next_row:
                size = len(row)
                if (size == self._need or (size > self._need and not any(row[self._need :]))) and (
                    size - row.count("") > FEW
                ):
                    cell = row[self._anchor]
                    if cell.__class__ is str and (
                        len(cell) >= PLAIN_FROM or (self._odd.is_plain(cell) and self._odd.starts_plainly(row[0]))
                    ):
                        self._numbers.append(number)
                        self._rows.append(row)
                        if len(self._rows) == most:
                            yield self._flushed()
                        continue
            decided = self._look(number, row)
            if isinstance(decided, list):
                self._add(number, decided)
                if len(self._rows) == most:
                    yield self._flushed()
            elif decided is not None:
                if self._rows:
                    yield self._flushed()
                self._turn(decided, number, row)
        if self._rows:
            yield self._flushed()

    def _stand_on(self, head: Head, places: dict[str, int], number: int) -> None:
        """From row ``number`` on, cells are found by this heading."""
        self._places = places
        ignored = {at for at, path in enumerate(head.paths) if path and is_ignored("/".join(path))}
        columns = self._layout.spellings.resource.columns
        required = [places[name] for name, column in columns.items() if column.required and name in places]
        self._anchor = required[-1] if required else min(places.values(), default=0)
        self._need = max(head.width, 1 + max(places.values(), default=0))
        self._fresh_until = number + FRESH
        spellings = self._layout.spellings
        self._odd = OddRows(head, places, self._anchor, ignored - set(places.values()), spellings)

    def _look(self, number: int, row: list[Cell]) -> list[Cell] | NewHead | Group | None:
        self._merged.enter(number, row)
        last = self._numbers[-1] if self._numbers else self._last
        fresh = number < self._fresh_until
        decided = self._odd.decide(number, row, fresh=fresh, last=last, across=self._merged.across)
        return self._merged.fill(row) if isinstance(decided, list) else decided

    def _turn(self, decided: NewHead | Group, number: int, row: list[Cell]) -> None:
        """A second heading gives new places, a group row new defaults."""
        if isinstance(decided, Group):
            self._defaults = {**self._layout.defaults, **decided.defaults}
            return
        head = compose([row], 0, 1, ())
        spellings = self._layout.spellings
        found = claims(head.paths, spellings, ignored=is_ignored)
        places = settle(found, spellings.resource, filled=set).by_column
        self._defaults = {name: text for name, text in self._layout.defaults.items() if name not in places}
        self._stand_on(head, places, number + 1)

    def _add(self, number: int, row: list[Cell]) -> None:
        """A row that was looked at: long enough for every place, and not wider than the heading."""
        if len(row) < self._need:
            row = [*row, *[""] * (self._need - len(row))]
        beyond = [at for at in range(self._need, len(row)) if not is_blank(row[at])]
        if beyond:
            text = f"这一行有{beyond[-1] + 1}列，比表头({self._need}列)多。可能某个单元格里有分隔符，请核对。"
            self._faults[len(self._rows)] = [Fault("column_count", "", text)]
        self._numbers.append(number)
        self._rows.append(row)

    def _flushed(self) -> Block:
        name = self._layout.sheet.name
        block = Block(name, self._numbers, self._rows, self._faults, self._places, self._defaults)
        self._last = self._numbers[-1]
        self._numbers, self._rows, self._faults = [], [], {}
        return block
