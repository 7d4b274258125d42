"""公众网站检查 with the board of the public site, and 网站检查问题."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip, link
from foundation.core.site import Menu

from . import letter_pages, letters, pages, rules
from .board import board_for
from .checking.advice import advice_for
from .enums import CheckState, FindingKind, LetterState
from .models import Finding, ParentLetter, PublicCheck

STATE_TONES = {CheckState.RUNNING: "primary", CheckState.DONE: "ok", CheckState.STOPPED: "bad"}
LETTER_TONES = {LetterState.ISSUED: "notice", LetterState.PUBLISHED: "ok", LetterState.WITHDRAWN: "bad"}
#: What lets strangers in or persons out is black on white; what is merely broken is a notice.
KIND_TONES = {FindingKind.DEAD: "notice", FindingKind.HEADER: "notice"}


@admin.register(PublicCheck)
class PublicCheckAdmin(RegisterAdmin):
    view_rule = rules.can_keep_site
    menu = Menu("名单与评价", 30, "travel_explore")
    change_list_template = "publicity/board.html"
    empty_text = "还没有检查过。每天凌晨自动检查一次，也可以点“立即检查”。"
    pages = (pages.StartCheck,)
    list_display = ("started_at", "started_by", "standing", "pages", "problems", "new_problems", "closed_problems")
    ordering = ("-pk",)
    sections = (
        ("检查", ("started_at", "started_by", "standing", "progress", "state_at")),
        ("范围", ("pages", "institutions", "skipped", "limited")),
        ("结果", ("problems", "new_problems", "closed_problems")),
    )

    def visible(self, actor: Actor) -> QuerySet[PublicCheck]:
        """A check is of the whole site: every editor sees it; its findings are seen by area."""
        return PublicCheck.objects.all() if rules.can_keep_site(actor) else PublicCheck.objects.none()

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        self.require_view(request)
        findings = f"{reverse('admin:publicity_finding_changelist')}?standing=open"
        board = {"board": board_for(request.actor, at=clock.now()), "findings_url": findings}
        return super().changelist_view(request, {**board, **(extra_context or {})})

    @admin.display(description="状态", ordering="state")
    def standing(self, row: PublicCheck) -> SafeString:
        return chip(row.get_state_display(), STATE_TONES[CheckState(row.state)])

    @admin.display(description="进行到")
    def progress(self, row: PublicCheck) -> str:
        return row.get_phase_display()

    def summary(self, actor: Actor, row: PublicCheck) -> list[tuple[str, object, str]]:
        return [
            ("状态", row.get_state_display(), STATE_TONES[CheckState(row.state)]),
            ("打开网页", row.pages, "plain"),
            ("问题", row.problems, "bad" if row.problems else "plain"),
        ]

    def timeline(self, actor: Actor, row: PublicCheck) -> list:
        return timeline(row)


class StandingFilter(admin.SimpleListFilter):
    """The rows that the home tile counts, and those that are over."""

    title, parameter_name = "是否消除", "standing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("open", "未消除"), ("closed", "已消除")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in {"open", "closed"}:
            return queryset
        return queryset.filter(closed_at__isnull=self.value() == "open")


@admin.register(Finding)
class FindingAdmin(RegisterAdmin):
    view_rule = rules.can_keep_site
    menu = Menu("名单与评价", 40, "gpp_maybe")
    empty_text = "公众网站检查没有发现问题。"
    list_display = ("what", "where", "field", "excerpt", "times", "found_at", "standing")
    list_filter = (StandingFilter, "kind", "found_at")
    ordering = ("closed_at", "-pk")
    sections = (
        ("问题", ("what", "field", "excerpt", "times")),
        ("在哪里", ("place_link", "row_link", "jurisdiction")),
        ("怎么办", ("advice",)),
        ("时间", ("found_at", "seen_at", "alarmed_at", "closed_at")),
    )

    @admin.display(description="问题", ordering="kind")
    def what(self, row: Finding) -> SafeString:
        return chip(row.get_kind_display(), KIND_TONES.get(FindingKind(row.kind), "bad"))

    @admin.display(description="在哪里", ordering="place")
    def where(self, row: Finding) -> str:
        return row.subject or row.place

    @admin.display(description="状态", ordering="closed_at")
    def standing(self, row: Finding) -> SafeString:
        return chip("已消除", "plain") if row.closed_at else chip("未消除", "bad")

    @admin.display(description="公众网页")
    def place_link(self, row: Finding) -> SafeString:
        return link(row.place, row.place)

    @admin.display(description="登记记录")
    def row_link(self, row: Finding) -> object:
        if row.institution_id:
            url = reverse("admin:institutions_institution_change", args=[row.institution_id])
            return link(row.subject, url)
        if row.organ_id:
            return f"{row.subject}（请系统管理员在“单位”中更正）"
        return "不在登记记录中"

    @admin.display(description="办理建议")
    def advice(self, row: Finding) -> str:
        return advice_for(row.kind, of_a_row=bool(row.institution_id or row.organ_id))

    def summary(self, actor: Actor, row: Finding) -> list[tuple[str, object, str]]:
        return [
            ("状态", "已消除" if row.closed_at else "未消除", "plain" if row.closed_at else "bad"),
            ("首次发现", row.found_at, "plain"),
            ("最近一次看到", row.seen_at, "plain"),
        ]


@admin.register(ParentLetter)
class ParentLetterAdmin(RegisterAdmin):
    view_rule = rules.can_view_letters
    menu = Menu("名单与评价", 50, "mail")
    search_help = "标题或发放范围"
    empty_text = "还没有致家长信和通告。点“出具致家长信”或“拟发通告”，另一人发布后由学校发放。"
    pages = (
        *(letter_pages.IssueLetter, letter_pages.IssueNotice, letter_pages.PublishLetter),
        *(letter_pages.CountLetters, letter_pages.WithdrawLetter),
    )
    list_display = ("title", "kind", "season", "scope", "organ", "issued_on", "number_text", "state_chip")
    list_filter = ("kind", "state", "season", "issued_on")
    search_fields = ("title", "scope")
    ordering = ("-issued_on", "-pk")
    sections = (
        ("致家长信", ("title", "kind", "season", "scope", "organ", "issued_on", "issued_by", "number_text")),
        ("发布", ("state", "published_on", "published_by")),
    )

    def visible(self, actor: Actor) -> QuerySet[ParentLetter]:
        joined = ("jurisdiction", "organ", "issued_by", "published_by", "document__voiding")
        return super().visible(actor).select_related(*joined)

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: ParentLetter) -> SafeString:
        return chip(row.get_state_display(), LETTER_TONES[LetterState(row.state)])

    @admin.display(description="文号")
    def number_text(self, row: ParentLetter) -> SafeString | str:
        if row.document_id is None:
            return "—"
        return link(row.document.number, reverse("admin:documents_document_change", args=[row.document_id]))

    def summary(self, actor: Actor, row: ParentLetter) -> list[tuple[str, object, str]]:
        found = letters.returned(row)
        void = [("效力", "已作废", "bad")] if rules.is_void(row) else []
        return [
            *void,
            ("状态", self.state_chip(row), "plain"),
            ("发放学校", f"{found.reporting}/{found.schools}所", "plain"),
            ("发放", f"{found.copies}份", "plain"),
            ("纸质回执", f"{found.receipts}份（{found.rate}）", "plain"),
            ("网上回执", f"{found.reads}次（{found.read_rate}）", "plain"),
        ]

    def timeline(self, actor: Actor, row: ParentLetter) -> list:
        return timeline(row)
