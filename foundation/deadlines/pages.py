"""Staff pages of this app: each one form, one rule, one operation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from foundation.core import clock
from foundation.core.pages import OperationPage, Page, StepPage
from foundation.core.site import Menu

from . import by_person, forms, previews, queries, rules, workflow
from .calendars import NamedDay, package_days
from .enums import DayKind
from .notices import lines_of
from .operations import calendars, deadlines, limits


class ByPerson(Page):
    """在办期限: who keeps what, what comes due, what is late; each number opens its rows."""

    slug, label, per_object, has_button = "by-person", "在办期限", False, False
    rule = rules.can_view_deadlines
    http_method_names = ["get"]
    template_name = "deadlines/by_person.html"
    menu = Menu("工作台", 21, "groups")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = by_person.overview(request.actor, on=clock.today())
        lines = [self.line(found, line, keeper=line.user.pk if line.user else by_person.NOBODY) for line in found.lines]
        return self.render(found=found, soon=queries.SOON, lines=lines, total=self.line(found, found.total))

    def line(self, found: by_person.Overview, line: by_person.Line, **who: int) -> dict[str, Any]:
        """A line's cells: all its matters together, then each kind."""
        cells = [("合计", self.cell(line.total, **who))]
        cells += [(kind.label, self.cell(line.by_kind.get(kind.code), kind=kind.code, **who)) for kind in found.kinds]
        return {"user": line.user, "cells": cells}

    def cell(self, numbers: by_person.Numbers | None, **asked: object) -> list[tuple[str, int, str, str]]:
        """(words, number, tone, address) of each number that is not zero."""
        if numbers is None:
            return []
        url = self.register.list_url()
        shown = (
            ("在办", numbers.open, "plain", "open"),
            ("将到期", numbers.soon, "notice", "soon"),
            ("超期", numbers.overdue, "bad", "overdue"),
        )
        return [
            (words, number, tone, f"{url}?{urlencode({**asked, 'due': due})}")
            for words, number, tone, due in shown
            if number
        ]


class ChangeCalendar(OperationPage):
    """First the effect is shown, then it is confirmed; the confirmation carries the digest of what was shown."""

    per_object = False
    rule = rules.can_change_calendar
    template_name = "deadlines/change_calendar.html"
    about: ClassVar[str]
    confirm: ClassVar[str]  # the words of the button that saves
    confirmed: ClassVar[bool]  # whether the version is one by a notice

    def form_kwargs(self) -> dict[str, Any]:
        on = clock.today()
        return {"initial": {"year": queries.unannounced_year(on) or on.year + 1}}

    def days(self, cleaned: dict[str, Any]) -> Sequence[NamedDay]:
        """The days that the version is to name."""
        return cleaned["days"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "confirm" in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.make_form(data=request.POST)
        if not form.is_valid():
            return self.render(form=form)
        year, days = form.cleaned_data["year"], self.days(form.cleaned_data)
        preview = previews.preview_calendar(year=year, days=days, confirmed=self.confirmed)
        form.data = {**form.data.dict(), "previewed": preview.digest}
        return self.render(
            form=form, preview=preview, year=year, moves=previews.named_for(request.actor, preview.moves)
        )

    def context(self, **extra: Any) -> dict[str, Any]:
        return super().context(**{"preview": None, "year": None, "moves": [], **extra})


class PublishCalendar(ChangeCalendar):
    slug, label, kind = "publish", "录入放假通知", "main"
    form_class = forms.NoticeForm
    about = "按国务院办公厅通知录入一年的放假和调休。先查看影响，确认后发布新版本；旧版本保留，不会改动。"
    confirm, confirmed = "确认发布", True
    done = "工作日历已发布，受影响的期限已同时调整。"

    def form_kwargs(self) -> dict[str, Any]:
        initial = super().form_kwargs()["initial"]
        days = package_days(initial["year"])
        initial["days_off"] = lines_of(day for day in days if day.kind is DayKind.OFF)
        initial["makeup_days"] = lines_of(day for day in days if day.kind is DayKind.MAKEUP)
        return {"initial": initial}

    def run(self, *, by, at, days_off, makeup_days, **facts):
        return calendars.publish_calendar(by=by, at=at, **facts)


class ImportYear(ChangeCalendar):
    slug, label = "import", "导入草案"
    form_class = forms.ImportForm
    about = "从随系统提供的日历数据导入一年的放假安排，作为未确认的草案；跨入该年的期限仍提示“暂算”。先看影响，再确认。"
    confirm, confirmed = "确认导入", False
    done = "草案已导入，受影响的期限已同时调整。"

    def days(self, cleaned: dict[str, Any]) -> Sequence[NamedDay]:
        return package_days(cleaned["year"])

    def run(self, *, by, at, year, previewed):
        return calendars.import_year(year=year, previewed=previewed, by=by, at=at)


class SetLimit(OperationPage):
    slug, label, kind, per_object = "set", "设定期限", "main", False
    rule = rules.can_add_limit
    form_class = forms.LimitForm
    effect = "自施行之日起新起算的期限按新规定计算；已在计算中的期限不变，原规定于前一日停止施行。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"actor": self.request.actor, "on": clock.today()}

    def run(self, *, by, at, **facts):
        return limits.set_limit(by=by, at=at, **facts)


class AmendLimitText(OperationPage):
    slug, label = "text", "修改条文"
    rule = rules.can_change_limit
    form_class = forms.LimitTextForm
    effect = "只修改名称、条文和说明，不改变时长。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {name: getattr(self.row, name) for name in self.form_class.base_fields}}

    def run(self, *, by, at, **facts):
        return limits.amend_limit_text(limit=self.row, by=by, at=at, **facts)


class ExtendDeadline(StepPage):
    slug, label, step = "extend", "延长期限", workflow.EXTEND
    rule = rules.can_run_deadline
    form_class = forms.ExtendForm
    effect = "到期日将推后，延长的理由写入操作记录，提醒按新的到期日重新计算。"

    def run(self, *, by, at, **facts):
        return deadlines.extend_deadline(deadline=self.row, by=by, at=at, **facts)


class PauseDeadline(StepPage):
    slug, label, step = "pause", "中止计算", workflow.PAUSE
    rule = rules.can_run_deadline
    form_class = forms.ReasonForm
    effect = "自今日起不再计算天数，也不再提醒，直到恢复。"

    def run(self, *, by, at, reason):
        return deadlines.pause_deadline(deadline=self.row, reason=reason, by=by, at=at)


class ResumeDeadline(StepPage):
    slug, label, kind, step = "resume", "恢复计算", "main", workflow.RESUME
    rule = rules.can_run_deadline
    effect = "自今日起继续计算天数，到期日按中止的天数推后。"

    def run(self, *, by, at):
        return deadlines.resume_deadline(deadline=self.row, by=by, at=at)


class CancelDeadline(StepPage):
    slug, label, kind, step = "cancel", "撤销期限", "danger", workflow.CANCEL
    rule = rules.can_run_deadline
    form_class = forms.ReasonForm
    effect = "该期限将不再计算和提醒，且不能恢复。事项已经办好的，请在办理页面办结，不要撤销期限。"

    def run(self, *, by, at, reason):
        return deadlines.cancel_deadline(deadline=self.row, reason=reason, by=by, at=at)
