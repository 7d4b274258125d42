"""The questions of a version on its page, and what they changed."""

from __future__ import annotations

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.marks import chip, link
from foundation.core.panels import Panel, panel
from inspections.enums import Severity, VersionState
from inspections.models import Checklist, ChecklistVersion
from inspections.queries.checklists import differences

TONES = {Severity.LIGHT: "plain", Severity.MAJOR: "notice", Severity.CRITICAL: "bad"}


@panel(Checklist, label="各版本", order=10)
def versions(actor: Actor, checklist: Checklist) -> Panel:
    rows = [
        (
            link(f"第{row.number}版", reverse("admin:inspections_checklistversion_change", args=[row.pk])),
            row.get_state_display(),
            row.published_at or "—",
            row.note,
        )
        for row in checklist.versions.order_by("-number")
    ]
    return Panel(("版本", "状态", "启用时间", "说明"), rows)


@panel(ChecklistVersion, label="条目", order=10)
def items(actor: Actor, version: ChecklistVersion) -> Panel:
    found = version.items.select_related("section").order_by("code")
    draft = version.state == VersionState.DRAFT
    rows = [
        (
            link(item.code, reverse("admin:inspections_checklistitem_change", args=[item.pk])) if draft else item.code,
            item.text,
            chip(item.get_severity_display(), TONES[Severity(item.severity)]),
            item.get_photo_display(),
            "◐" if item.officer_only else "",
            item.basis,
            f"{item.section} · {item.section.get_aspect_display()}",
        )
        for item in found
    ]
    return Panel(("代码", "检查内容", "程度", "拍照", "检查人员查", "依据", "部分和方面"), rows, empty="还没有条目")


@panel(ChecklistVersion, label="与上一版的差别", order=20)
def changes(actor: Actor, version: ChecklistVersion) -> Panel | None:
    if version.number == 1:
        return None
    return Panel(("代码", "变化", "内容"), list(differences(version)), empty="与上一版相同")
