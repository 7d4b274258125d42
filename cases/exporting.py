"""What cases export: the ledger of cases (案件台账)."""

from __future__ import annotations

from foundation.core.money import yuan
from foundation.exports.declaring import Column, as_listed, declare

from . import papers, queries, rules
from .models import Case

_listed = as_listed(Case)


def _penalties(case: Case) -> str:
    return "；".join("：".join(papers.shown(row)) for row in queries.decided(case)) if case.decided_on else ""


declare(
    Case,
    columns=[
        Column("number", "立案号", kind="code"),
        Column("jurisdiction", "区县"),
        Column("division", "镇街或社区"),
        Column("category", "培训类别"),
        Column("source", "案件来源"),
        Column("party_name", "当事人", personal=True),
        Column("violation", "涉嫌违法行为", lambda row: row.violation.name),
        Column("summary", "案情摘要"),
        Column("organ", "办案单位"),
        Column("filed_on", "立案日期", kind="date"),
        Column("state", "状态"),
        Column("outcome", "处理意见"),
        Column("penalties", "处罚决定", _penalties),
        Column("illegal_gains", "违法所得(元)", lambda row: yuan(row.illegal_gains) if row.illegal_gains else ""),
        Column("decided_on", "决定日期", kind="date"),
        Column("closed_on", "结案日期", kind="date"),
        Column("archive_no", "案卷号"),
    ],
    rows=lambda actor, filters: _listed(actor, filters).select_related(
        "jurisdiction", "division", "organ", "violation"
    ),
    view_rule=rules.can_view_cases,
)
