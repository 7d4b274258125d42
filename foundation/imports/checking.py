"""From a table to verdicts, slice by slice: each row by itself, among the rows before it, against the register.

A verdict depends on nothing but the file, the clerk's corrections and the register, so both doors come to the same.
Memory stays flat: of the rows gone by only hashes are kept.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import BinaryIO, TypeVar

from .columns import Column
from .enums import Outcome
from .faults import Fault
from .layout import Block, Table, find_table
from .reading import open_file
from .target import Existing, Ground, Row, Spot, Target, label_of

R = TypeVar("R")
SKIP = ""  # the "column" of a correction that leaves the whole row out; its text is empty once the row takes part again
REVIVED = "revived"  # in ``before``: the object was withdrawn with an earlier import and comes back
Edits = Mapping[Spot, Mapping[str, str]]


def read_table(file: BinaryIO, target: Target, *, chosen: Mapping[str, str] | None = None) -> Table:
    """The table in a file for this register, its headings as the bureau chose them. Raises FileRefused."""
    return find_table(open_file(file), target.resource, chosen=chosen or {})


class Check:
    """One run over a table; writes nothing.

    ``slices()`` gives the rows with their verdicts; rows that name themselves campuses come last, because their
    institution may stand below them. ``corrections`` then holds what later rows showed to be wrong with earlier ones.
    """

    def __init__(self, table: Table, target: Target, ground: Ground, *, edits: Edits | None = None) -> None:
        self.table, self.target, self.ground = table, target, ground
        self.edits = edits or {}
        self.corrections: dict[Spot, list[Fault]] = {}
        self._firsts = _Firsts()
        self._conflicts: dict[Spot, list[Spot]] = defaultdict(list)
        self._repeats: dict[Spot, list[Spot]] = defaultdict(list)
        self._claimed: dict[int, Spot] = {}
        self._campuses: list[Row] = []

    def slices(self) -> Iterator[list[Row]]:
        for sheet in self.table.sheets:
            for block in sheet.blocks():
                rows = clean_block(block, self.target, self.ground, self.edits)
                kept = [row for row in rows if not self._is_put_off(row)]
                self._judge(kept)
                yield kept
        if self._campuses:
            self._judge_campuses()
            yield self._campuses
        self._explain_conflicts()

    def rows(self) -> list[Row]:
        """All rows in the order of the file, corrections made: for a file that fits into memory."""
        rows = [row for some in self.slices() for row in some]
        for row in rows:
            if row.spot in self.corrections:
                row.reasons = corrected(row.outcome, row.reasons, self.corrections[row.spot])
                row.outcome = Outcome.REJECTED
        order = {sheet.name: place for place, sheet in enumerate(self.table.sheets)}
        return sorted(rows, key=lambda row: (order[row.sheet], row.number))

    def as_sent(self, spots: Container[Spot]) -> Iterator[Row]:
        """These rows once more, as they stand in the file with the clerk's corrections; no verdicts."""
        for sheet in self.table.sheets:
            for block in sheet.blocks():
                for number, raw in zip(block.numbers, block.rows, strict=True):
                    row = Row(block.sheet, number, raw, block.places, block.defaults)
                    if row.spot in spots:
                        row.edits = {name: text for name, text in self.edits.get(row.spot, {}).items() if name != SKIP}
                        yield row

    def _is_put_off(self, row: Row) -> bool:
        if row.outcome or not self.target.campus_of(row):
            return False
        self._campuses.append(row)
        return True

    def _judge(self, rows: list[Row]) -> None:
        for row in rows:
            if row.outcome != Outcome.SKIPPED:
                self._compare(row)
        judge(rows, self.target, self.ground, claimed=self._claimed)
        for row in rows:
            if row.outcome == Outcome.CREATED:
                self.target.complete(row)
            elif row.outcome == Outcome.REJECTED:
                self._firsts.refuse(self.target.key(row.record), row)

    def _compare(self, row: Row) -> None:
        """With the rows before: repeated ones are left out, contradicting ones all refused."""
        key = self.target.key(row.record)
        if key:
            first = self._firsts.claim(key, row)
            if first is not None:
                self._meet(row, *first)
        if row.outcome:
            return
        for other_key in self.target.other_keys(row):
            met = self._firsts.claim(other_key, row, content=key)
            if met is not None and not met[1]:
                spot = met[0]
                row.reject(self.target.other_key_fault(spot))
                self.corrections.setdefault(spot, []).append(self.target.other_key_fault(row.spot))

    def _meet(self, row: Row, first: Spot, same: bool) -> None:
        if same and not row.outcome:
            row.outcome = Outcome.DUPLICATE
            self._repeats[first].append(row.spot)
            row.reasons.append(Fault("duplicate_in_file", "", f"与{label_of(first)}完全相同，只导入一次。"))
        elif not same:
            self._conflicts[first].append(row.spot)
            row.reject(self._conflict([first]))

    def _conflict(self, spots: Iterable[Spot]) -> Fault:
        others = "、".join(map(label_of, spots))
        text = f"与{others}的{self.target.key_message()}相同而内容不同，请核对后只留一行。"
        return Fault("duplicate_conflict", "", text)

    def _explain_conflicts(self) -> None:
        """The first row of a conflict, and those that only repeat it, are told of the others in the end."""
        for first, others in self._conflicts.items():
            for spot in (first, *self._repeats[first]):
                self.corrections.setdefault(spot, []).append(self._conflict(others))

    def _judge_campuses(self) -> None:
        """Further sites: of an institution of the register, of one in this file, else institutions of their own.

        The last are judged first: they may show that a row of an institution is wrong.
        """
        found = self.target.find(self._campuses, self.ground, lock=False)
        attached: list[tuple[Row, Existing | None]] = []
        alone = []
        for position, row in enumerate(self._campuses):
            existing = found.get(position)
            standing = existing if existing is not None and not existing.withdrawn else None
            if row.outcome:
                continue
            if standing is not None and self.target.of_campus(row, standing):
                attached.append((row, standing))
            elif main := self._firsts.main_of(self.target.key(row.record), self.target.campus_of(row)):
                row.main = main
                attached.append((row, standing))
            else:
                alone.append(row)
        self._judge(alone)
        elsewhere = [pair for pair in attached if not self._is_at_main_address(*pair)]
        settled = [row for row, existing in elsewhere if self._settle_campus(row, existing)]
        known = self.target.known_campuses([row for row in settled if row.subject_id is not None])
        for row in settled:
            row.outcome = Outcome.UNCHANGED if row.spot in known else Outcome.CAMPUS

    def _is_at_main_address(self, row: Row, existing: Existing | None) -> bool:
        """Refuse a campus that stands where its institution stands; of two rows nobody knows which is right."""
        address = row.record.get("address")
        if row.main is not None:
            if self._firsts.stands_at(self.target.key(row.record), address):
                self._meet(row, row.main, same=False)
        elif existing is not None and existing.record.get("address") == address:
            text = "与名录中这家机构的办学地址相同，不是另一处校区，请核对。"
            row.reject(Fault("duplicate_conflict", "", text))
        return row.outcome == Outcome.REJECTED

    def _settle_campus(self, row: Row, existing: Existing | None) -> bool:
        """Whether the row's campus may be entered; it learns the id of its institution, if that stands already."""
        key = self.target.key(row.record)
        first = self._firsts.claim(f"campus/{key}/{row.record.get('address')}", row)
        if first is not None:
            self._meet(row, *first)
        elif row.main is not None and self._is_refused(key, row.main):
            row.reject(Fault("duplicate_conflict", "", f"所属机构({label_of(row.main)})不合格，请先改正那一行。"))
        elif existing is not None:
            row.subject_id = existing.id
        return not row.outcome

    def _is_refused(self, key: str, main: Spot) -> bool:
        return main in self._conflicts or main in self.corrections or self._firsts.is_refused(key)


