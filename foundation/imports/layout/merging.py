"""Merged cells among the data: a value written once stands for all cells that it was merged over."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.imports.reading import Cell

from .heads import Span, is_blank

NEVER = 1 << 60


class Merged:
    """Follows the rows downwards. ``next_row`` is the number of the next row that merged cells touch."""

    def __init__(self, spans: Iterable[Span], *, after: int) -> None:
        """``after``: the zero-based index of the last row of the heading."""
        self._waiting = sorted((span for span in spans if span[0] > after), reverse=True)
        self._open: list[tuple[Span, Cell]] = []
        self.next_row = 0
        self._step(0)

    def enter(self, number: int, row: list[Cell]) -> None:
        """Take notice of a row before anything is decided about it."""
        index = number - 1
        self._open = [(span, value) for span, value in self._open if span[2] >= index]
        while self._waiting and self._waiting[-1][0] <= index:
            span = self._waiting.pop()
            if span[0] == index and span[1] < len(row) and not is_blank(row[span[1]]):
                self._open.append((span, row[span[1]]))
        self._step(number)

    def across(self, position: int) -> int:
        """How many cells the entered row's cell at this position was merged over, to the right."""
        return next((span[3] - span[1] + 1 for span, _ in self._open if span[1] == position), 1)

    def fill(self, row: list[Cell]) -> list[Cell]:
        """A copy of the entered row in which cells merged downwards hold their value.

        Only the first column is filled: a remark that was merged to the right is no value of the columns it covers.
        """
        if not self._open:
            return row
        row = list(row)
        for (_, left, _, _), value in self._open:
            row.extend([""] * (left + 1 - len(row)))
            if is_blank(row[left]):
                row[left] = value
        return row

    def _step(self, number: int) -> None:
        self.next_row = number + 1 if self._open else (self._waiting[-1][0] + 1 if self._waiting else NEVER)
