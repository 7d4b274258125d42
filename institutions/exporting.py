"""What the register exports. The headings are those of the import, so that an exported file can be sent in again."""

from __future__ import annotations

from foundation.core.actor import Actor
from foundation.exports.declaring import Column, Filters, as_listed, declare

from . import rules
from .enums import Stage
from .models import Institution, Permit, UnlicensedSite

_listed = as_listed(Institution)


def _rows(actor: Actor, filters: Filters):
    return _listed(actor, filters).select_related("jurisdiction", "division").prefetch_related("permits")


def newest_permit(row: Institution) -> Permit | None:
    """The permit that was not ended early and runs longest; one without an end before all others."""
    held = [permit for permit in row.permits.all() if permit.ended_on is None]
    endless = [permit for permit in held if permit.valid_to is None]
    return (endless or sorted(held, key=lambda permit: (permit.valid_to, permit.pk)) or [None])[-1]


def _of_permit(name: str):
    def value(row: Institution) -> object:
        permit = newest_permit(row)
        if permit is None:
            return None
        return permit.get_kind_display() if name == "kind" else getattr(permit, name)

    return value


declare(
    Institution,
    columns=[
        Column("name", "机构名称"),
        Column("credit_code", "统一社会信用代码", kind="code"),
        Column("license_no", "办学许可证号", _of_permit("number"), kind="code"),
        Column("permit_kind", "许可类型", _of_permit("kind")),
        Column("category", "类别"),
        Column("subcategory", "子类", lambda row: row.get_subcategory_display() if row.subcategory else ""),
        Column("stages", "学段", lambda row: "、".join(Stage(stage).label for stage in row.stages)),
        Column("mode", "线上线下"),
        Column("legal_type", "法人性质"),
        Column("legal_person", "法定代表人"),
        Column("phone", "联系电话", kind="code", personal=True),
        Column("public_phone", "公开电话", kind="code"),
        Column("address", "办学地址"),
        Column("county", "区县", lambda row: row.jurisdiction),
        Column("town", "镇街", lambda row: row.division),
        Column("issue_date", "发证日期", _of_permit("valid_from"), kind="date"),
        Column("valid_until", "有效期至", _of_permit("valid_to"), kind="date"),
        Column("issuer", "审批机关", _of_permit("issuer")),
        Column("bank", "监管银行"),
        Column("account_tail", "专户账号尾号", kind="code"),
        Column("status", "状态"),
        Column("licence_status", "证照情况"),
        Column("grade", "诚信等级"),
        Column("platform_id", "全国平台编号", kind="code"),
        Column("remark", "备注"),
    ],
    rows=_rows,
    view_rule=rules.can_view_register,
)
declare(
    UnlicensedSite,
    columns=[
        Column("number", "编号", kind="code"),
        Column("sign", "招牌或称呼"),
        Column("address", "地址"),
        Column("jurisdiction", "区县"),
        Column("division", "镇街"),
        Column("category", "培训类别"),
        Column("licence_status", "证照情况"),
        Column("operator", "举办者", personal=True),
        Column("teachers", "教师", personal=True),
        Column("pupils", "学生数", kind="number"),
        Column("discovery", "发现方式"),
        Column("found_on", "发现日期", kind="date"),
        Column("state", "状态"),
        Column("disposal", "处置结果"),
        Column("disposed_on", "处置日期", kind="date"),
    ],
    rows=as_listed(UnlicensedSite),
    view_rule=rules.can_view_unlicensed,
)
