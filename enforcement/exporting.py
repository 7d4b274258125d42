"""What enforcement exports: the ledger of notices (台账), and who was summoned."""

from __future__ import annotations

from foundation.core.actor import Actor
from foundation.exports.declaring import Column, Filters, as_listed, declare

from . import rules
from .models import InterviewParty, Order

_listed = as_listed(Order)


def _rows(actor: Actor, filters: Filters):
    return _listed(actor, filters).select_related("jurisdiction", "division", "organ")


declare(
    Order,
    columns=[
        Column("number", "文号", kind="code"),
        Column("kind", "种类"),
        Column("on_spot", "当场开具", lambda row: "是" if row.on_spot else "否"),
        Column("jurisdiction", "区县"),
        Column("division", "镇街或社区"),
        Column("party_name", "当事人"),
        Column("facts", "检查发现的问题", lambda row: "；".join(told for _, told, _ in row.facts)),
        Column("clauses", "违反的规定"),
        Column("organ", "出具单位"),
        Column("issued_on", "开具日期", kind="date"),
        Column("due_on", "整改期限", kind="date"),
        Column("service", "送达方式"),
        Column("served_on", "送达日期", kind="date"),
        Column("state", "状态"),
        Column("closed_on", "办结日期", kind="date"),
    ],
    rows=_rows,
    view_rule=rules.can_view_orders,
)

_parties = as_listed(InterviewParty)

declare(
    InterviewParty,
    columns=[
        Column("interview", "约谈", lambda row: str(row.interview)),
        Column("kind", "种类", lambda row: row.interview.get_kind_display()),
        Column("held_on", "约谈日期", lambda row: row.interview.held_on, kind="date"),
        Column("institution", "机构", lambda row: row.institution.name),
        Column("attendee", "到场人和职务", personal=True),
        Column("due_on", "整改期限", kind="date"),
        Column("state", "状态"),
        Column("remark", "核实情况"),
    ],
    rows=lambda actor, filters: _parties(actor, filters).select_related("interview", "institution"),
    view_rule=rules.can_view_orders,
)
