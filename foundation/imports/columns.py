"""The columns of a register, declared once as a django-import-export Resource.

Template, export, error file and the reading of rows all come from the same declaration, hence the round trip. The
library's own row-by-row saving and its import view are not used: ``operations`` write, set-based.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from import_export import fields, resources

from foundation.core.ciphers import masked

from .faults import CellRefused, Fault

IGNORED = frozenset({"序号", "编号", "错误", "提示", "原行号"})
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_MARKS = re.compile(r"[\s*:,;/\\_\-·.。、|]+")


def heading_key(label: object) -> str:
    """A column heading without blanks, marks and remarks in brackets: ``*机构名称（全称）`` -> ``机构名称``."""
    text = unicodedata.normalize("NFKC", str(label))
    bare = _MARKS.sub("", _BRACKETS.sub("", text))
    return bare or _MARKS.sub("", text)


class Column(fields.Field):
    """One column: its name, its other spellings, how it is read and shown.

    ``required`` means that a file without the column is refused; whether an empty cell is a fault, the target decides.
    ``personal`` values are stored sealed and shown masked. ``from_title`` reads the value that a sheet's name, title or
    group row gives to all rows below when the sheet lacks the column; None when the text says nothing.
    """

    def __init__(
        self,
        column_name: str,
        *,
        widget: Any,
        spellings: Iterable[str] = (),
        required: bool = False,
        personal: bool = False,
        from_title: Callable[[str], str | None] | None = None,
        example: str = "",
        note: str = "",
    ) -> None:
        super().__init__(column_name=column_name, widget=widget)
        self.spellings = frozenset(map(heading_key, (column_name, *spellings)))
        self.required = required
        self.personal = personal
        self.from_title = from_title
        self.example = example
        self.note = note

    def read(self, cells: dict[str, Any], warnings: list[Fault], **kwargs: Any) -> Any:
        """The cell's value in its canonical, JSON-ready form, None when it is empty; raises CellRefused."""

        def warn(code: str, message: str, before: str = "", after: str = "") -> None:
            warnings.append(self.fault(code, message, before=before, after=after))

        return self.clean(cells, warn=warn, **kwargs)

    def fault(self, code: str, message: str, *, before: str = "", after: str = "", confidence: float = 0) -> Fault:
        if self.personal:
            before, after = (masked(text) if text else "" for text in (before, after))
        return Fault(code, self.attribute, f"{self.column_name}：{message}", before[:200], after[:200], confidence)

    def shown(self, value: Any) -> str:
        """The value as a spreadsheet and a screen show it."""
        return "" if value is None else str(self.widget.render(value))


class SheetResource(resources.Resource):
    """The columns of one register, in their order."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name, column in self.fields.items():
            column.attribute = name
        self.columns: dict[str, Column] = dict(self.fields)
        self._by_heading = {key: name for name, column in self.columns.items() for key in column.spellings}

    def column_for(self, label: object) -> str | None:
        """The name of the column that a heading means, if it is one of ours."""
        return self._by_heading.get(heading_key(label))

    def clean_row(self, cells: dict[str, Any], **kwargs: Any) -> tuple[dict[str, Any], list[Fault], list[Fault]]:
        """(record, warnings, reasons) of one row: every column is read, so that all faults are told at once."""
        record: dict[str, Any] = {}
        warnings: list[Fault] = []
        reasons: list[Fault] = []
        for name, column in self.columns.items():
            if column.column_name not in cells:
                continue
            try:
                value = column.read(cells, warnings, **kwargs)
            except CellRefused as refusal:
                reasons.append(
                    column.fault(
                        refusal.code,
                        refusal.message,
                        before=refusal.before,
                        after=refusal.after,
                        confidence=refusal.confidence,
                    )
                )
                continue
            if value is not None:
                record[name] = value
        return record, warnings, reasons

    def shown_row(self, record: dict[str, Any]) -> list[str]:
        """A record's values under ``headings()``."""
        return [column.shown(record.get(name)) for name, column in self.columns.items()]

    def headings(self) -> list[str]:
        return [column.column_name for column in self.columns.values()]

    def personal_columns(self) -> dict[str, str]:
        """Field name -> column name of the columns that hold personal data."""
        return {name: column.column_name for name, column in self.columns.items() if column.personal}
