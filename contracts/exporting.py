"""What of contracts and their money can be exported: names stay masked, and what a name was searched by is not kept."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.core.actor import Actor
from foundation.core.errors import InvalidInput
from foundation.exports.declaring import Column, Filters, as_listed, declare

from . import rules
from .models import Contract, Invoice, Payment


def without_search(model: type, *related: str):
    """The list's rows. A search may be for a child or a parent by name, and an export keeps what it was filtered by."""
    listed = as_listed(model)

    def rows(actor: Actor, filters: Filters) -> QuerySet:
        if any(text.strip() for text in filters.get("q", ())):
            raise InvalidInput(
                "搜索的词可能是学员或家长的姓名，不能写进导出记录：请清空搜索，改用筛选后再导出。", code="searched"
            )
        return listed(actor, filters).select_related(*related)

    return rows


def pupil(row: Contract) -> str:
    party = row.consent.party
    return "已销毁" if party.destroyed_at else party.pupil_masked


def named(row: Payment | Invoice) -> str:
    return "已销毁" if row.destroyed_at else row.name_masked


def contract_number(row: Payment | Invoice) -> str:
    return row.contract.number if row.contract else row.contract_no


declare(
    Contract,
    columns=[
        Column("number", "合同编号", kind="code"),
        Column("institution", "机构", lambda row: row.institution.name),
        Column("jurisdiction", "区县"),
        Column("pupil", "学员(已遮蔽)", pupil),
        Column("course_name", "课程名称"),
        Column("category", "培训类别"),
        Column("delivery", "培训形式"),
        Column("lessons", "课时数", kind="number"),
        Column("gift_lessons", "赠送课时", kind="number"),
        Column("unit_price_fen", "课时单价", kind="money"),
        Column("total_fen", "总价", kind="money"),
        Column("way", "付费方式"),
        Column("supervision", "资金监管方式"),
        Column("signed_on", "签订日期", kind="date"),
        Column("starts_on", "培训期起", kind="date"),
        Column("ends_on", "培训期止", kind="date"),
        Column("on_model_contract", "示范文本", lambda row: "是" if row.on_model_contract else "否"),
        Column("bought_via", "购课渠道"),
        Column("state", "状态"),
        Column("closed_on", "结束日期", kind="date"),
        Column("close_reason", "解除原因", personal=True),
    ],
    rows=without_search(Contract, "institution", "jurisdiction", "consent__party"),
    view_rule=rules.can_view_contracts,
)
declare(
    Payment,
    columns=[
        Column("reference", "流水号", kind="code"),
        Column("institution", "机构", lambda row: row.institution.name),
        Column("jurisdiction", "区县"),
        Column("payer", "付款人(已遮蔽)", named),
        Column("amount_fen", "金额", kind="money"),
        Column("paid_on", "缴费日期", kind="date"),
        Column("channel", "支付方式"),
        Column("told_by", "流水来源"),
        Column("account_tail", "收款账号尾号", kind="code"),
        Column("contract", "合同编号", contract_number, kind="code"),
        Column("months", "购买月数", kind="number"),
        Column("lessons", "购买课时", kind="number"),
        Column("verdict", "三一致"),
    ],
    rows=without_search(Payment, "institution", "jurisdiction", "contract"),
    view_rule=rules.can_view_contracts,
)
declare(
    Invoice,
    columns=[
        Column("number", "发票号码", kind="code"),
        Column("institution", "机构", lambda row: row.institution.name),
        Column("jurisdiction", "区县"),
        Column("buyer", "购买方(已遮蔽)", named),
        Column("amount_fen", "金额", kind="money"),
        Column("issued_on", "开票日期", kind="date"),
        Column("contract", "合同编号", contract_number, kind="code"),
        Column("payment", "对应缴费流水号", lambda row: row.payment.reference if row.payment else "", kind="code"),
    ],
    rows=without_search(Invoice, "institution", "jurisdiction", "contract", "payment"),
    view_rule=rules.can_view_contracts,
)
