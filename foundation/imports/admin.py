"""数据导入 in the staff site: the batches, and one batch's verdicts row by row."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip
from foundation.core.site import Menu

from . import pages, queries, rules
from .browsing import TABS, Browsing
from .correcting import CorrectionForm
from .correction_pages import AcceptPage, EditPage
from .enums import BatchState
from .mapping_pages import MappingPage
from .models import Batch, KeptRow
from .offering import count_repairs, tidied_of
from .progress import progress_of
from .showing import shown_rows
from .target import Target, target_named
from .undo_pages import KEPT_SHOWN, UndoPage, undone_in_words

STATE_TONES = {
    BatchState.UNMAPPED: "notice",
    BatchState.UPLOADED: "primary",
    BatchState.CHECKED: "notice",
    BatchState.APPLYING: "primary",
    BatchState.APPLIED: "ok",
    BatchState.UNDOING: "primary",
    BatchState.UNDONE: "plain",
    BatchState.DISCARDED: "plain",
}
LAST_STEP = frozenset({BatchState.APPLIED, BatchState.UNDOING, BatchState.UNDONE, BatchState.DISCARDED})


@admin.register(Batch)
class BatchAdmin(RegisterAdmin):
    view_rule = rules.can_view_imports
    menu = Menu("机构名录", 60, "upload_file")
    change_form_template = "imports/batch.html"
    empty_text = "还没有导入过数据。先下载模板，或直接上传手里的表格。"
    pages = (
        pages.UploadPage,
        pages.TemplatePage,
        pages.ApplyPage,
        MappingPage,
        pages.ErrorsPage,
        pages.RecheckPage,
        EditPage,
        AcceptPage,
        UndoPage,
        pages.DiscardPage,
    )
    list_display = ("file_name", "target_text", "jurisdiction", "state_text", "counts_text", "uploader", "uploaded_at")
    list_filter = ("state",)
    list_select_related = ("jurisdiction",)
    search_fields = ("file_name", "uploader")
    search_help = "文件名或上传人"
    ordering = ("-uploaded_at", "-pk")

    def visible(self, actor: Actor) -> QuerySet:
        return queries.batches_for(actor)

    @admin.display(description="导入到", ordering="target")
    def target_text(self, row: Batch) -> str:
        return target_named(row.target).label

    @admin.display(description="状态", ordering="state")
    def state_text(self, row: Batch) -> object:
        return chip(row.get_state_display(), STATE_TONES[BatchState(row.state)])

    @admin.display(description="结果")
    def counts_text(self, row: Batch) -> str:
        return "，".join(f"{outcome.label} {row.counts[outcome]}" for outcome in TABS if row.counts.get(outcome))

    def summary(self, actor: Actor, row: Batch) -> list[tuple[str, object, str]]:
        return [
            ("状态", row.get_state_display(), STATE_TONES[BatchState(row.state)]),
            ("导入到", f"{row.jurisdiction} · {self.target_text(row)}", "plain"),
            ("数据行", f"{row.rows_total:,} 行", "plain"),
            ("上传", f"{row.uploader}", "plain"),
        ]

    def timeline(self, actor: Actor, row: Batch) -> list:
        return timeline(row)

    def detail_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        response = super().detail_view(request, pk)
        context = getattr(response, "context_data", None)
        if context is None:
            return response
        batch = context["row"]
        progress = progress_of(batch, request.GET, now=clock.now())
        context |= self.verdicts(request, batch) | {"progress": progress}
        if progress:
            response.headers["Refresh"] = progress.refresh
        return response

    def verdicts(self, request: HttpRequest, batch: Batch) -> dict[str, Any]:
        """All that the page says about the batch's rows, and one page of those of the chosen tab."""
        target = target_named(batch.target)
        may_edit = rules.can_edit(request.actor, batch)
        browsing = Browsing(batch, request.GET, editable=may_edit)
        rows = list(browsing.page) if browsing.tabs else []
        in_place = browsing.edits_in_place
        return {
            "batch": batch,
            "target": target,
            "browsing": browsing,
            "form": CorrectionForm(batch=batch, rows=rows) if in_place else None,
            "rows": [] if in_place else shown_rows(batch, rows, target),
            "may_edit": may_edit,
            "edit_url": EditPage.url_for(self, batch),
            "columns_url": MappingPage.url_for(self, batch),
            "accept_url": AcceptPage.url_for(self, batch),
            "repairs": count_repairs(batch) if may_edit else 0,
            "tidied": tidied_of(batch),
            "columns_taken": columns_taken(batch, target),
            "effect": pages.effect_of(batch) if batch.state == BatchState.CHECKED else "",
            "outcome": pages.outcome_of(batch) if batch.state == BatchState.APPLIED else "",
            "blocked": batch.state == BatchState.CHECKED and not rules.is_importable(batch),
            "step": step_of(batch),
            **self.undone(batch),
        }

    def undone(self, batch: Batch) -> dict[str, Any]:
        """The rows that an undo left, and why."""
        if batch.state != BatchState.UNDONE:
            return {}
        kept = KeptRow.objects.filter(row__batch=batch).order_by("pk").values_list("why", flat=True)
        return {"undone": undone_in_words(batch), "kept": kept[:KEPT_SHOWN], "kept_count": kept.count()}


def columns_taken(batch: Batch, target: Target) -> list[tuple[str, str]]:
    """(heading, our column) as the file was read."""
    columns = target.resource.columns
    return [(label, columns[name].column_name) for label, name in batch.mapping.items() if name in columns]


def step_of(batch: Batch) -> int:
    if batch.state == BatchState.UNMAPPED:
        return 2
    return 4 if batch.state in LAST_STEP else 3
