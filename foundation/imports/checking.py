"""From a table to verdicts. First each row by itself, then the rows among each other, then against the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from .enums import Outcome
from .faults import Fault
from .layout.lines import Line, Table, find_table
from .reading import read_file
from .target import Existing, Ground, Row, Target
from .values import text_of

SLICE = 2000


def read_table(content: bytes, target: Target) -> Table:
    """The table in a file for this register. Raises FileRefused."""
    return find_table(read_file(content), target.resource)


def verdicts(
    table: Table, target: Target, ground: Ground, *, progress: Callable[[int], None] | None = None
) -> list[Row]:
    """A verdict for every row; writes nothing."""
    rows: list[Row] = []
    for start in range(0, len(table.lines), SLICE):
        rows += clean_rows(table.lines[start : start + SLICE], target, ground)
        if progress is not None:
            progress(len(rows))
    compare_rows(rows, target)
    judge(rows, target, ground)
    return rows


def clean_rows(lines: Iterable[Line], target: Target, ground: Ground) -> Iterator[Row]:
    """Each row by itself: all its cells, then the row as a whole."""
    for line in lines:
        row = Row(line.sheet, line.number, {name: text_of(cell) for name, cell in line.cells.items()})
        row.record, row.warnings, row.reasons = target.resource.clean_row(line.cells)
        row.reasons[:0] = line.faults
        target.check(row, ground)
        if row.reasons:
            row.outcome = Outcome.REJECTED
        yield row


def compare_rows(rows: list[Row], target: Target) -> None:
    """Rows of one file that speak of the same object: repeated ones are left out, contradicting ones all refused."""
    same_key: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if key := target.key(row.record):
            same_key[key].append(row)
    for group in same_key.values():
        sound = [row for row in group if not row.outcome]
        if len(group) > 1 and sound:
            _settle(group, sound, target.key_message())
    target.cross_check([row for row in rows if not row.outcome])


def _settle(group: list[Row], sound: list[Row], key: str) -> None:
    first = sound[0]
    if all(row.record == first.record for row in group):
        for row in sound[1:]:
            row.outcome = Outcome.DUPLICATE
            row.reasons.append(Fault("duplicate_in_file", "", f"与{first.label}完全相同，只导入一次。"))
        return
    for row in sound:
        others = "、".join(other.label for other in group if other is not row)
        row.reject(Fault("duplicate_conflict", "", f"与{others}的{key}相同而内容不同，请核对后只留一行。"))


def judge(rows: list[Row], target: Target, ground: Ground, *, lock: bool = False) -> None:
    """Sound rows against the register: new, changed (with the values before), or just the same."""
    sound = [row for row in rows if row.outcome not in (Outcome.REJECTED, Outcome.DUPLICATE)]
    found = target.find(sound, ground, lock=lock)
    claimed: dict[int, Row] = {}
    for position, row in enumerate(sound):
        if row.outcome == Outcome.REJECTED:
            continue
        existing = found.get(position)
        if existing is not None and existing.id in claimed:
            other = claimed[existing.id]
            row.reject(Fault("duplicate_conflict", "", f"与{other.label}对应名录中的同一条记录，请核对后只留一行。"))
            continue
        _judge_one(row, existing, target)
        if existing is not None:
            claimed[existing.id] = row


def _judge_one(row: Row, existing: Existing | None, target: Target) -> None:
    if existing is None:
        row.outcome, row.before, row.subject_id = Outcome.CREATED, {}, None
        return
    row.subject_id = existing.id
    row.before = {
        name: existing.record.get(name)
        for name, value in row.record.items()
        if name in target.resource.columns and existing.record.get(name) != value
    }
    row.outcome = Outcome.UPDATED if row.before else Outcome.UNCHANGED


def totals(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows have each verdict; every verdict is named."""
    counts = {outcome.value: 0 for outcome in Outcome}
    for row in rows:
        counts[row.outcome] += 1
    return counts
