"""申报通知, 机构申报 and 资料变更申请 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet

from declarations import pages, queries, rules
from declarations.enums import ChangeState, DeclarationState, InquiryState
from declarations.models import ChangeRequest, Declaration, Inquiry, RuleSet
from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter, contribute_filter
from foundation.core.marks import chip, entered
from foundation.core.pages import contribute
from foundation.core.site import Menu
from institutions.models import Institution

for page in (pages.AskMany, pages.EnterChange, pages.IssueChangeSlip, pages.StopChangeSlip):
    contribute(Institution, page)


def _share(given: int, asked: int) -> str:
    return f"{given * 100 / asked:.1f}%" if asked else "—"


@admin.register(Inquiry)
class InquiryAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("机构名录", 60, "assignment_turned_in")
    empty_text = "还没有发起过申报。点“发起申报”，向机构收取自查或承诺书。"
    pages = (pages.OpenInquiry, pages.CloseInquiry, pages.Coverage)
    list_display = ("title", "kind", "year", "jurisdiction", "due_text", "asked", "given", "share", "faulty", "state")
    list_filter = ("kind", "state", "year")
    list_select_related = ("jurisdiction",)
    ordering = ("-due_on", "-pk")
    sections = (
        ("申报", ("title", "kind", "year", "jurisdiction", "organ", "due_on", "version", "rule_set", "state")),
        ("发起", ("opened_by", "opened_at")),
    )

    @admin.display(description="报送截止", ordering="due_on")
    def due_text(self, row: Inquiry) -> str:
        late = row.state == InquiryState.OPEN and row.due_on < clock.today()
        return chip(f"{row.due_on} 已截止", "bad") if late else str(row.due_on)

    @admin.display(description="应报(家)")
    def asked(self, row: Inquiry) -> int:
        return row.asked

    @admin.display(description="已报(家)")
    def given(self, row: Inquiry) -> int:
        return row.given

    @admin.display(description="报送率")
    def share(self, row: Inquiry) -> str:
        return _share(row.given, row.asked)

    @admin.display(description="有不符合项(家)")
    def faulty(self, row: Inquiry) -> int:
        return row.faulty

    def get_queryset(self, request) -> QuerySet[Inquiry]:
        return queries.counted(super().get_queryset(request))

    def summary(self, actor: Actor, row: Inquiry) -> list[tuple[str, object, str]]:
        found = queries.counted(Inquiry.objects.filter(pk=row.pk)).get()
        return [
            ("状态", row.get_state_display(), "notice" if row.state == InquiryState.OPEN else "plain"),
            ("报送截止", self.due_text(row), "plain"),
            ("应报", f"{found.asked}家", "plain"),
            ("已报", f"{found.given}家（{_share(found.given, found.asked)}）", "plain"),
            ("有不符合项", f"{found.faulty}家", "bad" if found.faulty else "plain"),
        ]

    def timeline(self, actor: Actor, row: Inquiry) -> list:
        return timeline(row)


class CommitmentFilter(admin.SimpleListFilter):
    """The institutions behind 承诺书覆盖, by the same queries: ``missing-2026`` and so on."""

    title, parameter_name = "年度承诺书", "commitment"
    WHICH = {"signed": "已签", "missing": "未签", "should": "应签"}

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        year = clock.today().year
        return [(f"{which}-{year}", f"{year}年{self.WHICH[which]}") for which in ("signed", "missing")]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        which, _, year = (self.value() or "").partition("-")
        if which not in self.WHICH or not (year.isascii() and year.isdecimal() and len(year) == 4):
            return queryset
        actor, year = request.actor, int(year)
        found = {
            "signed": lambda: queries.signed_commitment(actor, year=year),
            "missing": lambda: queries.missing_commitment(actor, year=year),
            "should": lambda: queries.should_sign(actor),
        }[which]()
        return queryset.filter(pk__in=found.values("pk"))


contribute_filter(Institution, CommitmentFilter)


@admin.register(RuleSet)
class RuleSetAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("机构名录", 63, "gavel")
    search_help = "制度名称"
    empty_text = "还没有制定规范制度。点“制定规范制度”，写明规范和不准的各条，年度承诺书可以依据它。"
    pages = (pages.LayDownRules, pages.ReviseRules)
    list_display = ("title", "version", "counted", "jurisdiction", "effective_on", "laid_down_by")
    list_filter = ("jurisdiction",)
    list_select_related = ("jurisdiction", "laid_down_by")
    search_fields = ("title",)
    ordering = ("title", "-version", "pk")
    sections = (
        ("规范制度", ("title", "version", "counted", "jurisdiction", "effective_on")),
        ("制定", ("laid_down_by",)),
    )

    @admin.display(description="条数")
    def counted(self, row: RuleSet) -> str:
        return row.count_text

    def summary(self, actor: Actor, row: RuleSet) -> list[tuple[str, object, str]]:
        return [("版本", f"第{row.version}版", "plain"), ("条数", row.count_text, "plain")]

    def timeline(self, actor: Actor, row: RuleSet) -> list:
        return timeline(row)


class DeclarationWaiting(WaitingFilter):
    WAITING = {
        "late": ("逾期未报", lambda actor: queries.late(actor, on=clock.today())),
        "faulty": ("有不符合项", queries.faulty),
    }


@admin.register(Declaration)
class DeclarationAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("机构名录", 61, "checklist")
    search_help = "机构名称或申报标题"
    empty_text = "还没有机构列入申报。发起申报时可以全部列入，也可以在机构列表勾选后“列入申报”。"
    pages = (pages.Enter, pages.IssueSlip, pages.SendBack, pages.StopSlip, pages.IssueSlips)
    list_display = ("institution", "inquiry", "kind", "state_chip", "faults", "given_by", "received_at")
    list_filter = (DeclarationWaiting, "state", "inquiry__kind", "inquiry__year", "institution__category")
    list_select_related = ("institution", "inquiry")
    search_fields = ("institution__name", "inquiry__title")
    ordering = ("-inquiry__due_on", "institution__name", "-pk")
    sections = (
        ("申报", ("institution", "inquiry", "state", "review")),
        ("报送", ("given_by", "signed_on", "received_at", "entered_text", "faults", "text")),
    )

    @admin.display(description="种类", ordering="inquiry__kind")
    def kind(self, row: Declaration) -> str:
        return row.inquiry.get_kind_display()

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: Declaration) -> str:
        return chip(row.get_state_display(), "notice" if row.state == DeclarationState.OPEN else "ok")

    @admin.display(description="登记")
    def entered_text(self, row: Declaration) -> str:
        if row.received_at is None:
            return "—"
        return entered(row.entered_by)

    def summary(self, actor: Actor, row: Declaration) -> list[tuple[str, object, str]]:
        return [
            ("状态", self.state_chip(row), "plain"),
            ("种类", row.inquiry.get_kind_display(), "plain"),
            ("报送截止", row.inquiry.due_on, "plain"),
            ("不符合项", row.faults, "bad" if row.faults else "plain"),
        ]

    def timeline(self, actor: Actor, row: Declaration) -> list:
        return timeline(row)


class ChangeWaiting(WaitingFilter):
    WAITING = {"me": ("待我办理", queries.changes_to_decide)}


@admin.register(ChangeRequest)
class ChangeRequestAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("机构名录", 62, "edit_note")
    search_help = "机构名称"
    empty_text = "还没有资料变更申请。机构凭回执单提出，或由经办人在机构页面登记。"
    pages = (pages.Decide,)
    list_display = ("institution", "wanted", "given_by", "received_at", "state_chip", "decided_by")
    list_filter = (ChangeWaiting, "state")
    list_select_related = ("institution", "decided_by")
    search_fields = ("institution__name",)
    ordering = ("state", "-pk")
    sections = (
        ("申请", ("institution", "wanted", "reason", "given_by", "received_at", "entered_text")),
        ("办理", ("state", "decided_by", "state_at")),
    )

    @admin.display(description="申请变更")
    def wanted(self, row: ChangeRequest) -> str:
        return queries.labels_of(row)

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: ChangeRequest) -> str:
        return chip(row.get_state_display(), "notice" if row.state == ChangeState.OPEN else "ok")

    @admin.display(description="登记")
    def entered_text(self, row: ChangeRequest) -> str:
        return entered(row.entered_by)

    def summary(self, actor: Actor, row: ChangeRequest) -> list[tuple[str, object, str]]:
        return [("状态", self.state_chip(row), "plain"), ("申请人", row.given_by, "plain")]

    def timeline(self, actor: Actor, row: ChangeRequest) -> list:
        return timeline(row)
