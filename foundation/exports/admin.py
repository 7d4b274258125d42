"""我的下载 in the staff site, and what of the lower apps can be exported."""

from __future__ import annotations

from django.contrib import admin
from django.db import models

from foundation.audit.admin import EventAdmin
from foundation.audit.models import Event
from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.documents.admin import DocumentAdmin
from foundation.documents.models import Document

from . import queries, rules
from .declaring import Column, as_listed, declare, exportable_of
from .enums import ExportState
from .models import Export
from .pages import ApprovePage, DownloadPage, ExportPage, RejectPage

TONES = {
    ExportState.PENDING: "notice",
    ExportState.MAKING: "notice",
    ExportState.READY: "ok",
    ExportState.EXPIRED: "plain",
    ExportState.REJECTED: "bad",
}


@admin.register(Export)
class ExportAdmin(RegisterAdmin):
    view_rule = rules.can_view_exports
    menu = Menu("工作台", 60, "download")
    pages = (DownloadPage, ApprovePage, RejectPage)
    list_display = ("register_label", "rows", "personal", "state", "requester_name", "requested_at", "expires_at")
    list_filter = ("state", "personal", "register_label")
    search_fields = ("register_label", "requester_name", "purpose")
    ordering = ("-requested_at", "-pk")
    sections = (
        ("申请", ("register_label", "rows", "format", "chosen_columns", "conditions", "personal", "purpose")),
        ("经手", ("requester_name", "organ", "requested_at", "approver_name", "remark")),
        ("文件", ("size", "sha256", "expires_at")),
    )

    def visible(self, actor: Actor) -> models.QuerySet:
        return queries.visible_exports(actor).select_related("organ")

    @admin.display(description="列")
    def chosen_columns(self, row: Export) -> str:
        labels = {column.key: column.head for column in exportable_of(row.register).columns}
        return "、".join(labels.get(key, key) for key in row.columns)

    @admin.display(description="筛选条件")
    def conditions(self, row: Export) -> str:
        return "；".join(f"{name}={'、'.join(values)}" for name, values in sorted(row.filters.items())) or "无"

    def summary(self, actor: Actor, row: Export) -> list[tuple[str, object, str]]:
        strip = [("状态", row.get_state_display(), TONES[row.state]), ("行数", row.rows, "plain")]
        if row.state == ExportState.READY:
            strip.append(("下载截止", row.expires_at, "notice"))
        if row.state == ExportState.REJECTED:
            strip.append(("理由", row.remark, "bad"))
        return strip

    def timeline(self, actor: Actor, row: Export) -> list:
        return timeline(row)


declare(
    Event,
    columns=[
        Column("at", "发生时间", kind="date"),
        Column("label", "事项"),
        Column("subject_label", "对象"),
        Column("actor_name", "经办人"),
        Column("organ_name", "单位"),
        Column("role", "角色", kind="code"),
        Column("matter", "事项编号", kind="code"),
        Column("reason", "理由"),
    ],
    rows=as_listed(Event),
    view_rule=EventAdmin.view_rule,
)
declare(
    Document,
    columns=[
        Column("number", "文号", kind="code"),
        Column("kind", "文书种类"),
        Column("party", "当事人"),
        Column(
            "person_in_charge", "负责人", lambda row: row.frozen["fields"].get("person_in_charge", ""), personal=True
        ),
        Column("organ", "出具单位"),
        Column("issued_at", "出具时间", kind="date"),
        Column("standing", "效力", lambda row: "已作废" if row.is_void else "有效"),
        Column("verify_code", "核验码", kind="code"),
    ],
    rows=as_listed(Document),
    view_rule=DocumentAdmin.view_rule,
)
contribute(Event, ExportPage)
contribute(Document, ExportPage)
