"""What of bank files and the reconciliation can be exported. Who paid stays masked; a memo may name somebody."""

from __future__ import annotations

from foundation.core.ciphers import masked
from foundation.exports.declaring import Column, declare
from funds.exporting import listed

from . import rules
from .models import BankFile, BankLine, Difference


def of_account() -> list[Column]:
    return [
        Column("institution", "机构", lambda row: row.account.institution.name),
        Column("bank", "银行", lambda row: row.account.bank),
        Column("tail", "账号尾号", lambda row: row.account.number_tail, kind="code"),
    ]


def means(row: BankLine) -> str:
    meaning = getattr(row, "meaning", None)
    return meaning.get_means_display() if meaning else ""


declare(
    BankFile,
    columns=[
        Column("bank", "银行"),
        Column("name", "文件名"),
        Column("received_at", "报送时间", kind="date"),
        Column("received_by", "报送人"),
        Column("state", "结果"),
        Column("reason", "退回原因"),
        Column("first_on", "对账期间起", kind="date"),
        Column("last_on", "对账期间止", kind="date"),
        Column("lines", "明细数", kind="number"),
        Column("fresh", "新增数", kind="number"),
    ],
    rows=listed(BankFile, "bank", "received_by"),
    view_rule=rules.can_view,
)
declare(
    BankLine,
    columns=[
        *of_account(),
        Column("day", "日期", kind="date"),
        Column("fen", "金额", kind="money"),
        Column("memo", "摘要", personal=True),
        Column("name", "对方户名(已遮蔽)", lambda row: masked(row.name, head=1, tail=0)),
        Column("serial", "流水号", kind="code"),
        Column("meaning", "含义", means),
    ],
    rows=listed(BankLine, "account__institution", "account__bank", "meaning"),
    view_rule=rules.can_view,
)
declare(
    Difference,
    columns=[
        *of_account(),
        Column("day", "日期", kind="date"),
        Column("kind", "类别"),
        Column("bank_fen", "银行金额", kind="money"),
        Column("books_fen", "账上金额", kind="money"),
        Column("state", "状态"),
        Column("owner", "责任人"),
        Column("due_on", "查清期限", kind="date"),
        Column("ended_on", "消除日期", kind="date"),
        Column("explanation", "说明"),
        Column("explained_by", "说明人"),
    ],
    rows=listed(Difference, "account__institution", "account__bank", "owner", "explained_by"),
    view_rule=rules.can_view_desk,
)
