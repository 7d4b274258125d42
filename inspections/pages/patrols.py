"""Pages of shifts and groups, and the month's calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from foundation.core import clock
from foundation.core.downloads import as_file
from foundation.core.errors import NotAllowed
from foundation.core.pages import OperationPage, Page, StepPage
from foundation.core.site import Menu
from inspections import workflow
from inspections.enums import Source
from inspections.forms import patrols as forms
from inspections.models import GroupVisit, Shift
from inspections.operations import outings
from inspections.operations import patrols as operations
from inspections.queries.patrols import held_between, is_off_hours, month_grid, turnout, visits_on
from inspections.rules import patrols as rules
from inspections.sheets import ledger_sheet


# -- the shift -------------------------------------------------------------------------------------------------------
class PlanShift(OperationPage):
    slug, label, kind, per_object = "plan", "排班", "main", False
    rule = rules.can_plan_shifts
    form_class = forms.PlanForm
    effect = "排班后有账号的组员会收到通知；开始巡查前可以调整分组。"
    done = "已排班。"

    def form_kwargs(self) -> dict:
        day = clock.parse_day(self.request.GET.get("on", ""))
        return {"actor": self.request.actor, "initial": {"held_on": day or clock.today()}}

    def run(self, *, by, at, jurisdiction, copy_from, **facts):
        return operations.plan_shift(jurisdiction=jurisdiction, facts=facts, groups=self.form.groups(), by=by, at=at)


class ChangeShift(OperationPage):
    slug, label = "edit", "修改班次"
    rule = rules.can_keep_roster
    form_class = forms.ShiftForm
    effect = "日期或时段改变的，有账号的组员会再收到通知。"

    def form_kwargs(self) -> dict:
        return {"actor": self.request.actor, "initial": {name: getattr(self.row, name) for name in operations.EDITABLE}}

    def run(self, *, by, at, **facts):
        return operations.change_shift(shift=self.row, facts=facts, by=by, at=at)


class GroupPage(OperationPage):
    """A page with a group's form."""

    form_class = forms.GroupForm
    shift: Shift


class AddGroup(GroupPage):
    slug, label = "add-group", "增加分组"
    rule = rules.can_keep_roster
    done = "已增加分组。"

    def form_kwargs(self) -> dict:
        initial = {"name": f"第{self.row.groups.count() + 1}组"}
        return {"actor": self.request.actor, "shift": self.row, "initial": initial}

    def run(self, *, by, at, **facts):
        operations.add_group(shift=self.row, plan=self.form.plan(), by=by, at=at)
        return self.row


class BeginShift(StepPage):
    slug, label, kind = "begin", "开始巡查", "main"
    rule, step = rules.can_keep_shift, workflow.BEGIN
    effect = "开始后各组可以登记到岗和检查，分组不再调整。"
    done = "已开始。"

    def run(self, *, by, at):
        return operations.begin_shift(shift=self.row, by=by, at=at)


class FinishShift(StepPage):
    slug, label, kind = "finish", "结束巡查", "main"
    rule, step = rules.can_keep_shift, workflow.FINISH
    form_class = forms.FinishForm
    effect = "结束后各组不能再登记检查。"
    done = "已结束。"

    def run(self, *, by, at, remark):
        return operations.finish_shift(shift=self.row, remark=remark, by=by, at=at)


class CancelShift(StepPage):
    slug, label, kind = "cancel", "取消班次", "danger"
    rule, step = rules.can_keep_shift, workflow.CALL_OFF
    form_class = forms.CancelForm
    effect = "有账号的组员会收到取消通知。"
    done = "已取消。"

    def run(self, *, by, at, reason):
        return operations.cancel_shift(shift=self.row, reason=reason, by=by, at=at)


