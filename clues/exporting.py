"""What the register of clues exports; what may name people needs the right and a purpose."""

from __future__ import annotations

from foundation.core.actor import Actor
from foundation.exports.declaring import Column, Filters, as_listed, declare

from . import rules
from .enums import Claim
from .models import Clue, Sighting

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
        Column("received_on", "收到日期", kind="date"),
        Column("points", "核查要点", lambda row: "；".join(row.points)),
        Column("state", "状态"),
        Column("verdict", "核查结论"),
        Column("content", "反映内容", personal=True),
        Column("result", "核查情况", personal=True),
    ],
    rows=_rows,
    view_rule=rules.can_view_clues,
)

_sightings = as_listed(Sighting)


def _adverts(actor: Actor, filters: Filters):
    return _sightings(actor, filters).select_related("clue__jurisdiction", "clue__division", "clue__institution")


declare(
    Sighting,
    columns=[
        Column("number", "线索编号", lambda row: row.clue.number, kind="code"),
        Column("happened_on", "发现日期", lambda row: row.clue.happened_on, kind="date"),
        Column("jurisdiction", "区县", lambda row: row.clue.jurisdiction),
        Column("division", "镇街或社区", lambda row: row.clue.division),
        Column("institution", "涉及机构", lambda row: row.clue.institution),
        Column("sign", "招牌或称呼", lambda row: row.clue.sign),
        Column("address", "地址", lambda row: row.clue.address),
        Column("medium", "媒介"),
        Column("carrier", "校园载体"),
        Column("nearness", "离学校"),
        Column("quantity", "数量", kind="number"),
        Column("at_least", "余", lambda row: "是" if row.at_least else "否"),
        Column("unit", "单位"),
        Column("claims", "虚假宣传类别", lambda row: "、".join(Claim(claim).label for claim in row.claims)),
        Column("laws", "依据", lambda row: "；".join(dict.fromkeys(law for _, _, _, law, _ in row.marks))),
        Column("state", "线索状态", lambda row: row.clue.get_state_display()),
        Column("link", "链接"),
        Column("content", "正文", lambda row: row.clue.content, personal=True),
    ],
    rows=_adverts,
    view_rule=rules.can_view_clues,
)
