"""From a file's raw sheets to its table: which sheets count, where their columns stand, what their titles say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from foundation.core.ciphers import masked
from foundation.imports.columns import SheetResource
from foundation.imports.faults import FileRefused
from foundation.imports.reading import Cell, RawFile, RawSheet
from foundation.imports.values import text_of

from . import marks
from .assigning import Places, claims, label_at, settle
from .blocks import Layout, RowReader
from .heads import DEEPEST, LOOK_FOR_HEADING_IN, Head, find_head, is_blank, label_of
from .spelling import Spellings
from .tables import EXPORT_NOTES, Block, Heading, LayoutRefused, SheetTable, Table, is_ignored

PEEK = LOOK_FOR_HEADING_IN + DEEPEST + 20
SAMPLES = 3
SAMPLE_LENGTH = 40


@dataclass(frozen=True)
class _Found:
    """A sheet with a heading, and what stands in the way of reading it."""

    table: SheetTable
    doubled: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    is_foreign: bool = False  # none of the columns that must be there


def find_table(raw: RawFile, resource: SheetResource, *, chosen: Mapping[str, str] | None = None) -> Table:
    """The rows of data of all sheets that have a heading, each with its own order of columns.

    ``chosen`` maps a heading's key to the column that the clerks of a bureau chose for it, "" to leave it out.
    Raises FileRefused (empty_file, no_header, no_rows) and LayoutRefused (duplicate_column, missing_required_column).
    """
    spellings = Spellings(resource, chosen)
    found, left_out = _sheets(raw, spellings)
    if not found:
        raise _nothing_found(raw, left_out, resource)
    if any(not each.doubled and not each.missing for each in found):
        left_out += [each.table.name or "" for each in found if each.is_foreign]
        found = [each for each in found if not each.is_foreign]
    for each in found:
        if each.doubled or each.missing:
            raise _refused(each, Table(raw.encoding, [_without_rows(other.table) for other in found], left_out))
    table = Table(raw.encoding, [each.table for each in found], left_out)
    if not any(True for sheet in table.sheets for _ in sheet.blocks(1)):
        if 2 * sum(heading.column is not None for heading in table.headings) <= len(table.headings):
            raise _nothing_found(raw, left_out, resource)  # a form with a label here and there
        raise FileRefused("找到了表头，但下面没有数据行。", code="no_rows")
    return table


def _sheets(raw: RawFile, spellings: Spellings) -> tuple[list[_Found], list[str]]:
    found: list[_Found] = []
    left_out: list[str] = []
    for sheet in raw.sheets:
        if sheet.name == EXPORT_NOTES:
            continue
        top = [] if sheet.hidden else list(islice(sheet.rows(), PEEK))
        head = find_head(top, sheet.merged, spellings)
        if head is not None:
            found.append(_lay_out(sheet, head, top, spellings))
        elif sheet.name and sheet.rows_hint:
            left_out.append(sheet.name)
    return found, left_out


def _nothing_found(raw: RawFile, left_out: list[str], resource: SheetResource) -> FileRefused:
    if not any(not is_blank(cell) for sheet in raw.sheets for row in sheet.rows() for cell in row):
        return FileRefused("文件里没有任何内容。", code="empty_file")
    first = next(iter(resource.columns.values())).column_name
    hint = "隐藏的工作表不导入。" if any(sheet.hidden for sheet in raw.sheets) else ""
    return FileRefused(f"没有找到表头。请确认表中有一行写着“{first}”等列名，或下载模板后填写。{hint}", code="no_header")


def _lay_out(sheet: RawSheet, head: Head, top: list[list[Cell]], spellings: Spellings) -> _Found:
    resource = spellings.resource
    found = claims(head.paths, spellings, ignored=is_ignored)
    settled = settle(found, resource, filled=partial(_filled_below, sheet, head))
    places = settled.by_column
    defaults = _defaults(sheet, top[: head.top], places, resource)
    required = {name: column for name, column in resource.columns.items() if column.required}
    missing = [column.column_name for name, column in required.items() if name not in places and name not in defaults]
    layout = Layout(sheet, head, places, defaults, spellings)
    headings = _headings(sheet, head, top, settled, resource)
    table = SheetTable(
        sheet.name, headings, places, defaults, sheet.rows_hint, lambda *most: RowReader(layout).blocks(*most)
    )
    doubled = [f"第{claim.position + 1}列“{claim.label}”" for claim in settled.doubled]
    return _Found(table, doubled, missing, bool(required) and not required.keys() & places.keys())


def _filled_below(sheet: RawSheet, head: Head, positions: list[int]) -> set[int]:
    """Which of these columns hold anything, repeated headings aside; stops as soon as all do."""
    labels = {at: {row[at] for row in head.texts} for at in positions}
    waiting = set(positions)
    for row in islice(sheet.rows(), head.first_row - 1, None):
        for at in [at for at in waiting if at < len(row)]:
            if not is_blank(row[at]) and label_of(row[at]) not in labels[at]:
                waiting.discard(at)
        if not waiting:
            break
    return set(positions) - waiting


def _headings(
    sheet: RawSheet, head: Head, top: list[list[Cell]], settled: Places, resource: SheetResource
) -> list[Heading]:
    """All headings, and the columns of values without one."""
    columns = {at: name for name, at in settled.by_column.items()}
    columns |= {claim.position: claim.column for claim in settled.doubled}
    headings = []
    for at, path in enumerate(head.paths):
        name = columns.get(at)
        private = name is None or resource.columns[name].personal
        sample = _sample(top[head.top + head.depth :], at, private=private)
        if path or sample:
            headings.append(Heading(sheet.name, at, label_at(at, path), name, sample))
    return headings


def _sample(rows: list[list[Cell]], at: int, *, private: bool) -> list[str]:
    """The first values below a heading; what may be a person's number is shown masked."""
    values: list[str] = []
    for row in rows:
        filled = [marks.bare(cell) for cell in row if not is_blank(cell)]
        if len(filled) < 2 or marks.is_numbering(filled) or at >= len(row) or is_blank(row[at]):
            continue
        text = text_of(row[at])[:SAMPLE_LENGTH]
        text = masked(text) if private and marks.LONG_NUMBER.search(text) else text
        if text not in values:
            values.append(text)
        if len(values) == SAMPLES:
            break
    return values


