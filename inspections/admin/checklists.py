"""检查清单, their versions and questions."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.site import Menu
from inspections.enums import VersionState
from inspections.models import Checklist, ChecklistItem, ChecklistVersion
from inspections.pages import checklists as pages
from inspections.rules import checklists as rules

TONES = {VersionState.DRAFT: "notice", VersionState.IN_USE: "ok", VersionState.RETIRED: "plain"}


@admin.register(Checklist)
class ChecklistAdmin(RegisterAdmin):
    view_rule = rules.can_view_checklists
    menu = Menu("检查", 80, "checklist")
    search_help = "清单名称"
    empty_text = "还没有检查清单。"
    pages = (pages.AddChecklist, pages.StartVersion)
    list_display = ("name", "audience", "jurisdiction")
    list_filter = ("audience",)
    list_select_related = ("jurisdiction",)
    search_fields = ("name",)
    ordering = ("jurisdiction__code", "name", "pk")
    sections = (("清单", ("name", "audience", "jurisdiction")),)

    def timeline(self, actor: Actor, row: Checklist) -> list:
        return timeline(row)


@admin.register(ChecklistVersion)
class ChecklistVersionAdmin(RegisterAdmin):
    view_rule = rules.can_view_checklists
    menu = Menu("检查", 81, "rule")
    search_help = "清单名称"
    empty_text = "还没有清单版本。"
    pages = (pages.PublishVersion, pages.SetItem, pages.SetSection)
    list_display = ("checklist", "number", "state", "published_at", "note")
    list_filter = ("state", "checklist__audience")
    list_select_related = ("checklist",)
    search_fields = ("checklist__name",)
    ordering = ("checklist__name", "-number", "pk")
    sections = (("版本", ("checklist", "number", "state", "published_at", "published_by", "note")),)

    def summary(self, actor: Actor, row: ChecklistVersion) -> list[tuple[str, object, str]]:
        return [
            ("状态", row.get_state_display(), TONES[VersionState(row.state)]),
            ("部分", f"{row.sections.count()}个", "plain"),
            ("条目", f"{row.items.count()}项", "plain"),
        ]

    def timeline(self, actor: Actor, row: ChecklistVersion) -> list:
        return timeline(row)


@admin.register(ChecklistItem)
class ChecklistItemAdmin(RegisterAdmin):
    """Reached from its version; it has no place in the menu."""

    view_rule = rules.can_view_checklists
    search_help = "代码、内容或依据"
    empty_text = "没有条目。"
    pages = (pages.EditItem, pages.RemoveItem)
    list_display = ("code", "text", "severity", "basis", "photo", "officer_only", "version")
    list_filter = ("severity", "photo")
    list_select_related = ("version__checklist",)
    search_fields = ("code", "text", "basis")
    ordering = ("version", "code")
    sections = (("条目", ("version", "section", "code", "text", "severity", "basis", "photo", "officer_only")),)

    def version_url(self, version: ChecklistVersion) -> str:
        """Where a removed question was."""
        return reverse("admin:inspections_checklistversion_change", args=[version.pk])

    def timeline(self, actor: Actor, row: ChecklistItem) -> list:
        return timeline(row)
