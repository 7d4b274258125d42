"""What to make of a row that is not plainly data: blank, footer, total, heading again, group row, or data after all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice

from foundation.imports.reading import Cell

from . import marks
from .heads import Head, is_blank, label_of
from .spelling import Spellings

FEW = 4
PLAIN_FROM = 17  # a text this long in a column that must be filled is neither heading nor total
REMEMBER = 5000
WIDE = 3
Across = Callable[[int], int]


@dataclass(frozen=True)
class NewHead:
    """A heading that stands among the data; the rows below follow it."""


@dataclass(frozen=True)
class Group:
    """A row that speaks for all rows below it: texts for columns that the sheet lacks."""

    defaults: Mapping[str, str]


Decision = list[Cell] | NewHead | Group | None


class OddRows:
    """Decides about odd rows under one heading; remembers footers and groups."""

    def __init__(
        self, head: Head, places: Mapping[str, int], anchor: int, ignored: set[int], spellings: Spellings
    ) -> None:
        self._ignored = ignored
        self._anchor = anchor
        self._mapped = set(places.values())
        self._spellings = spellings
        self._heading_rows = [{at: text for at, text in enumerate(row) if text} for row in head.texts]
        columns = spellings.resource.columns.items()
        self._hooks = {name: column.from_title for name, column in columns if column.from_title is not None}
        self._lacking = self._hooks.keys() - places.keys()
        self._group: dict[str, str] = {}
        self._by_section: set[str] = set()
        self._footer_at = 0
        self._plain: dict[Cell, bool] = {}

    def decide(self, number: int, row: list[Cell], *, fresh: bool, last: int, across: Across) -> Decision:
        """The row itself when it is data, None when it is none.

        ``fresh``: right below the heading; ``last``: number of the last row of data; ``across``: how many cells the
        one at a position was merged over.
        """
        filled = {at: cell for at, cell in enumerate(row) if not is_blank(cell)}
        if not fresh and self._is_sound(filled):
            return row
        texts = {at: marks.bare(cell) for at, cell in filled.items()}
        if self._says_nothing(texts) or self._repeats_heading(filled) or self._explains(texts, fresh=fresh):
            return None
        if self._is_footer(texts) or (self._footer_at > last and len(filled) == 1):
            self._footer_at = number
            return None
        if self._is_total(texts):
            return None
        if self._is_heading(filled):
            return NewHead()
        return self._grouped(row, texts, across)

    def _is_sound(self, filled: dict[int, Cell]) -> bool:
        """Several cells, nothing odd in front, and the column that must be filled among them, or a long number."""
        if len(filled) < 2:
            return False
        cell = filled.get(self._anchor, "")
        if len(filled) > FEW:
            if isinstance(cell, str) and len(cell) >= PLAIN_FROM:
                return True
            if any(isinstance(each, str) and marks.FIGURES.search(each) for each in filled.values()):
                return all(map(self.starts_plainly, islice(filled.values(), 2)))
        return self.is_plain(cell) and self.starts_plainly(next(iter(filled.values())))

    def is_plain(self, cell: Cell) -> bool:
        """Whether a value in the column that must be filled is ordinary: no heading, total, footer or mere number."""
        if cell not in self._plain:
            if len(self._plain) >= REMEMBER:
                return self._reads_plain(cell)
            self._plain[cell] = self._reads_plain(cell)
        return self._plain[cell]

    def _reads_plain(self, cell: Cell) -> bool:
        text = marks.bare(cell)
        odd = (marks.NUMERIC, marks.NUMBERING, marks.TOTAL, marks.FOOTER)
        if not text or text.endswith(":") or any(pattern.match(text) for pattern in odd):
            return False
        return not (isinstance(cell, str) and self._spellings.is_known(cell))

    def starts_plainly(self, cell: Cell) -> bool:
        """Whether the first cell of a row begins neither a total nor a footer."""
        if not isinstance(cell, str) or not marks.may_be_odd(cell):
            return True
        text = marks.bare(cell)
        return not (text.endswith(":") or any(p.match(text) for p in (marks.TOTAL, marks.FOOTER, marks.REMARK)))

    def _anchored(self, texts: dict[int, str]) -> bool:
        return self._anchor in texts and self.is_plain(texts[self._anchor])

    def _says_nothing(self, texts: dict[int, str]) -> bool:
        """A blank row, one in which only the running number was filled in beforehand, a rule or a page's number."""
        if len(texts) == 1 and all(map(marks.PAGE_MARK.match, texts.values())):
            return True
        return all(at in self._ignored and marks.NUMERIC.match(text) for at, text in texts.items())

    def _explains(self, texts: dict[int, str], *, fresh: bool) -> bool:
        """A row that numbers the columns, and below the heading one that says how to fill them in or is an example."""
        if marks.is_numbering(list(texts.values())):
            return True
        if not fresh:
            return False
        return bool(marks.EXAMPLE.match(texts[min(texts)])) or all(marks.FILLING.match(text) for text in texts.values())

    def _repeats_heading(self, filled: dict[int, Cell]) -> bool:
        """A heading that is repeated further down, as printed lists do on each page."""
        for heading in self._heading_rows:
            same = sum(isinstance(cell, str) and label_of(cell) == heading.get(at) for at, cell in filled.items())
            if (same >= 2 and same * 2 > len(filled)) or same == len(filled) == len(heading):
                return True
        return False

    def _is_footer(self, texts: dict[int, str]) -> bool:
        first = texts[min(texts)]
        found = marks.FOOTER.match(first) or marks.REMARK.match(first)
        if not found or marks.LONG_CODE.match(texts.get(self._anchor, "")):
            return False
        words = sum(text.endswith(":") or bool(marks.FOOTER.match(text)) for text in texts.values())
        return len(texts) <= FEW or words >= 2 or not self._anchored(texts)

    def _is_total(self, texts: dict[int, str]) -> bool:
        places = sorted(texts)
        if not any(marks.TOTAL.match(texts[at]) for at in places[:2]):
            return False
        others = [text for text in texts.values() if not marks.TOTAL.match(text)]
        return all(marks.NUMERIC.match(text) for text in others) or not self._anchored(texts)

    def _is_heading(self, filled: dict[int, Cell]) -> bool:
        """Another table's heading: two or more of our columns, and at least half of what stands in the row."""
        labels = [label_of(cell) for cell in filled.values() if isinstance(cell, str)]
        if len(labels) * 2 < len(filled):
            return False
        known = [match.column for label in labels if (match := self._spellings.among_data(label))]
        return len(set(known)) >= 2 and len(known) * 2 >= len(filled)

    def _grouped(self, row: list[Cell], texts: dict[int, str], across: Across) -> Decision:
        """A lonely text above a group of rows; a lonely name of an institution is data with everything missing."""
        words = {at: text for at, text in texts.items() if not marks.COUNT.fullmatch(text)}
        counted = len(words) < len(texts)
        section = len(words) == 2 and bool(marks.SECTION_MARK.match(words[min(words)]))
        if section:
            del words[min(words)]
        if len(words) != 1 or len(texts) > WIDE:
            return row if texts.keys() - self._ignored else None
        ((at, text),) = words.items()
        core, numbered, has_count = marks.group_core(text)
        meant = {name: value for name, hook in self._hooks.items() if (value := hook(core))}
        off = at in self._ignored or at not in self._mapped
        wide = across(at) > WIDE
        sure = off or wide or counted or has_count or core in meant.values() or marks.GROUP_END.search(core)
        if numbered or section or marks.TITLE.search(core) or (meant and sure):
            return self._group_with(meant, by_section=numbered or section)
        return None if wide or not texts.keys() - self._ignored else row

    def _group_with(self, meant: dict[str, str], *, by_section: bool) -> Group | None:
        """What holds from this row on. A section without a meaning ends what an earlier section meant."""
        group = dict(self._group)
        if by_section:
            for name in self._by_section:
                group.pop(name, None)
            self._by_section = {name for name in meant if name in self._lacking}
        group |= {name: value for name, value in meant.items() if name in self._lacking}
        if group == self._group:
            return None
        self._group = group
        return Group(dict(group))
