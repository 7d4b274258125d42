"""The columns of a register, declared once as a django-import-export Resource.

Template, export, error file and the reading of rows all come from the same declaration, hence the round trip. The
library's own row-by-row saving and its import view are not used: ``operations`` write, set-based.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from import_export import fields, resources

from .faults import CellRefused, Fault
from .values.texts import EMPTY, INVISIBLE

if TYPE_CHECKING:
    from .target import Row

IGNORED = frozenset({"序号", "编号", "错误", "提示", "原行号"})
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_MARKS = re.compile(r"[\s*:,;/\\_\-·.。、|]+")


def heading_key(label: object) -> str:
    """A column heading without blanks, marks and remarks in brackets: ``*机构名称（全称）`` -> ``机构名称``."""
    text = unicodedata.normalize("NFKC", str(label))
    bare = _MARKS.sub("", _BRACKETS.sub("", text))
    return bare or _MARKS.sub("", text)


REMEMBERED = 10_000  # different cells per column and process


#: What may be a slip of the hand; an incomplete date or a lost digit is none.
SLIPS = frozenset({"category_unknown", "phone_invalid", "date_invalid"})


@dataclass(frozen=True, slots=True)
class Seen:
    """What one cell was read as."""

    value: Any
    warnings: tuple[Fault, ...] = ()
    reasons: tuple[Fault, ...] = ()


class Column(fields.Field):
    """One column: its name, its other spellings, how it is read and shown.

    ``required`` means that a file without the column is refused; whether an empty cell is a fault, the target decides.
    With ``optional`` a word outside the column's list is told and left out, and refuses no row.
    ``personal`` values are stored sealed and shown masked. ``from_title`` reads the value that a sheet's name, title or
    group row gives to all rows below when the sheet lacks the column; None when the text says nothing. ``note`` and
    ``example`` are for who fills in the template, ``typed`` for who mends one cell on the page.
    """

    def __init__(
        self,
        column_name: str,
        *,
        widget: Any,
        spellings: Iterable[str] = (),
        required: bool = False,
        optional: bool = False,
        personal: bool = False,
        from_title: Callable[[str], str | None] | None = None,
        example: str = "",
        note: str = "",
        typed: str = "",
    ) -> None:
        super().__init__(column_name=column_name, widget=widget)
        self.spellings = frozenset(map(heading_key, (column_name, *spellings)))
        self.required = required
        self.optional = optional
        self.personal = personal
        self.from_title = from_title
        self.example = example
        self.note = note
        self.typed = typed
        self._known: dict[str, Seen] = {}

    def read(self, cells: Sequence[Any], rows: Sequence[Row]) -> None:
        """Put this column's cells into the rows' records; what there is to say about a cell goes to its row.

        A cell that the widget calls plain is taken as it stands. Whatever is stored otherwise than it was written
        gets a warning with both, so that no value changes unseen.
        """
        plain, repeats = self.widget.is_plain, self.widget.repeats
        name, known = self.attribute, self._known
        for row, cell in zip(rows, cells, strict=True):
            if cell == "":
                continue
            if type(cell) is str:
                if plain(cell):
                    row.record[name] = cell
                    continue
                seen = known.get(cell)
                if seen is None:
                    seen = self.examine(cell)
                    if repeats and len(known) < REMEMBERED:
                        known[cell] = seen
            else:
                seen = self.examine(cell)
            if seen.value is not None:
                row.record[name] = seen.value
            row.warnings.extend(seen.warnings)
            row.reasons.extend(seen.reasons)

    def examine(self, cell: Any) -> Seen:
        """What one cell says: its value, or why it is refused, and what was done to it."""
        warnings: list[Fault] = []

        def warn(code: str, message: str, before: str = "", after: str = "") -> None:
            warnings.append(self.fault(code, message, before=before, after=after))

        try:
            value = self.widget.clean(cell, warn=warn)
        except CellRefused as no:
            no = self._with_suggestion(no)
            if self.optional and no.code == "category_unknown" and not no.after:
                warn(no.code, f"{no.message.removesuffix('。')}，未采用。", no.before)
                return Seen(None, (*warnings,))
            fault = self.fault(no.code, no.message, before=no.before, after=no.after, confidence=no.confidence)
            return Seen(None, (*warnings,), (fault,))
        if (
            isinstance(cell, str)
            and not warnings
            and (shown := self.shown(value)) != cell
            and cell.strip() not in EMPTY
        ):
            warn("normalized", _what_was_done(cell, shown), cell, shown)
        return Seen(tuple(value) if isinstance(value, list) else value, (*warnings,))

    def _with_suggestion(self, refusal: CellRefused) -> CellRefused:
        """A slip of which exactly one reading is left, which the column would take, comes with that reading."""
        if refusal.after or refusal.code not in SLIPS:
            return refusal
        found = self.widget.suggested(refusal.before)
        if found is None or self.examine(found.value).reasons:
            return refusal
        hint = "" if self.personal else f"，可能是 {found.value}（{found.why}）。"
        message = refusal.message.removesuffix("。") + hint if hint else refusal.message
        return CellRefused(refusal.code, message, before=refusal.before, after=found.value, confidence=found.confidence)

    def fault(self, code: str, message: str, *, before: str = "", after: str = "", confidence: float = 0) -> Fault:
        text, before, after = (
            each.replace("\0", "") for each in (f"{self.column_name}：{message}", before[:200], after[:200])
        )  # PostgreSQL keeps no NUL
        return Fault(code, self.attribute, text, before, after, confidence)

    def shown(self, value: Any) -> str:
        """The value as a spreadsheet and a screen show it."""
        return "" if value is None else str(self.widget.render(value))


def _what_was_done(before: str, after: str) -> str:
    if not after:
        return "不是有效内容，按未填写处理。"
    if INVISIBLE.search(before):
        return "已去掉看不见的字符。"
    return "已统一写法。"


class SheetResource(resources.Resource):
    """The columns of one register, in their order."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name, column in self.fields.items():
            column.attribute = name
        self.columns: dict[str, Column] = dict(self.fields)

    def shown_row(self, record: dict[str, Any]) -> list[str]:
        """A record's values under ``headings()``."""
        return [column.shown(record.get(name)) for name, column in self.columns.items()]

    def headings(self) -> list[str]:
        return [column.column_name for column in self.columns.values()]

    def personal_columns(self) -> dict[str, str]:
        """Field name -> column name of the columns that hold personal data."""
        return {name: column.column_name for name, column in self.columns.items() if column.personal}
