"""期限, 工作日历 and 法定期限 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest
from django.utils.safestring import SafeString

from foundation.accounts.models import User
from foundation.audit.queries import timeline
from foundation.core import clock, marks
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.site import Menu

from . import by_person, kinds, pages, queries, rules, working_days
from .models import CalendarYear, Deadline, LimitRule
from .workflow import OPEN_STATES

#: What somebody still has to keep stands before what is over.
RUNNING_FIRST = Case(When(state__in=OPEN_STATES, then=0), default=1)


class DueFilter(admin.SimpleListFilter):
    title = "到期"
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [
            ("open", "未办结"),
            ("overdue", "已超期"),
            ("soon", f"{queries.SOON} 个工作日内到期"),
            ("paused", "已中止"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        on = clock.today()
        if self.value() == "overdue":
            return queries.overdue(queryset, on=on)
        if self.value() == "soon":
            return queries.due_within(queryset, queries.SOON, on=on)
        if self.value() == "open":
            return queryset.filter(state__in=OPEN_STATES)
        return queryset.filter(state="paused") if self.value() == "paused" else queryset


class MineFilter(WaitingFilter):
    title = "办理人"
    parameter_name = "mine"
    WAITING = {"1": ("待我处理", queries.open_for)}


class KindFilter(admin.SimpleListFilter):
    title = "事项种类"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [(kind.code, kind.label) for kind in kinds.all_kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return by_person.of_kind(queryset, self.value()) if self.value() else queryset


class KeeperFilter(admin.SimpleListFilter):
    """Behind a number of 在办期限; offered by itself only for clocks that no person keeps."""

    title = "责任人"
    parameter_name = "keeper"

    def lookups(self, request, model_admin):
        chosen = request.GET.get(self.parameter_name, "")
        nobody = [(str(by_person.NOBODY), "未指定到人")]
        if not chosen.isdecimal() or not by_person.kept_by(queries.visible_to(request.actor), int(chosen)).exists():
            return nobody  # a number typed into the address tells no name
        return [*nobody, *((str(user.pk), user.name) for user in User.objects.filter(pk=chosen))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value() or ""
        return by_person.kept_by(queryset, int(chosen)) if chosen.isdecimal() else queryset


@admin.register(Deadline)
class DeadlineAdmin(RegisterAdmin):
    view_rule = rules.can_view_deadlines
    menu = Menu("工作台", 20, "timer")
    search_help = "事项、期限名称或事项编号"
    empty_text = "这里列出本辖区各类事项的办理期限。起算由各项业务自动完成，目前没有期限。"
    pages = (
        pages.ByPerson,
        pages.ResumeDeadline,
        pages.ExtendDeadline,
        pages.PauseDeadline,
        pages.CancelDeadline,
    )
    list_display = ("subject_label", "title", "due_on", "left", "jurisdiction", "responsible", "matter")
    list_filter = (DueFilter, KindFilter, MineFilter, KeeperFilter, "state", "jurisdiction")
    list_select_related = ("jurisdiction", "organ", "post__user")
    search_fields = ("subject_label", "title", "matter")
    ordering = (RUNNING_FIRST, "due_on", "pk")
    sections = (
        ("事项", ("subject_link", "matter", "jurisdiction", "division", "category", "responsible")),
        ("计算", ("started_on", "length", "rolls_over", "extended_by", "paused_days", "due_on", "warning")),
        ("依据", ("clause",)),
    )

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """One calendar for all rows of the page."""
        changes = super().get_changelist_instance(request)
        along = working_days.calendar()
        changes.result_list = list(changes.result_list)
        for row in changes.result_list:
            row.along = along
        return changes

    @admin.display(description="剩余", ordering="due_on")
    def left(self, row: Deadline) -> SafeString:
        words, tone = queries.chip(row, on=clock.today(), along=row.along)
        return marks.chip(words, tone)

    @admin.display(description="责任人")
    def responsible(self, row: Deadline) -> str:
        return str(row.post.user if row.post_id else row.organ or "")

    @admin.display(description="办理事项")
    def subject_link(self, row: Deadline) -> str:
        return marks.link(row.subject_label, row.url) if row.url else row.subject_label

    @admin.display(description="期限")
    def length(self, row: Deadline) -> str:
        return f"{row.amount}{row.get_unit_display()}" if row.amount else "指定日期"

    @admin.display(description="依据条文")
    def clause(self, row: Deadline) -> str:
        return row.rule.clause if row.rule_id else "由经办人指定到期日"

    def summary(self, actor: Actor, row: Deadline) -> list[tuple[str, object, str]]:
        words, tone = queries.chip(row, on=clock.today(), along=working_days.calendar())
        return [
            ("状态", row.get_state_display(), "plain"),
            ("剩余", words, tone),
            ("到期日", row.due_on, "notice" if row.warning else "plain"),
            ("办结时间", row.met_at, "plain"),
        ]

    def timeline(self, actor: Actor, row: Deadline) -> list:
        return timeline(row)


@admin.register(CalendarYear)
class CalendarYearAdmin(RegisterAdmin):
    view_rule = rules.can_view_calendar
    menu = Menu("系统", 30, "calendar_month")
    empty_text = "还没有任何年度的工作日历。"
    pages = (pages.PublishCalendar, pages.ImportYear)
    list_display = ("year", "version", "standing", "notice_no", "notice_on", "source", "recorded_by", "recorded_at")
    list_filter = ("year", "confirmed")
    ordering = ("-year", "-version")
    sections = (
        ("通知", ("year", "version", "standing", "notice_no", "notice_on")),
        ("登记", ("source", "remark", "recorded_by", "recorded_at")),
    )

    def visible(self, actor: Actor) -> QuerySet:
        """The calendar is the same for everybody."""
        return CalendarYear.objects.all()

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Which versions count is asked once for all rows of the page."""
        changes = super().get_changelist_instance(request)
        in_force = {row.pk for row in working_days.versions_in_force().values()}
        changes.result_list = list(changes.result_list)
        for row in changes.result_list:
            row.in_force = row.pk in in_force
        return changes

    def get_object_or_404(self, request: HttpRequest, pk: int) -> CalendarYear:
        row = super().get_object_or_404(request, pk)
        row.in_force = working_days.versions_in_force()[row.year] == row
        return row

    @admin.display(description="状态")
    def standing(self, row: CalendarYear) -> SafeString:
        if not row.in_force:
            return marks.chip("已被新版本替代", "plain")
        return marks.chip("现行", "ok") if row.confirmed else marks.chip("草案，未确认", "notice")

    def timeline(self, actor: Actor, row: CalendarYear) -> list:
        return timeline(row)


