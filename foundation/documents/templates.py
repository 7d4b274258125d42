"""What a template is. A changed wording is a new version; what was issued keeps its words.

A template names its fields and turns checked values into parts (``blocks``). The layouts under ``layouts/`` draw them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from foundation.core.errors import InvalidInput

from .blocks import Block
from .enums import DocumentKind
from .pictures import HASH, MOST

Values = Mapping[str, object]
MAX_TEXT = 5_000
MAX_ROWS = 500
#: What is filled in by hand on the stub: of a paper that a party is served, that is put up, that stays in the file.
SERVED = ("送达方式", "送达人", "送达日期", "备注")
POSTED = ("张贴或发布地点", "经手人", "日期")
FILED = ("归档人", "归档日期", "备注")


@dataclass(frozen=True)
class Field:
    """One value that a template asks for.

    ``kind``: text, date, list (of texts), rows (of ``columns`` texts), table (rows of any one length, its head first),
    picture (the hash of one, see ``pictures``) or pictures (rows of number, words and the hash of an original).
    """

    key: str
    label: str
    kind: str = "text"
    required: bool = True
    columns: tuple[str, ...] = ()

    def checked(self, value: object) -> object:
        """The value as it is frozen; raises ValueError with a Chinese sentence."""
        if isinstance(value, str):
            value = value.strip()
        if value in (None, "", [], ()):
            if self.required:
                raise ValueError("必须填写。")
            return [] if self.kind in ("list", "rows", "table", "pictures") else ""
        return getattr(self, f"_{self.kind}")(value)

    def _text(self, value: object) -> str:
        text = str(value).strip()
        if len(text) > MAX_TEXT:
            raise ValueError(f"不能超过{MAX_TEXT}字。")
        return text

    def _date(self, value: object) -> str:
        try:
            return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()
        except ValueError as error:
            raise ValueError("请填写如 2024-04-24 的日期。") from error

    def _picture(self, value: object) -> str:
        if not HASH.fullmatch(str(value)):
            raise ValueError("照片摘要不完整。")
        return str(value)

    def _pictures(self, value: object) -> list[list[str]]:
        rows = self._rows(value)
        if len(rows) > MOST:
            raise ValueError(f"最多印{MOST}张照片。")
        if any(not HASH.fullmatch(row[-1]) for row in rows):
            raise ValueError("照片摘要不完整。")
        return rows

    def _list(self, value: object) -> list[str]:
        if not isinstance(value, (list, tuple)) or len(value) > MAX_ROWS:
            raise ValueError(f"应为不超过{MAX_ROWS}项的列表。")
        return [self._text(item) for item in value]

    def _rows(self, value: object) -> list[list[str]]:
        if not isinstance(value, (list, tuple)) or len(value) > MAX_ROWS:
            raise ValueError(f"应为不超过{MAX_ROWS}行的表格。")
        if any(not isinstance(row, (list, tuple)) or len(row) != len(self.columns) for row in value):
            raise ValueError(f"每行应有{len(self.columns)}列：{'、'.join(self.columns)}。")
        return [[self._text(cell) for cell in row] for row in value]

    def _table(self, value: object) -> list[list[str]]:
        rows = list(value) if isinstance(value, (list, tuple)) else []
        if not 2 <= len(rows) <= MAX_ROWS or len({len(row) for row in rows}) != 1:
            raise ValueError(f"应为有表头、不超过{MAX_ROWS}行、每行一样长的表格。")
        return [[self._text(cell) for cell in row] for row in rows]


@dataclass(frozen=True)
class DocumentTemplate:
    """One version of one kind.

    ``word`` follows the organ's 机关代字 in the 文号; ``verifies`` stands beside the QR code, which leads to the page
    the document's own validity, or to the page that the field ``page_field`` names (a path on the public site).
    ``picture_field`` names the field with the picture that the layout shows. ``layout`` is the Typst file that draws
    the PDF; Word has one layout for all.

    ``internal``: a record of the office, of which the public page says that it exists and its digest, and not whom it
    is about. ``by_hand`` are the blanks on the stub where those of a served, posted or filed paper do not fit.
    ``own_words``: an organ may put it into words of its own (``local_words``); only where no sentence of the law
    hangs on a value. ``sealed``: the organ's name, day and seal close it; not where the parties themselves sign.
    ``signers`` sign at the foot of every page.
    """

    kind: DocumentKind
    version: int
    word: str
    fields: tuple[Field, ...]
    body: Callable[[Values], list[Block]]
    stub: Callable[[Values], list[tuple[str, str]]]
    verifies: str
    party_field: str = ""
    served: bool = True  # handed to a party, who signs the receipt on the stub
    layout: str = "paper"
    page_field: str = ""
    picture_field: str = ""
    internal: bool = False
    by_hand: tuple[str, ...] = ()
    sealed: bool = True
    signers: tuple[str, ...] = ()
    own_words: bool = False
    heading: Callable[[Values], str] | None = None

    @property
    def stub_blanks(self) -> tuple[str, ...]:
        return self.by_hand or (FILED if self.internal else SERVED if self.served else POSTED)

    def title(self, values: Values) -> str:
        return self.heading(values) if self.heading else self.kind.label

    def checked(self, given: Values) -> dict[str, object]:
        """All fields of the template, normalised; raises InvalidInput that names each wrong one."""
        problems: dict[str, list[str]] = {}
        values: dict[str, object] = {}
        for field in self.fields:
            try:
                values[field.key] = field.checked(given.get(field.key))
            except ValueError as error:
                problems[field.key] = [str(error)]
        for key in set(given) - {field.key for field in self.fields}:
            problems[key] = ["本文书没有这一项。"]
        if problems:
            labels = {field.key: field.label for field in self.fields}
            sentences = [f"{labels.get(key, key)}：{''.join(texts)}" for key, texts in problems.items()]
            raise InvalidInput("；".join(sentences), code="document_fields", fields=problems)
        return values


def cn_date(iso: object) -> str:
    """``2024-04-24`` as 2024年4月24日."""
    day = date.fromisoformat(str(iso))
    return f"{day.year}年{day.month}月{day.day}日"


def code_label(code: object) -> str:
    """What a party's number is: eighteen characters are a credit code, of a person only the last four are kept."""
    return "统一社会信用代码" if len(str(code)) == 18 else "证件号码后四位"


def day_or_blank(iso: object) -> str:
    """The day, or a place to write it by hand."""
    return cn_date(iso) if iso else "____年__月__日"


def known(pairs: Iterable[tuple[str, object]]) -> list[list[str]]:
    """(label, value) lines of a table; what is not known is left to be filled in by hand."""
    return [[label, str(value) if value else "________"] for label, value in pairs]
