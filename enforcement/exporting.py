"""What enforcement exports: the ledger of notices (台账), who was summoned, what advertisements were removed."""

from __future__ import annotations

from foundation.core.actor import Actor
from foundation.exports.declaring import Column, Filters, as_listed, declare

from . import rules
from .models import InterviewParty, Order, RemovalItem

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

_removals = as_listed(RemovalItem)

declare(
    RemovalItem,
    columns=[
        Column("number", "处置编号", lambda row: row.removal.number, kind="code"),
        Column("done_on", "处置日期", lambda row: row.removal.done_on, kind="date"),
        Column("jurisdiction", "区县", lambda row: row.removal.jurisdiction),
        Column("division", "镇街或社区", lambda row: row.sighting.clue.division),
        Column("clue", "线索编号", lambda row: row.sighting.clue.number, kind="code"),
        Column("about", "机构或地址", lambda row: row.sighting.clue.about),
        Column("medium", "媒介", lambda row: row.sighting.get_medium_display()),
        Column("outcome", "处置方式"),
        Column("quantity", "数量", kind="number"),
        Column("at_least", "余", lambda row: "是" if row.at_least else "否"),
        Column("unit", "单位", lambda row: row.sighting.get_unit_display()),
        Column("officers", "处置人员", lambda row: "、".join(map(str, row.removal.officers.all()))),
        Column("assignment", "移送交办", lambda row: row.assignment.number if row.assignment else ""),
        Column("remark", "情况", lambda row: row.removal.remark),
    ],
    rows=lambda actor, filters: _removals(actor, filters).select_related("removal__jurisdiction", "assignment"),
    view_rule=rules.can_view_orders,
)
