"""The heading of a sheet: which rows it takes, and what stands over each column, group headings included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foundation.imports.reading import Cell

from .marks import bare, is_numbering
from .spelling import Spellings, Tier

LOOK_FOR_HEADING_IN = 30
DEEPEST = 3
LONGEST_LABEL = 60
LONGEST_CHILD = 24
LOSS = 6  # what a deeper heading may score less; a column would be eight at least
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
    return _CHINESE_GAP.sub("", _BLANKS.sub(" ", str(cell).replace("\0", "").strip()))


def find_head(rows: Sequence[list[Cell]], merged: Iterable[Span], spellings: Spellings) -> Head | None:
    """The rows, near the top, whose labels mean the most of our columns: two, or the one that must be there."""
    spans = [
        span
        for span in merged
        if span[0] < min(len(rows), LOOK_FOR_HEADING_IN + DEEPEST) and span[1] < len(rows[span[0]])
    ]
    best, most = None, 0
    for top in range(min(len(rows), LOOK_FOR_HEADING_IN)):
        labels = sum(not is_blank(cell) for cell in rows[top])
        if not labels or (labels == 1 and any(s[0] <= top <= s[2] and s[3] > s[1] for s in spans)):
            continue  # a title is one cell
        head, score = _head_at(rows, top, 1 if labels == 1 else DEEPEST, spans, spellings)
        if score > most:
            best, most = head, score
    return best


def _head_at(
    rows: Sequence[list[Cell]], top: int, deepest: int, spans: list[Span], spellings: Spellings
) -> tuple[Head, int]:
    """The heading that begins in this row: as deep as it goes without losing a column."""
    head = compose(rows, top, 1, spans)
    score = _score(head, spellings)
    depth = 1
    while depth < deepest and _continues(rows, top, top + depth, spans, spellings):
        depth += 1
        deeper = compose(rows, top, depth, spans)
        reached = _score(deeper, spellings)
        if reached and reached > score - LOSS:
            head, score = deeper, reached
    return head, score


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
    return len(labels) > 1 and all(len(label) <= LONGEST_CHILD and not _DIGITS.search(label) for label in labels)


def compose(rows: Sequence[list[Cell]], top: int, depth: int, spans: Iterable[Span]) -> Head:
    """What stands over each column in these rows, parents first; parents reach over the cells merged with them."""
    block = [[label_of(cell) for cell in row] for row in rows[top : top + depth]]
    width = max((at + 1 for row in block for at, text in enumerate(row) if text), default=0)
    across = [s for s in spans if top <= s[0] < top + depth and s[3] > s[1]]
    width = max([width, *(min(s[3] + 1, max(map(len, block))) for s in across)])
    block = [[*row, *[""] * width][:width] for row in block]
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
    return Head(top, depth, paths, block)


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
    if is_numbering([bare(cell) for cell in filled.values()]):
        return False
    for first, left, last, right in spans:
        if not top <= first < at or is_blank(_cell(rows[first], left)):
            continue
        if last >= at and left not in filled:
            return True  # a label reaches down into this row
        if last == at - 1 and right > left and len(set(range(left, right + 1)) & filled.keys()) > 1:
            return not _names_an_object(rows[at - 1], filled, spellings)  # a group's label lies over this row
    return _lies_under_a_group(rows[at - 1], filled) and not _names_an_object(rows[at - 1], filled, spellings)


def _short(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell.strip()) <= LONGEST_CHILD and not _DIGITS.search(cell)


def _cell(row: list[Cell], at: int) -> Cell:
    return row[at] if at < len(row) else ""


def _names_an_object(above: list[Cell], filled: dict[int, Cell], spellings: Spellings) -> bool:
    """A row of data fills the columns that must be there; a second heading row leaves them blank."""
    for position in filled:
        match = spellings.match((label_of(_cell(above, position)),))
        if match and match.tier <= Tier.TRIMMED and spellings.resource.columns[match.column].required:
            return True
    return False


def _lies_under_a_group(above: list[Cell], filled: dict[int, Cell]) -> bool:
    """Without merged cells: some label above spreads over a blank to its right."""
    return any(at and is_blank(_cell(above, at)) and at - 1 in filled for at in filled)
