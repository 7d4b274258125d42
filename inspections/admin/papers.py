"""Papers of campaigns and the files beside them in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from inspections.models import CampaignPaper, PaperFile
from inspections.pages import papers as pages
from inspections.queries.papers import with_downloads
from inspections.rules import campaigns as rules

from .campaigns import CampaignFilter


@admin.register(CampaignPaper)
class CampaignPaperAdmin(RegisterAdmin):
    view_rule = rules.can_view_campaigns
    pages = (pages.AttachFiles,)
    search_help = "标题、文号或制发单位"
    empty_text = "没有行动文件。"
    list_display = ("title", "kind", "reference", "dated_on", "organ_name", "campaign")
    list_filter = (CampaignFilter, "kind", "dated_on")
    list_select_related = ("campaign",)
    search_fields = ("title", "reference", "organ_name")
    ordering = ("-dated_on", "-pk")
    sections = (
        ("文件", ("kind", "title", "reference", "dated_on", "organ_name", "campaign")),
        ("内容", ("text", "added_by", "added_at")),
    )


@admin.register(PaperFile)
class PaperFileAdmin(RegisterAdmin):
    view_rule = rules.can_view_campaigns
    search_help = "附件名称"
    empty_text = "没有附件。"
    pages = (pages.TakeFile,)
    list_display = ("filename_text", "paper", "size_text", "added_at", "downloads_text")
    list_filter = ("format", "added_at")
    list_select_related = ("paper",)
    search_fields = ("name",)
    ordering = ("-added_at", "-pk")
    sections = (
        ("附件", ("filename_text", "paper", "format", "size_text", "sha256")),
        ("上传", ("added_by", "added_at", "downloads_text")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_downloads(super().get_queryset(request))

    @admin.display(description="附件", ordering="name")
    def filename_text(self, row: PaperFile) -> str:
        return row.filename

    @admin.display(description="大小", ordering="size")
    def size_text(self, row: PaperFile) -> str:
        return filesizeformat(row.size)

    @admin.display(description="下载次数")
    def downloads_text(self, row: PaperFile) -> str:
        return f"{row.downloads}次"

    def timeline(self, actor: Actor, row: PaperFile) -> list:
        return timeline(row)