class _Firsts:
    """Which row spoke first of a key, with a hash of what it said: some 100 bytes a row, whatever its width."""

    def __init__(self) -> None:
        self._at: dict[int, int] = {}
        self._content, self._title, self._place = array("q"), array("q"), array("q")
        self._number, self._sheet = array("L"), array("L")
        self._refused = bytearray()
        self._sheets: list[str] = []

    def claim(self, key: str, row: Row, *, content: object = None) -> tuple[Spot, bool] | None:
        """None for the first row of a key; else where the first stands and whether both say the same."""
        said = hash(tuple(row.record.values())) if content is None else hash(content)
        at = self._at.setdefault(hash(key), len(self._number))
        if at < len(self._number):
            return self._spot(at), self._content[at] == said
        if not self._sheets or self._sheets[-1] != (row.sheet or ""):
            self._sheets.append(row.sheet or "")
        self._content.append(said)
        self._title.append(hash(row.record.get("name")))
        self._place.append(hash(row.record.get("address")))
        self._number.append(row.number)
        self._sheet.append(len(self._sheets) - 1)
        self._refused.append(False)
        return None

    def refuse(self, key: str, row: Row) -> None:
        """Remember that the row that spoke first of a key was refused."""
        at = self._at.get(hash(key)) if key else None
        if at is not None and self._spot(at) == row.spot:
            self._refused[at] = True

    def is_refused(self, key: str) -> bool:
        return bool(self._refused[self._at[hash(key)]])

    def main_of(self, key: str, titles: Iterable[str]) -> Spot | None:
        """Where the row of this key stands, if it bears one of these names."""
        at = self._at.get(hash(key))
        return None if at is None or self._title[at] not in set(map(hash, titles)) else self._spot(at)

    def stands_at(self, key: str, address: object) -> bool:
        """Whether the row of this key names this address."""
        return self._place[self._at[hash(key)]] == hash(address)

    def _spot(self, at: int) -> Spot:
        return self._sheets[self._sheet[at]], self._number[at]