class TakeLedger(Page):
    """Taking the ledger out is an act of its own: a POST that leaves a trace, then the file."""

    slug, label = "ledger", "导出工作台账"
    rule = rules.can_take_ledger
    template_name = "staff/take.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = visits_on(Shift.objects.filter(pk=self.row.pk), request.actor).count()
        return self.render(
            what="工作台账", effect=f"台账有 {number} 行，含负责人和检查人员姓名；本次导出会记入操作记录。"
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = clock.now()
        try:
            shift = outings.take_ledger(shift=self.row, by=request.actor, at=now)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        return as_file(ledger_sheet(shift, request.actor, at=now), f"{shift.number}-工作台账.xlsx")


# -- the calendar ----------------------------------------------------------------------------------------------------
class Calendar(Page):
    """The month with its shifts; ``?month=2026-11-01`` opens another one."""

    slug, label, per_object = "calendar", "巡查日历", False
    menu = Menu("检查", 42, "calendar_month")
    http_method_names = ["get"]
    rule = rules.can_view_shifts
    template_name = "inspections/calendar.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = clock.parse_day(request.GET.get("month", "")) or clock.today()
        first = min(max(asked, date(2000, 1, 1)), date(2100, 1, 1)).replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
        shifts = held_between(request.actor, first, following - timedelta(days=1))
        weeks = month_grid(request.actor, first)
        return self.render(
            weeks=weeks,
            days=[cell for week in weeks for cell in week if cell.in_month and cell.shifts],
            month=first,
            before=(first - timedelta(days=1)).replace(day=1),
            following=following,
            today=clock.today(),
            turnout=turnout(shifts),
            number=shifts.count(),
            off_hours=sum(is_off_hours(shift) for shift in shifts),
            covert=shifts.filter(covert=True).count(),
            may_plan=rules.can_plan_shifts(request.actor),
        )


# -- groups ----------------------------------------------------------------------------------------------------------
class ChangeGroup(GroupPage):
    slug, label = "edit", "调整分组"
    rule = rules.can_keep_group
    effect = "组员和区域以这里填写的为准。"

    def form_kwargs(self) -> dict:
        return {"actor": self.request.actor, "shift": self.row.shift, "initial": forms.group_initial(self.row)}

    def run(self, *, by, at, **facts):
        return operations.change_group(group=self.row, plan=self.form.plan(), by=by, at=at)


class RemoveGroup(OperationPage):
    slug, label, kind = "remove", "撤销分组", "danger"
    rule = rules.can_keep_group
    effect = "该组从班次中去掉，原来的人员和区域留在操作记录里。"
    done = "已撤销分组。"

    def run(self, *, by, at):
        self.shift = operations.remove_group(group=self.row, by=by, at=at)
        return

    def next_url(self, result: object) -> str:
        return shift_url(self.register, self.shift)


class Attendance(OperationPage):
    slug, label = "attendance", "登记到岗"
    rule = rules.can_take_attendance
    form_class = forms.AttendanceForm
    effect = "未勾选的人员不计入出动人数，也不写入之后登记的检查。"
    done = "已登记到岗。"

    def form_kwargs(self) -> dict:
        return {"group": self.row}

    def run(self, *, by, at, present):
        return outings.record_attendance(group=self.row, present=[int(pk) for pk in present], by=by, at=at)


class FileGroupVisit(OperationPage):
    slug, label, kind = "visit", "登记检查", "main"
    rule = rules.can_file_for
    form_class = forms.GroupVisitForm
    effect = "日期、时段和检查人员取自本班次和本组到岗人员；登记后不能修改。"
    done = "检查已登记。"

    def form_kwargs(self) -> dict:
        return {"actor": self.request.actor, "group": self.row}

    def run(self, *, by, at, **cleaned):
        outcome = cleaned.get("joint_outcome", "")
        outings.file_group_visit(
            group=self.row, report=self.form.report(), outcome=outcome, by=by, at=at, source=Source.DESK
        )
        return self.row


class SetJointOutcome(OperationPage):
    """On a visit's page."""

    slug, label = "joint-outcome", "登记联合处置"
    form_class = forms.OutcomeForm
    done = "已登记。"

    @staticmethod
    def rule(actor, visit) -> bool:
        link = GroupVisit.objects.filter(visit=visit).select_related("group__shift").first()
        return link is not None and rules.can_set_outcome(actor, link)

    def run(self, *, by, at, outcome):
        outings.set_joint_outcome(visit=self.row.group_visit, outcome=outcome, by=by, at=at)
        return self.row


def shift_url(register: Any, shift: Shift) -> str:
    """The page of a shift, from a group's page."""
    return register.admin_site.get_model_admin(Shift).row_url(shift)
