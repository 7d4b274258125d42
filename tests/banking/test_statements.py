"""Reading a day file: what it says, and why it is sent back whole, with the row at fault."""

from __future__ import annotations

import io
from datetime import date

import pytest

from banking.enums import AmountStyle, Column
from banking.statements import Layout, read_statements
from foundation.imports.faults import FileRefused
from tests.banking.bank_files import HEADINGS, PROFILE, Moved, Truth, rows, text

LAYOUT = Layout(**PROFILE)
ONE = Truth("6222000000001234", date(2026, 11, 2), 500_00, [[Moved(3600_00), Moved(-120_50, "手续费")], [Moved(1)]])


def read(data: bytes, layout: Layout = LAYOUT):
    return read_statements(io.BytesIO(data), layout)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_says_the_same_in_every_encoding_and_below_a_title(encoding):
    (statement,) = read(text(rows(ONE, 0, 2), encoding=encoding, above=["中国某银行日终对账单", ""]))
    assert (statement.number, statement.opening_fen, statement.closing_fen) == (ONE.number, 500_00, 3979_51)
    assert (statement.opened_on, statement.closed_on) == (date(2026, 11, 2), date(2026, 11, 3))
    assert [(line.day.day, line.fen, line.memo) for line in statement.lines] == [
        (2, 3600_00, "网上缴费"),
        (2, -120_50, "手续费"),
        (3, 1, "网上缴费"),
    ]


def test_two_accounts_in_one_file_are_told_apart_however_their_rows_are_mixed():
    other = Truth("6222000000005678", ONE.first, 0, [[Moved(7_00)], []])
    one, two = rows(ONE, 0, 2), rows(other, 0, 2)
    mixed = [one[0], two[0], two[1], *one[1:], two[2]]
    assert [(each.number[-4:], len(each.lines)) for each in read(text(mixed))] == [("1234", 3), ("5678", 1)]


@pytest.mark.parametrize(
    ("style", "extra", "cells"),
    [
        (AmountStyle.SIGNED, {}, [{"amount": "-120.50"}, {"amount": "3600"}]),
        (
            AmountStyle.MARKED,
            {"income": "贷", "outgo": "借"},
            [{"amount": "120.50", "direction": "借"}, {"amount": "3,600.00", "direction": "贷"}],
        ),
    ],
)
def test_each_way_to_write_amounts(style, extra, cells):
    heads = {key: head for key, head in HEADINGS.items() if key not in (Column.INCOME, Column.OUTGO)}
    heads |= {Column.AMOUNT: "金额", Column.DIRECTION: "借贷"}
    lines = [
        ",".join(heads.values()),
        *(
            ",".join({"account": "62220000", "day": "2026/11/2", **row}.get(key, "") for key in heads)
            for row in [
                {"memo": "期初余额", "balance": "0"},
                *({"memo": "转账", "amount": cell["amount"].replace(",", ""), **_rest(cell)} for cell in cells),
                {"memo": "期末余额", "balance": "3479.5"},
            ]
        ),
    ]
    layout = Layout(heads, style, "期初余额", "期末余额", **extra)
    (statement,) = read("\n".join(lines).encode(), layout)
    assert [line.fen for line in statement.lines] == [-120_50, 3600_00]


def _rest(cell: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in cell.items() if key != "amount"}


def broken(change) -> bytes:
    all_rows = [dict(row) for row in rows(ONE, 0, 2)]
    change(all_rows)
    return text(all_rows)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (lambda r: r[1].update(income="3,600.01"), "not_balanced", "应为3,979.52元，文件写的期末余额是3,979.51元"),
        (lambda r: r.pop(2), "not_balanced", "账户尾号1234"),
        (lambda r: r.pop(), "no_closing", "没有“期末余额”行"),
        (lambda r: r.pop(0), "no_opening", "第2行"),
        (lambda r: r.append(r[-1]), "closing_twice", "两个期末余额"),
        (lambda r: r.insert(1, r[0]), "opening_twice", "两个期初余额"),
        (lambda r: r[1].update(income="三千六百"), "amount", "第3行：金额“三千六百”无法识别"),
        (lambda r: r[1].update(income="3600.005"), "amount", "无法识别"),
        (lambda r: r[1].update(outgo="1"), "amount", "只填一个"),
        (lambda r: r[1].update(income="", outgo="0"), "amount", "只填一个"),
        (lambda r: r[1].update(day="2026-11-31"), "day", "日期“2026-11-31”无法识别"),
        (lambda r: r[1].update(day="2026-12-01"), "days", "不在该账户的对账期间内"),
        (lambda r: r[1].update(account=""), "account", "没有本方账号"),
        (lambda r: (r[1].update(serial="8"), r[2].update(serial="8")), "serial_twice", "流水号8出现了两次"),
        (lambda r: r[0].update(balance=""), "balance", "第2行：没有填写余额"),
        (lambda r: r.clear(), "no_account", "期初余额行"),
    ],
)
def test_what_cannot_be_proved_is_sent_back_with_its_reason(change, code, words):
    with pytest.raises(FileRefused) as refused:
        read(broken(change))
    assert refused.value.code == code
    assert words in refused.value.message


def test_a_file_without_the_agreed_headings_is_sent_back():
    with pytest.raises(FileRefused) as refused:
        read(text(rows(ONE, 0, 1)).replace("余额".encode(), "剩余".encode(), 1))
    assert refused.value.code == "no_headings"
    assert "余额" in refused.value.message