def corrected(outcome: str, reasons: list[R], later: list[R]) -> list[R]:
    """The reasons of a row that later rows contradicted; one that only repeated another is no longer a repetition."""
    return later if outcome == Outcome.DUPLICATE else [*reasons, *later]


def clean_block(block: Block, target: Target, ground: Ground, edits: Edits) -> list[Row]:
    """Each row by itself: column by column all its cells, what the register knows of it, then the row as a whole."""
    rows = [
        Row(block.sheet, number, raw, block.places, block.defaults)
        for number, raw in zip(block.numbers, block.rows, strict=True)
    ]
    edited = _overlaid(rows, edits) if edits else {}
    for name, column in target.resource.columns.items():
        at, default = block.places.get(name), block.defaults.get(name, "")
        changed = {index: row_edits[name] for index, row_edits in edited.items() if name in row_edits}
        if at is None and not default and not changed:
            continue
        cells = [default] * len(rows) if at is None else [raw[at] for raw in block.rows]
        for index, text in changed.items():
            cells[index] = text
        column.read(cells, rows)
        if at is None and default:
            _tell_default(column, rows, changed)
    target.look_up([row for row in rows if row.outcome != Outcome.SKIPPED], ground)
    for index, row in enumerate(rows):
        if row.outcome == Outcome.SKIPPED:
            row.record, row.warnings, row.reasons = {}, [], []
            continue
        row.reasons[:0] = block.faults.get(index, ())
        target.check(row, ground)
        if row.reasons:
            row.outcome = Outcome.REJECTED
    return rows


def _tell_default(column: Column, rows: list[Row], changed: Mapping[int, str]) -> None:
    name = column.attribute
    for index, row in enumerate(rows):
        if index not in changed and name in row.record:
            text = "取自工作表名、标题或分组行。"
            row.warnings.append(column.fault("normalized", text, after=column.shown(row.record[name])))


def _overlaid(rows: list[Row], edits: Edits) -> dict[int, Mapping[str, str]]:
    found = {index: edits[row.spot] for index, row in enumerate(rows) if row.spot in edits}
    for index, row_edits in found.items():
        rows[index].edits = {name: text for name, text in row_edits.items() if name != SKIP}
        if row_edits.get(SKIP):
            rows[index].outcome = Outcome.SKIPPED
    return found


def judge(
    rows: list[Row], target: Target, ground: Ground, *, claimed: dict[int, Spot] | None = None, lock: bool = False
) -> None:
    """Sound rows against the register: new, changed (with the values before), or just the same."""
    claimed = {} if claimed is None else claimed
    sound = [row for row in rows if row.outcome in ("", Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED)]
    found = target.find(sound, ground, lock=lock)
    for position, row in enumerate(sound):
        existing = found.get(position)
        if row.outcome == Outcome.REJECTED:
            continue
        if existing is not None and target.key(existing.record) != target.key(row.record):
            other = claimed.setdefault(existing.id, row.spot)
            if other != row.spot:
                text = f"与{label_of(other)}对应名录中的同一条记录，请核对后只留一行。"
                row.reject(Fault("duplicate_conflict", "", text))
                continue
        _judge_one(row, existing)
    target.remember([row for row in sound if row.outcome == Outcome.UPDATED])


def _judge_one(row: Row, existing: Existing | None) -> None:
    if existing is None:
        row.outcome, row.before, row.subject_id = Outcome.CREATED, {}, None
        return
    row.subject_id = existing.id
    if existing.withdrawn:  # as if it had never been there, except for its id
        row.outcome, row.before = Outcome.CREATED, {**existing.places, REVIVED: True}
        return
    stored = existing.record
    differing = {name: stored[name] for name, value in row.record.items() if name in stored and stored[name] != value}
    if differing:
        row.outcome, row.before = Outcome.UPDATED, {**differing, **existing.places}
    else:
        row.outcome, row.before = Outcome.UNCHANGED, {}


def totals(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows have each verdict; every verdict is named."""
    counts = {outcome.value: 0 for outcome in Outcome}
    for row in rows:
        counts[row.outcome] += 1
    return counts