class InForceFilter(admin.SimpleListFilter):
    title = "施行"
    parameter_name = "in_force"

    def lookups(self, request, model_admin):
        return [("1", "现行"), ("0", "已停止或尚未施行")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        on = clock.today()
        now = Q(effective_from__lte=on) & (Q(effective_to__isnull=True) | Q(effective_to__gte=on))
        return {"1": queryset.filter(now), "0": queryset.exclude(now)}.get(self.value(), queryset)


@admin.register(LimitRule)
class LimitRuleAdmin(RegisterAdmin):
    view_rule = rules.can_view_calendar
    menu = Menu("系统", 40, "gavel")
    search_help = "期限名称或条文"
    pages = (pages.SetLimit, pages.AmendLimitText)
    list_display = ("name", "length", "place", "clause_text", "checked", "effective_from", "effective_to")
    list_filter = (InForceFilter, "unit", "needs_review", "jurisdiction")
    list_select_related = ("jurisdiction",)
    search_fields = ("name", "clause", "code")
    ordering = ("name", "jurisdiction_id", "-effective_from")
    sections = (
        ("期限", ("name", "length", "rolls_over", "place", "effective_from", "effective_to")),
        ("依据", ("clause", "checked", "remark")),
    )

    def visible(self, actor: Actor) -> QuerySet:
        """What counts everywhere, and what counts in the actor's area."""
        return LimitRule.objects.filter(Q(jurisdiction__isnull=True) | Q(jurisdiction__in=actor.scope))

    @admin.display(description="时长", ordering="amount")
    def length(self, row: LimitRule) -> str:
        return f"{row.amount}{row.get_unit_display()}"

    @admin.display(description="适用地区")
    def place(self, row: LimitRule) -> str:
        return str(row.jurisdiction or "全省通用")

    @admin.display(description="依据条文")
    def clause_text(self, row: LimitRule) -> str:
        return row.clause if len(row.clause) <= 40 else f"{row.clause[:39]}…"

    @admin.display(description="核实")
    def checked(self, row: LimitRule) -> SafeString:
        return marks.chip("待核实", "notice") if row.needs_review else marks.chip("已核实", "ok")

    def timeline(self, actor: Actor, row: LimitRule) -> list:
        return timeline(row)
