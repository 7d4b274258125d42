"""What of releases, refunds and holds can be exported: contracts by their number, nobody by name."""

from __future__ import annotations

from foundation.exports.declaring import Column, declare
from funds.exporting import HOME, listed, of_institution

from . import rules
from .models import Hold, Refund, Release

declare(
    Release,
    columns=[
        *of_institution(),
        Column("account", "付款账户", lambda row: f"{row.account.bank} 尾号{row.account.number_tail}"),
        Column("up_to", "消课截至", kind="date"),
        Column("lines_count", "人次", kind="number"),
        Column("amount_fen", "金额", kind="money"),
        Column("state", "状态"),
        Column("proposed_by", "提请人"),
        Column("proposed_at", "提请时间", kind="date"),
        Column("decided_by", "审核人"),
        Column("decided_at", "审核时间", kind="date"),
        Column("remark", "意见"),
        Column("paid_on", "付款日期", kind="date"),
        Column("bank_reference", "银行回单号", kind="code"),
    ],
    rows=listed(Release, HOME, "account__bank", "proposed_by", "decided_by"),
    view_rule=rules.can_view_releases,
)
declare(
    Refund,
    columns=[
        Column("contract", "合同编号", lambda row: row.contract.number, kind="code"),
        Column("institution", "机构", lambda row: row.contract.institution.name),
        Column("jurisdiction", "区县", lambda row: row.contract.jurisdiction),
        Column("asked_fen", "申请金额", kind="money"),
        Column("agreed_fen", "同意金额", kind="money"),
        Column("unused_fen", "申请时未消课", kind="money"),
        Column("asked_on", "申请日期", kind="date"),
        Column("asked_by", "申请方式"),
        Column("reason", "申请理由", personal=True),
        Column("answer", "机构答复", personal=True),
        Column("answered_on", "答复日期", kind="date"),
        Column("coordinator", "协调人"),
        Column("outcome", "协调情况", personal=True),
        Column("state", "状态"),
        Column("approved_by", "核定人"),
        Column("paid_on", "退款日期", kind="date"),
        Column("bank_reference", "银行回单号", kind="code"),
    ],
    rows=listed(Refund, "contract__institution", "contract__jurisdiction", "coordinator", "approved_by"),
    view_rule=rules.can_view,
)
declare(
    Hold,
    columns=[
        *of_institution(),
        Column("from_on", "暂停起", kind="date"),
        Column("until_on", "暂停止", kind="date"),
        Column("reason", "理由"),
        Column("set_by", "决定人"),
        Column("set_at", "决定时间", kind="date"),
        Column("ended_by", "恢复人"),
        Column("ended_at", "恢复时间", kind="date"),
        Column("end_reason", "恢复理由"),
    ],
    rows=listed(Hold, HOME, "set_by", "ended_by"),
    view_rule=rules.can_view,
)
