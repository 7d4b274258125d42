"""文书 in the staff site: what was issued, its files, and declaring one void."""

from __future__ import annotations

from datetime import date

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.clock import local_date
from foundation.core.marks import chip
from foundation.core.site import Menu

from . import codes, fonts, queries, rules, wording_pages
from .enums import WordingState
from .models import Document, LocalWording
from .pages import PdfPage, VoidPage, WordPage


class StandingFilter(admin.SimpleListFilter):
    title = "效力"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: RegisterAdmin) -> list[tuple[str, str]]:
        return [("valid", "有效"), ("void", "已作废")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() in ("valid", "void"):
            return queryset.filter(voiding__isnull=self.value() == "valid")
        return queryset


@admin.register(Document)
class DocumentAdmin(RegisterAdmin):
    view_rule = rules.can_view_documents
    menu = Menu("执法", 80, "description")
    pages = (PdfPage, WordPage, VoidPage)
    list_display = ("number", "kind", "party", "subject_label", "organ", "issued_on", "standing")
    list_filter = ("kind", StandingFilter, "issued_at")
    list_select_related = ("organ", "voiding")
    search_fields = ("number", "party", "subject_label")
    ordering = ("-issued_at", "-pk")
    sections = (
        ("文书", ("number", "kind", "organ", "issued_at", "issued_by_name", "template_version")),
        ("对象", ("party", "subject_label", "matter")),
        ("核验", ("code", "digest", "verify_page")),
    )

    def visible(self, actor: Actor) -> models.QuerySet:
        return Document.objects.visible_to(actor).select_related("organ", "voiding", "series")

    @admin.display(description="出具日期", ordering="issued_at")
    def issued_on(self, row: Document) -> date:
        return local_date(row.issued_at)

    @admin.display(description="效力")
    def standing(self, row: Document) -> str:
        return "已作废" if row.is_void else "有效"

    @admin.display(description="核验码")
    def code(self, row: Document) -> str:
        return codes.spaced(row.verify_code)

    @admin.display(description="内容摘要")
    def digest(self, row: Document) -> str:
        return queries.short_digest(row.sha256)

    @admin.display(description="核验页")
    def verify_page(self, row: Document) -> str:
        return f"/verify/{row.verify_code}/"

    def summary(self, actor: Actor, row: Document) -> list[tuple[str, object, str]]:
        kept = "、".join(file.get_format_display() for file in row.files.order_by("format"))
        strip = [
            ("效力", self.standing(row), "bad" if row.is_void else "ok"),
            ("文号", row.number, "plain"),
            ("文件", kept or "正在生成", "plain" if kept else "notice"),
        ]
        if boxes := fonts.missing(row.content):
            strip.append(("缺字形", f"{''.join(boxes)}，PDF中显示为方框，请用 Word 版打印", "bad"))
        if row.is_void:
            strip.append(("作废理由", row.voiding.reason, "bad"))
        return strip

    def details(self, actor: Actor, row: Document) -> list[tuple[str, list[tuple[str, object]]]]:
        return [*super().details(actor, row), ("正文", queries.wording(row))]

    def timeline(self, actor: Actor, row: Document) -> list:
        return timeline(row)


WORDING_TONES = {
    WordingState.PROPOSED: "notice",
    WordingState.APPROVED: "ok",
    WordingState.REFUSED: "bad",
    WordingState.WITHDRAWN: "plain",
}


@admin.register(LocalWording)
class LocalWordingAdmin(RegisterAdmin):
    view_rule = rules.can_view_wordings
    menu = Menu("执法", 85, "edit_document")
    empty_text = "还没有本地格式，文书用系统的标准格式。本地发布了文书格式的，点“拟定本地格式”，由另一人审核。"
    pages = (
        *(wording_pages.ProposeWording, wording_pages.Sample, wording_pages.ApproveWording),
        *(wording_pages.RefuseWording, wording_pages.WithdrawWording),
    )
    list_display = ("kind", "organ", "effective_on", "standing", "proposed_by", "decided_by")
    list_filter = ("state", "kind")
    ordering = ("-effective_on", "-pk")
    sections = (
        ("本地文书格式", ("kind", "organ", "title", "basis", "effective_on")),
        ("审核", ("standing", "proposed_by", "decided_by", "decision_remark")),
    )

    def visible(self, actor: Actor) -> models.QuerySet:
        return super().visible(actor).select_related("organ", "proposed_by", "decided_by")

    @admin.display(description="状态", ordering="state")
    def standing(self, row: LocalWording) -> str:
        return chip(row.get_state_display(), WORDING_TONES[WordingState(row.state)])

    def summary(self, actor: Actor, row: LocalWording) -> list[tuple[str, object, str]]:
        return [
            ("状态", row.get_state_display(), WORDING_TONES[WordingState(row.state)]),
            ("启用日期", row.effective_on, "plain"),
            ("格式", "本地格式" if row.text else "恢复标准格式", "plain"),
        ]

    def timeline(self, actor: Actor, row: LocalWording) -> list:
        return timeline(row)
