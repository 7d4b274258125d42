"""A small register on a real model, in a site of its own: what RegisterAdmin promises is tried on it.

The real faces register their own models; this one may rename and close schools, which the portal itself does elsewhere.
"""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import admin
from django.urls import include, path

from foundation.accounts.enums import Can
from foundation.audit import record as audit
from foundation.audit.queries import timeline
from foundation.core import constraints, marks
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.errors import Conflict
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation, rule
from foundation.core.pages import BulkOperationPage, OperationPage
from foundation.core.scope import covers
from foundation.core.site import Menu, StaffSite
from foundation.regions.models import School

RENAMED = EventKind("test.school_renamed", "更名学校")
CLOSED = EventKind("test.school_closed", "撤并学校")


@rule("您的岗位不查看学校。")
def can_view_schools(actor: Actor) -> bool:
    return actor.can(Can.VIEW_REGISTER)


@rule("只有本辖区的经办人可以维护学校。")
def can_edit_school(actor: Actor, school: School | None = None) -> bool:
    return actor.can(Can.EDIT_REGISTER) and (school is None or covers(actor, school))


@operation
def rename_school(*, school: School, name: str, by: Actor, at: datetime) -> School:
    school = lock(School, school.pk)
    authorize(by, can_edit_school, school)
    school.name = name
    changes = constraints.update(school, "name")
    audit.record(RENAMED, subject=school, by=by, at=at, changes=changes)
    return school


@operation
def close_school(*, school: School, closed_on, reason: str, by: Actor, at: datetime) -> School:
    school = lock(School, school.pk)
    authorize(by, can_edit_school, school)
    if school.closed_on:
        raise Conflict("该学校已经撤并。")
    school.closed_on = closed_on
    changes = constraints.update(school, "closed_on")
    audit.record(CLOSED, subject=school, by=by, at=at, changes=changes, reason=reason)
    return school


class NameForm(forms.Form):
    name = forms.CharField(label="学校名称", max_length=100, help_text="按办学许可证填写全称。")


class CloseForm(forms.Form):
    closed_on = forms.DateField(label="撤并日期")
    reason = forms.CharField(label="理由", widget=forms.Textarea)


class RenameSchool(OperationPage):
    slug, label, kind = "rename", "更名", "main"
    rule = can_edit_school
    form_class = NameForm
    effect = "更名后，历史记录仍保留原名。"
    done = "已更名。"

    def form_kwargs(self) -> dict:
        return {"initial": {"name": self.row.name}}

    def run(self, *, by: Actor, at: datetime, **cleaned) -> School:
        return rename_school(school=self.row, by=by, at=at, **cleaned)


class CloseSchool(OperationPage):
    slug, label, kind = "close", "撤并", "danger"
    rule = can_edit_school
    form_class = CloseForm
    effect = "撤并后，该学校不再出现在新的检查和服务中。"

    def run(self, *, by: Actor, at: datetime, **cleaned) -> School:
        return close_school(school=self.row, by=by, at=at, **cleaned)


class CloseSchools(BulkOperationPage):
    slug, label, kind = "close-many", "批量撤并", "danger"
    rule = can_edit_school
    form_class = CloseForm
    effect = "撤并后，这些学校不再出现在新的检查和服务中。"

    def run_one(self, row: School, *, by: Actor, at: datetime, **cleaned) -> School:
        return close_school(school=row, by=by, at=at, **cleaned)


class SchoolRegister(RegisterAdmin):
    view_rule = can_view_schools
    menu = Menu("机构名录", 10, "school")
    pages = (RenameSchool, CloseSchool, CloseSchools)
    empty_text = "这里列出本辖区的学校。"
    search_help = "学校名称或标识码"
    list_display = ("name", "code_shown", "stage", "jurisdiction", "closed_on", "fee")
    list_filter = ("stage", "jurisdiction", "closed_on")
    search_fields = ("name", "code")
    ordering = ("pk",)
    sections = (
        ("基本情况", ("name", "stage", "code_shown", "jurisdiction", "division", "area")),
        ("日期", ("opened_on", "closed_on")),
    )

    @admin.display(description="学校标识码")
    def code_shown(self, school: School) -> str:
        return marks.copyable(school.code)

    @admin.display(description="课后服务费")
    def fee(self, school: School) -> str:
        return marks.amount(123400)

    def summary(self, actor: Actor, row: School) -> list[tuple[str, object, str]]:
        return [
            ("状态", "已撤并" if row.closed_on else "正常", "black" if row.closed_on else "ok"),
            ("学段", row.get_stage_display(), "plain"),
            ("下次核查", marks.remaining(3), "plain"),
        ]

    def timeline(self, actor: Actor, row: School) -> list:
        return timeline(row)


class RulelessRegister(RegisterAdmin):
    """A register whose author forgot the rule."""


site = StaffSite(name="admin")
site.register(School, SchoolRegister)

urlpatterns = [
    path("admin/", site.urls),
    path("", include("foundation.accounts.urls")),
]
