"""The heading of a sheet: which rows it takes, and what stands over each column, group headings included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foundation.imports.reading import Cell

from .marks import NUMBERING, bare
from .spelling import Spellings, Tier

LOOK_FOR_HEADING_IN = 30
DEEPEST = 3
LONGEST_LABEL = 60
LONGEST_CHILD = 24
Span = tuple[int, int, int, int]
_DIGITS = re.compile(r"\d{3}")
_BLANKS = re.compile(r"\s+")
_CHINESE_GAP = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_WEIGHT = {Tier.CHOSEN: 10, Tier.EXACT: 10, Tier.TRIMMED: 9, Tier.KNOWN_GROUP: 8, Tier.GROUP: 8}


@dataclass(frozen=True)
class Head:
    """``paths`` by position: the label with the group labels above it, () where nothing stands."""

    top: int
    depth: int
    paths: list[tuple[str, ...]]
    texts: list[list[str]]

    @property
    def width(self) -> int:
        return len(self.paths)

    @property
    def first_row(self) -> int:
        """The number, as a spreadsheet shows it, of the first row below."""
        return self.top + self.depth + 1


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def label_of(cell: Cell) -> str:
    """A heading's text on one line: line breaks and blanks between Chinese characters go."""
    return _CHINESE_GAP.sub("", _BLANKS.sub(" ", str(cell).strip()))


def find_head(rows: Sequence[list[Cell]], merged: Iterable[Span], spellings: Spellings) -> Head | None:
    """The rows, near the top, whose labels mean the most of our columns: two, or the one that must be there."""
    spans = [span for span in merged if span[0] < LOOK_FOR_HEADING_IN + DEEPEST]
    best, most = None, 0
    for top in range(min(len(rows), LOOK_FOR_HEADING_IN)):
        if not _may_be_head(rows[top], top, spans):
            continue
        depth = 1
        while True:
            head = compose(rows, top, depth, spans)
            score = _score(head, spellings)
            if score > most or (score == most and best is not None and best.top == top and score):
                best, most = head, score
            if depth == DEEPEST or not _continues(rows, top, top + depth, spans, spellings):
                break
            depth += 1
    return best


def _may_be_head(row: list[Cell], index: int, spans: list[Span]) -> bool:
    """A title is one cell; a heading is several short texts."""
    filled = [cell for cell in row if not is_blank(cell)]
    return len(filled) >= 2 or (len(filled) == 1 and not any(s[0] <= index <= s[2] and s[3] > s[1] for s in spans))


def _score(head: Head, spellings: Spellings) -> int:
    """Ten a column, less when it took some guessing; a column that must be there counts half as much again."""
    found: dict[str, Tier] = {}
    for path in head.paths:
        if path and len(path[-1]) <= LONGEST_LABEL and (match := spellings.match(path)):
            found[match.column] = min(match.tier, found.get(match.column, match.tier))
    columns = spellings.resource.columns
    required = [name for name in found if columns[name].required]
    if len(found) < 2 and not (required and min(found.values()) <= Tier.EXACT and _reads_like_a_head(head)):
        return 0
    return sum(_WEIGHT[tier] for tier in found.values()) + 5 * len(required)


def _reads_like_a_head(head: Head) -> bool:
    labels = [path[-1] for path in head.paths if path]
    return all(len(label) <= LONGEST_CHILD and not _DIGITS.search(label) for label in labels)


def compose(rows: Sequence[list[Cell]], top: int, depth: int, spans: Iterable[Span]) -> Head:
    """What stands over each column in these rows, parents first; parents reach over the cells merged with them."""
    block = [[label_of(cell) for cell in row] for row in rows[top : top + depth]]
    width = max((at + 1 for row in block for at, text in enumerate(row) if text), default=0)
    across = [s for s in spans if top <= s[0] < top + depth and s[3] > s[1]]
    width = max([width, *(min(s[3] + 1, max(map(len, block))) for s in across)])
    for row in block:
        row.extend([""] * (width - len(row)))
    parents = [_spread(block, level, top, across) for level in range(depth - 1)]
    paths = []
    for at in range(width):
        path: list[str] = []
        for level, row in enumerate(block):
            text = row[at]
            if not text and level < depth - 1 and any(below[at] for below in block[level + 1 :]):
                text = parents[level][at]
            if text and (not path or path[-1] != text):
                path.append(text)
        paths.append(tuple(path))
    return Head(top, depth, paths, [row[:width] for row in block])


def _spread(block: list[list[str]], level: int, top: int, across: list[Span]) -> list[str]:
    """The group label that each position of one row lies under; without merged cells it reaches to the next label."""
    row = block[level]
    out = [""] * len(row)
    if across:
        for first, left, last, right in across:
            if first - top <= level <= last - top:
                label = block[first - top][left]
                out[left : right + 1] = [label] * len(out[left : right + 1])
        return out
    below = block[level + 1 :]
    group = ""
    for at, text in enumerate(row):
        under = any(each[at] for each in below)
        group = (text if under else "") if text else (group if under else "")
        out[at] = group
    return out


def _continues(rows: Sequence[list[Cell]], top: int, at: int, spans: list[Span], spellings: Spellings) -> bool:
    """Whether row ``at`` still belongs to the heading that began at ``top``."""
    if at >= len(rows):
        return False
    filled = {position: cell for position, cell in enumerate(rows[at]) if not is_blank(cell)}
    if not filled or not all(_short(cell) for cell in filled.values()):
        return False
    if all(NUMBERING.match(bare(cell)) for cell in filled.values()):
        return False
    for first, left, last, right in spans:
        if not top <= first < at or is_blank(_cell(rows[first], left)):
            continue
        if last >= at and left not in filled:
            return True  # a label reaches down into this row
        if last == at - 1 and right > left and len(set(range(left, right + 1)) & filled.keys()) > 1:
            return True  # a group's label lies over this row
    return not _names_an_object(rows, top, at, filled, spellings)


def _short(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell.strip()) <= LONGEST_CHILD and not _DIGITS.search(cell)


def _cell(row: list[Cell], at: int) -> Cell:
    return row[at] if at < len(row) else ""


def _names_an_object(
    rows: Sequence[list[Cell]], top: int, at: int, filled: dict[int, Cell], spellings: Spellings
) -> bool:
    """Without merged cells: a row of data fills the columns that must be there; a second heading row spreads a group
    over blank cells, or has a heading of ours under one."""
    above = rows[at - 1]
    for position, cell in enumerate(above):
        if is_blank(cell) or position not in filled:
            continue
        match = spellings.match((label_of(cell),))
        if match and match.tier <= Tier.TRIMMED and spellings.resource.columns[match.column].required:
            return True
    spread = [p for p in filled if is_blank(_cell(above, p))]
    known = [cell for cell in filled.values() if spellings.is_known(label_of(cell))]
    return not spread or not known
