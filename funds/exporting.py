"""What of fund supervision can be exported; of an account's number the last four."""

from __future__ import annotations

from foundation.exports.declaring import Column, as_listed, declare

from . import rules
from .models import Agreement, Exemption, FlagEvent, Obstacle, SupervisedAccount


def of_institution() -> list[Column]:
    """Whose row it is: the first columns of each register here."""
    return [
        Column("institution", "机构", lambda row: row.institution.name),
        Column("jurisdiction", "区县", lambda row: row.institution.jurisdiction),
    ]


def proposal() -> list[Column]:
    return [
        Column("state", "状态"),
        Column("reason", "理由"),
        Column("proposed_by", "提请人"),
        Column("decided_by", "审核人"),
        Column("remark", "审核意见"),
    ]


def listed(model: type, *related: str):
    rows = as_listed(model)
    return lambda actor, filters: rows(actor, filters).select_related(*related)


HOME = "institution__jurisdiction"

declare(
    SupervisedAccount,
    columns=[
        *of_institution(),
        Column("bank", "监管银行"),
        Column("number_tail", "账号尾号", kind="code"),
        Column("holder", "户名"),
        Column("opened_on", "开户日期", kind="date"),
        Column("closed_on", "销户日期", kind="date"),
    ],
    rows=listed(SupervisedAccount, HOME, "bank"),
    view_rule=rules.can_view_accounts,
)
declare(
    Agreement,
    columns=[
        *of_institution(),
        Column("bank", "监管银行"),
        Column("mode", "监管方式"),
        Column("valid_from", "有效期起", kind="date"),
        Column("valid_to", "有效期至", kind="date"),
        Column("state", "状态"),
        Column("signed_on", "签署日期", kind="date"),
        Column("ended_on", "终止日期", kind="date"),
        Column("end_reason", "终止理由"),
    ],
    rows=listed(Agreement, HOME, "bank"),
    view_rule=rules.can_view_accounts,
)
declare(
    FlagEvent,
    columns=[
        *of_institution(),
        Column("flag", "事项"),
        Column("up", "登记", lambda row: "完成" if row.up else "撤销"),
        Column("corrected", "更正", lambda row: "已更正" if row.withdrawn or hasattr(row, "replaced_by") else ""),
        Column("effective_on", "自", kind="date"),
        Column("evidence", "依据或理由"),
        Column("recorded_by", "登记人"),
        Column("recorded_at", "登记时间", kind="date"),
    ],
    rows=listed(FlagEvent, HOME, "recorded_by", "replaced_by"),
    view_rule=rules.can_see_rates,
)
declare(
    Exemption,
    columns=[
        *of_institution(),
        Column("kind", "豁免情形"),
        Column("from_on", "自", kind="date"),
        Column("until_on", "至", kind="date"),
        Column("ended_on", "提前终止", kind="date"),
        *proposal(),
    ],
    rows=listed(Exemption, HOME, "proposed_by", "decided_by"),
    view_rule=rules.can_view,
)
declare(
    Obstacle,
    columns=[
        Column("jurisdiction", "区县"),
        Column("institution", "机构", lambda row: row.institution.name if row.institution else "全县共性"),
        Column("kind", "问题分类"),
        Column("words", "问题"),
        Column("owner", "负责人"),
        Column("found_on", "发现日期", kind="date"),
        Column("due_on", "解决期限", kind="date"),
        Column("state", "状态"),
        Column("closed_on", "解决日期", kind="date"),
        Column("result", "处理结果"),
    ],
    rows=listed(Obstacle, "jurisdiction", "institution", "owner"),
    view_rule=rules.can_view,
)
