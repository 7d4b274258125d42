"""What the registers of outreach, meetings and honours export."""

from __future__ import annotations

from foundation.core.actor import Actor
from foundation.exports.declaring import Column, Filters, as_listed, declare

from . import rules
from .models import Honour, Meeting, Noted, Outreach


def _rows(model: type[Noted]):
    listed = as_listed(model)

    def rows(actor: Actor, filters: Filters):
        return listed(actor, filters).select_related("organ", "jurisdiction")

    return rows


COMMON = [
    Column("organ", "登记单位"),
    Column("jurisdiction", "地区"),
    Column("voided", "是否作废", lambda row: "已作废" if row.voided_at else ""),
]
declare(
    Outreach,
    columns=[
        Column("title", "内容"),
        Column("channel", "渠道"),
        Column("happened_on", "日期", kind="date"),
        Column("place", "地点或载体"),
        Column("audience", "受众(人次)", kind="number"),
        Column("at_least", "约数", lambda row: "余" if row.at_least else ""),
        Column("link", "链接"),
        *COMMON,
    ],
    rows=_rows(Outreach),
    view_rule=rules.can_view,
)
declare(
    Meeting,
    columns=[
        Column("title", "会议名称"),
        Column("kind", "种类"),
        Column("happened_on", "日期", kind="date"),
        Column("organiser", "召集单位"),
        Column("attendees", "参加单位", lambda row: row.attendees_text),
        Column("people", "参加人数", lambda row: row.people, kind="number"),
        Column("topics", "议题"),
        Column("decisions", "议定事项"),
        *COMMON,
    ],
    rows=_rows(Meeting),
    view_rule=rules.can_view,
)
declare(
    Honour,
    columns=[
        Column("title", "荣誉名称"),
        Column("giver", "授予单位"),
        Column("happened_on", "授予日期", kind="date"),
        Column("document", "文件"),
        *COMMON,
    ],
    rows=_rows(Honour),
    view_rule=rules.can_view,
)
