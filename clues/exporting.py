"""What the register of clues exports; what may name people needs the right and a purpose."""

from __future__ import annotations

from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.exports.declaring import Column, Filters, as_listed, declare

from . import rules
from .models import Clue

_listed = as_listed(Clue)


def _rows(actor: Actor, filters: Filters):
    return _listed(actor, filters).select_related("jurisdiction", "division", "institution", "unlicensed_site")


declare(
    Clue,
    columns=[
        Column("number", "线索编号", kind="code"),
        Column("subject", "问题类别"),
        Column("channel", "来源"),
        Column("order_no", "12345工单编号", kind="code"),
        Column("urgency", "缓急"),
        Column("jurisdiction", "区县"),
        Column("division", "镇街或社区"),
        Column("institution", "涉及机构"),
        Column("unlicensed_site", "涉及无证场所"),
        Column("address", "地址"),
        Column("sign", "招牌或称呼"),
        Column("happened_on", "发现日期", kind="date"),
        Column("received_on", "收到日期", lambda row: local_date(row.received_at), kind="date"),
        Column("points", "核查要点", lambda row: "；".join(row.points)),
        Column("state", "状态"),
        Column("verdict", "核查结论"),
        Column("content", "反映内容", personal=True),
        Column("result", "核查情况", personal=True),
    ],
    rows=_rows,
    view_rule=rules.can_view_clues,
)
