"""What the layout of a file is: its sheets, their headings, the places of our columns, the rows of data in blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from foundation.imports.columns import IGNORED, heading_key
from foundation.imports.faults import Fault, FileRefused
from foundation.imports.reading import Cell

from .spelling import full_key

MARK_HEAD = "导出标记"  # the last column of our own exports
EXPORT_NOTES = "导出说明"  # and the sheet that tells of them


@dataclass(frozen=True)
class Heading:
    """A heading of the file and the column that it was taken for; None is not imported. ``sample``: its first values.

    ``key`` is what a clerk's choice for this heading is remembered under.
    """

    sheet: str | None
    position: int
    label: str
    column: str | None
    sample: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return full_key(self.label)

    @property
    def is_ignored(self) -> bool:
        """Whether it never means anything (序号 and the like)."""
        return is_ignored(self.label) or is_ignored(self.label.rpartition("/")[2])


def is_ignored(label: str) -> bool:
    key = heading_key(label)
    return key in IGNORED or key == MARK_HEAD


@dataclass(frozen=True)
class Block:
    """Up to 5,000 rows of data that share one heading. ``rows`` hold cells by position, merged cells filled.

    ``places`` and ``defaults`` are the sheet's, until a second heading or a group row (一、学科类) changes them.
    """

    sheet: str | None
    numbers: list[int]
    rows: list[list[Cell]]
    faults: dict[int, list[Fault]]
    places: Mapping[str, int] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetTable:
    """A sheet with a heading. ``defaults``: texts for columns that it lacks but its name or title tells.

    ``blocks()`` gives all rows of data; ``blocks(n)`` at most n at a time, for one who wants no more than the first.
    """

    name: str | None
    headings: list[Heading]
    places: dict[str, int]
    defaults: dict[str, str]
    rows_hint: int
    blocks: Callable[..., Iterator[Block]]


@dataclass(frozen=True)
class Table:
    """A file's layout. ``left_out`` names hidden sheets and those without a heading of ours."""

    encoding: str
    sheets: list[SheetTable]
    left_out: list[str]

    @property
    def headings(self) -> list[Heading]:
        return [heading for sheet in self.sheets for heading in sheet.headings]

    @property
    def rows_hint(self) -> int:
        """About how many rows there are; never fewer than rows of data."""
        return sum(sheet.rows_hint for sheet in self.sheets)

    def mapping(self) -> dict[str, str]:
        """Heading -> the column that it was taken for, those that mean none left out."""
        return {each.label: each.column for each in self.headings if each.column is not None}

    def unused(self) -> list[str]:
        """Headings that mean none of our columns, without those that never do (序号 and the like)."""
        strange = (each.label for each in self.headings if each.column is None and not each.is_ignored)
        return list(dict.fromkeys(strange))


class LayoutRefused(FileRefused):
    """Headings were found but cannot be used as they are; ``table`` holds them, so that a clerk can map them."""

    def __init__(self, message: str, *, code: str, table: Table) -> None:
        super().__init__(message, code=code)
        self.table = table
