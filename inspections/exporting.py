"""What 检查记录 and 发现问题 export."""

from __future__ import annotations

from django.utils import timezone

from foundation.core.actor import Actor
from foundation.exports.declaring import Column, Filters, as_listed, declare

from .models import Finding, Visit
from .rules.visits import can_view_visits

_listed = as_listed(Visit)


def _rows(actor: Actor, filters: Filters):
    rows = _listed(actor, filters).select_related("jurisdiction", "division", "institution", "unlicensed")
    return rows.prefetch_related("officers", "findings")


def _people(row: Visit) -> str:
    """As the import of past visits reads it: 张三（教育局）、李四等5人."""
    named = "、".join(str(officer) for officer in row.officers.all())
    return f"{named}等{_person_times(row)}人" if row.unnamed else named


def _person_times(row: Visit) -> int:
    return len(row.officers.all()) + row.unnamed


def _problems(row: Visit) -> str:
    return "；".join(f"{found} {found.note}".strip() for found in row.findings.all())


def _count(number: int | None, at_least: bool) -> str:
    return "" if number is None else f"{number}{'余' if at_least else ''}"


declare(
    Visit,
    columns=[
        Column("number", "编号", kind="code"),
        Column("visited_on", "检查日期", kind="date"),
        Column("slot", "时段"),
        Column("kind", "检查种类"),
        Column("subject_name", "检查对象"),
        Column(
            "credit_code",
            "统一社会信用代码",
            lambda row: row.institution.credit_code if row.institution else row.unlicensed.credit_code,
            kind="code",
        ),
        Column("category", "培训类别"),
        Column("county", "区县", lambda row: row.jurisdiction),
        Column("town", "镇街", lambda row: row.division),
        Column("address", "地址"),
        Column("group_name", "检查组"),
        Column("officers", "检查人员", _people),
        Column("person_times", "出动人次", _person_times, kind="number"),
        Column("outcome", "检查结论"),
        Column("failed", "不合格项数", kind="number"),
        Column("problems", "发现问题", _problems),
        Column("pupils", "现场学生数", lambda row: _count(row.pupils, row.pupils_at_least)),
        Column("dispersed", "清散学生数", lambda row: _count(row.dispersed, row.dispersed_at_least)),
        Column("remark", "情况说明"),
        Column("filed_by_name", "填报人"),
        Column("recorded_at", "登记时间", lambda row: f"{timezone.localtime(row.recorded_at):%Y-%m-%d %H:%M}"),
        Column("timeliness", "登记及时性"),
        Column("void_reason", "作废理由"),
    ],
    rows=_rows,
    view_rule=can_view_visits,
)

_found = as_listed(Finding)


def _findings(actor: Actor, filters: Filters):
    return _found(actor, filters).select_related("visit__jurisdiction", "visit__division")


declare(
    Finding,
    columns=[
        Column("visit_number", "检查编号", lambda row: row.visit.number, kind="code"),
        Column("visited_on", "检查日期", lambda row: row.visit.visited_on, kind="date"),
        Column("visit_kind", "检查种类", lambda row: row.visit.get_kind_display()),
        Column("subject_name", "检查对象", lambda row: row.visit.subject_name),
        Column("county", "区县", lambda row: row.visit.jurisdiction),
        Column("town", "镇街", lambda row: row.visit.division),
        Column("address", "地址", lambda row: row.visit.address),
        Column("code", "条目代码", kind="code"),
        Column("text", "检查内容"),
        Column("aspect", "所属方面"),
        Column("severity", "严重程度"),
        Column("note", "情况"),
        Column("state", "状态"),
        Column("judged_remark", "核实情况"),
    ],
    rows=_findings,
    view_rule=can_view_visits,
)
