"""What the registers of materials export; the headings of sets are those of their import."""

from __future__ import annotations

from foundation.core.actor import Actor
from foundation.exports.declaring import Column, Filters, as_listed, declare

from . import rules
from .models import MaterialSet, UseAlarm

_sets, _alarms = as_listed(MaterialSet), as_listed(UseAlarm)


def _set_rows(actor: Actor, filters: Filters):
    return _sets(actor, filters).select_related("institution__jurisdiction")


def _alarm_rows(actor: Actor, filters: Filters):
    return _alarms(actor, filters).select_related("training_class__course__institution__jurisdiction", "material")


declare(
    MaterialSet,
    columns=[
        Column("institution", "机构名称", lambda row: row.institution.name),
        Column("credit_code", "统一社会信用代码", lambda row: row.institution.credit_code, kind="code"),
        Column("county", "区县", lambda row: row.institution.jurisdiction),
        Column("title", "材料名称"),
        Column("edition", "版次"),
        Column("subject", "科目"),
        Column("stage", "学段"),
        Column("kind", "编写方式"),
        Column("isbn", "书号", kind="code"),
        Column("author", "编者或出版社"),
        Column("inside_by", "内审人"),
        Column("inside_on", "内审日期", kind="date"),
        Column("inside_note", "内审结论"),
        Column("state", "状态"),
        Column("number", "备案号", kind="code"),
        Column("valid_from", "有效期起", kind="date"),
        Column("valid_to", "有效期至", kind="date"),
    ],
    rows=_set_rows,
    view_rule=rules.can_view,
)
declare(
    UseAlarm,
    columns=[
        Column("institution", "机构", lambda row: row.training_class.course.institution.name),
        Column("county", "区县", lambda row: row.training_class.course.institution.jurisdiction),
        Column("training_class", "班级", lambda row: row.training_class.name),
        Column("material", "培训材料", lambda row: str(row.material)),
        Column("cause", "原因"),
        Column("source", "来源"),
        Column("opened_on", "发现日期", kind="date"),
        Column("closed_on", "解除日期", kind="date"),
        Column("closing", "解除原因"),
        Column("reason", "解除说明"),
    ],
    rows=_alarm_rows,
    view_rule=rules.can_view,
)
