"""Where the data stand in a sheet: titles above the heading, blank rows and footers are not data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foundation.imports.columns import IGNORED, SheetResource, heading_key
from foundation.imports.faults import Fault, FileRefused
from foundation.imports.reading import Cell, RawFile, RawSheet

LOOK_FOR_HEADING_IN = 30
FOOTER = re.compile(
    r"^(合计|总计|小计|共计|累计|填表人?|制表人?|填报|审核人?|复核人?|负责人签|单位盖章|盖章|联系人|经办人|注\d*[:.、]|说明[:.、]|备注[:.、])"
)
FOOTER_CELLS = 4


@dataclass(frozen=True)
class Line:
    """One row of data. ``cells`` are as read, by the column's own name; ``number`` is the spreadsheet's."""

    sheet: str | None
    number: int
    cells: dict[str, Cell]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Heading:
    """A heading of the file and the column that it was taken for; None is not imported."""

    sheet: str | None
    label: str
    column: str | None


@dataclass(frozen=True)
class Table:
    encoding: str
    lines: list[Line]
    headings: list[Heading]

    def unused(self) -> list[str]:
        """Headings that mean none of our columns, without those that never do (序号 and the like)."""
        strange = (each.label for each in self.headings if each.column is None)
        return list(dict.fromkeys(label for label in strange if heading_key(label) not in IGNORED))


def find_table(raw: RawFile, resource: SheetResource) -> Table:
    """All rows of data of all sheets that have a heading. Raises FileRefused when there is none."""
    lines: list[Line] = []
    headings: list[Heading] = []
    found = False
    for sheet in raw.sheets:
        at = _heading_row(sheet, resource)
        if at is None:
            continue
        found = True
        labels = [str(label).strip() for label in sheet.rows[at]]
        places = _places(labels, resource, sheet)
        headings += [Heading(sheet.name, label, resource.column_for(label)) for label in labels if label]
        lines += _lines(sheet, at, places, labels)
    if not found:
        if not any(_filled(row) for sheet in raw.sheets for row in sheet.rows):
            raise FileRefused("文件里没有任何内容。", code="empty_file")
        raise FileRefused(
            "没有找到表头。请确认表中有一行写着“机构名称”等列名，或下载模板后填写。".replace(
                "机构名称", next(iter(resource.columns.values())).column_name
            ),
            code="no_header",
        )
    if not lines:
        raise FileRefused("找到了表头，但下面没有数据行。", code="no_rows")
    return Table(raw.encoding, lines, headings)


def _heading_row(sheet: RawSheet, resource: SheetResource) -> int | None:
    """The row, near the top, with the most known headings: at least two different ones."""
    best, most = None, 1
    for index, row in enumerate(sheet.rows[:LOOK_FOR_HEADING_IN]):
        known = len({name for cell in row if isinstance(cell, str) and (name := resource.column_for(cell))})
        if known > most:
            best, most = index, known
    return best


def _places(labels: list[str], resource: SheetResource, sheet: RawSheet) -> dict[int, str]:
    """Position -> column name. Raises FileRefused when a column comes twice or a required one is missing."""
    where = f"工作表“{sheet.name}”" if sheet.name else "文件"
    places: dict[int, str] = {}
    for position, label in enumerate(labels):
        name = resource.column_for(label) if label else None
        if name is None:
            continue
        column_name = resource.columns[name].column_name
        if column_name in places.values():
            raise FileRefused(
                f"{where}里有两列都是“{column_name}”(第{position + 1}列“{label}”重复)，请删去一列。",
                code="duplicate_column",
            )
        places[position] = column_name
    missing = [c.column_name for c in resource.columns.values() if c.required and c.column_name not in places.values()]
    if missing:
        raise FileRefused(
            f"{where}缺少必需的列：{'、'.join(missing)}。请补上，或下载模板后填写。", code="missing_required_column"
        )
    return places


def _lines(sheet: RawSheet, heading: int, places: dict[int, str], labels: list[str]) -> list[Line]:
    lines = []
    width = len(labels)
    ignored = {position for position, label in enumerate(labels) if heading_key(label) in IGNORED}
    keys = {position: heading_key(labels[position]) for position in places}
    for index, row in enumerate(sheet.rows[heading + 1 :], start=heading + 2):
        filled = _filled(row)
        if not (filled.keys() - ignored) or _is_footer(filled) or _is_heading(filled, keys):
            continue
        faults = ()
        if any(position >= width for position in filled):
            faults = (
                Fault(
                    "column_count",
                    "",
                    f"这一行有{max(filled) + 1}列，比表头({width}列)多。可能某个单元格里有分隔符，请核对。",
                ),
            )
        lines.append(Line(sheet.name, index, {name: filled.get(at, "") for at, name in places.items()}, faults))
    return lines


def _filled(row: list[Cell]) -> dict[int, Cell]:
    """Position -> cell of the cells that are not blank."""
    return {at: cell for at, cell in enumerate(row) if not (isinstance(cell, str) and not cell.strip())}


def _is_footer(filled: dict[int, Cell]) -> bool:
    first = filled[min(filled)]
    return isinstance(first, str) and len(filled) <= FOOTER_CELLS and bool(FOOTER.match(_bare(first)))


def _bare(text: str) -> str:
    """Text without blanks, half-width colon: ``合  计`` and ``填表人：`` are recognised."""
    return re.sub(r"\s+", "", text).replace("：", ":")


def _is_heading(filled: dict[int, Cell], keys: dict[int, str]) -> bool:
    """A heading that is repeated further down, as printed lists do on each page."""
    same = sum(heading_key(cell) == keys.get(at) for at, cell in filled.items() if isinstance(cell, str))
    return same >= 2 and same * 2 > len(filled)
