"""What of after-school services can be exported: counts, never names."""

from __future__ import annotations

from foundation.exports.declaring import Column, declare
from funds.exporting import listed

from . import rules
from .models import Offering, Participation, Selection


def of_school() -> list[Column]:
    return [
        Column("jurisdiction", "区县", lambda row: row.school.jurisdiction),
        Column("code", "学校标识码", lambda row: row.school.code, kind="code"),
        Column("school", "学校名称", lambda row: row.school.name),
        Column("term", "学期"),
    ]


declare(
    Participation,
    columns=[
        *of_school(),
        Column("grade", "年级"),
        Column("enrolled", "在校学生数", kind="number"),
        Column("joined", "自愿参加人数", kind="number"),
        Column("exempt_hardship", "免收困难学生", kind="number"),
        Column("exempt_boarding", "免收寄宿生", kind="number"),
        Column("exempt_other", "免收其他", kind="number"),
        Column("subsidy_fen", "财政补助", kind="money"),
        Column("paid_fen", "家长缴费", kind="money"),
        Column("days_per_week", "每周天数", kind="number"),
        Column("minutes_per_day", "每天时长", kind="number"),
        Column("effective_on", "统计日期", kind="date"),
        Column("recorded_by", "登记人"),
        Column("reason", "更正理由"),
    ],
    rows=listed(Participation, "school__jurisdiction", "term", "recorded_by"),
    view_rule=rules.can_view,
)
declare(
    Offering,
    columns=[
        *of_school(),
        Column("block", "服务内容"),
        Column("title", "课程名称"),
        Column("carrier", "承担方"),
        Column("provider", "服务机构"),
        Column("lessons", "课时数", kind="number"),
        Column("fee_fen", "每课时收费", kind="money"),
        Column("voided", "状态", lambda row: "已作废" if row.voided_at else "有效"),
    ],
    rows=listed(Offering, "school__jurisdiction", "term", "block", "provider"),
    view_rule=rules.can_view,
)
declare(
    Selection,
    columns=[
        Column("jurisdiction", "遴选单位", lambda row: row.provider.jurisdiction),
        Column("provider", "服务机构", lambda row: row.provider.name),
        Column("credit_code", "统一社会信用代码", lambda row: row.provider.credit_code, kind="code"),
        Column("kind", "种类", lambda row: row.provider.get_kind_display()),
        Column("services", "服务内容", lambda row: row.provider.services),
        Column("round", "遴选批次"),
        Column("starts_on", "有效期起", kind="date"),
        Column("ends_on", "有效期止", kind="date"),
        Column("state", "状态"),
        Column("reason", "提请理由"),
        Column("doubts", "提醒"),
        Column("overruled", "仍然提请的理由"),
        Column("proposed_by", "提请人"),
        Column("decided_by", "审核人"),
        Column("remark", "审核意见"),
        Column("exited_on", "退出日期", kind="date"),
        Column("exit_reason", "退出理由"),
    ],
    rows=listed(Selection, "provider__jurisdiction", "round", "proposed_by", "decided_by"),
    view_rule=rules.can_view_providers,
)