def _defaults(
    sheet: RawSheet, titles: list[list[Cell]], places: Mapping[str, int], resource: SheetResource
) -> dict[str, str]:
    """What the sheet's name or the rows above its heading say about columns that it lacks."""
    texts = [sheet.name or ""]
    texts += [cell for row in titles for cell in row if isinstance(cell, str) and cell.strip()]
    defaults = {}
    for name, column in resource.columns.items():
        if name not in places and column.from_title is not None:
            meant = next(filter(None, map(column.from_title, texts)), None)
            if meant:
                defaults[name] = meant
    return defaults


def _without_rows(sheet: SheetTable) -> SheetTable:
    nothing: Callable[..., Iterator[Block]] = lambda *most: iter(())  # noqa: E731
    return SheetTable(sheet.name, sheet.headings, sheet.places, sheet.defaults, sheet.rows_hint, nothing)


def _refused(found: _Found, table: Table) -> LayoutRefused:
    where = f"工作表“{found.table.name}”" if found.table.name else "文件"
    if found.doubled:
        message = f"{where}里这些列是同一个意思：{'、'.join(found.doubled)}。请删去多余的，或指定用哪一列。"
        return LayoutRefused(message, code="duplicate_column", table=table)
    message = f"{where}缺少必需的列：{'、'.join(found.missing)}。请补上，或指定哪一列是它，或下载模板后填写。"
    return LayoutRefused(message, code="missing_required_column", table=table)
