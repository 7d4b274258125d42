"""What of early warning can be exported."""

from __future__ import annotations

from foundation.exports.declaring import Column, declare
from funds.exporting import HOME, listed, of_institution

from . import rules
from .models import Alert, Runaway

declare(
    Alert,
    columns=[
        *of_institution(),
        Column("rule", "规则", str),
        Column("grade", "等级"),
        Column("words", "为什么"),
        Column("remedy", "怎样降低"),
        Column("opened_on", "发出日期", kind="date"),
        Column("owner", "负责人"),
        Column("action", "处置方式"),
        Column("due_on", "处置期限", kind="date"),
        Column("state", "状态"),
        Column("ended_on", "结束日期", kind="date"),
        Column("ended_by", "办结人"),
        Column("result", "结果或理由"),
    ],
    rows=listed(Alert, HOME, "owner", "ended_by"),
    view_rule=rules.can_view,
)
declare(
    Runaway,
    columns=[
        Column("happened_on", "发生日期", kind="date"),
        Column("name", "机构名称"),
        Column("jurisdiction", "区县"),
        Column("kind", "类型"),
        Column("persons", "涉及人数", kind="number"),
        Column("amount_fen", "涉及金额", kind="money"),
        Column("words", "情况", personal=True),
        Column("source", "来源"),
        Column("entered_by", "登记人"),
        Column("entered_at", "登记时间", kind="date"),
        Column("struck", "更正", lambda row: "已更正" if row.struck_at else ""),
        Column("strike_reason", "更正理由"),
    ],
    rows=listed(Runaway, "jurisdiction", "entered_by"),
    view_rule=rules.can_view,
)
