"""数据导入 in the staff site: the batches, and one batch's verdicts row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.ciphers import masked
from foundation.core.marks import chip
from foundation.core.site import Menu

from . import pages, rules
from .enums import WRITTEN, BatchState, Outcome
from .models import Batch, BatchRow
from .queries import changes_of
from .stored import opened
from .target import Target, target_named

TONES = {
    Outcome.CREATED: "ok",
    Outcome.UPDATED: "primary",
    Outcome.UNCHANGED: "plain",
    Outcome.DUPLICATE: "notice",
    Outcome.CAMPUS: "ok",
    Outcome.REJECTED: "bad",
    Outcome.SKIPPED: "plain",
}
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
TABS = (
    Outcome.REJECTED,
    Outcome.CREATED,
    Outcome.UPDATED,
    Outcome.CAMPUS,
    Outcome.DUPLICATE,
    Outcome.SKIPPED,
    Outcome.UNCHANGED,
)
WARNED = "warned"
REFRESH_SECONDS = 3
ROWS_A_PAGE = 50


@dataclass(frozen=True)
class ShownRow:
    """One row as the page of verdicts shows it."""

    where: str
    name: str
    code: str
    outcome: object
    facts: str
    reasons: list[str]
    warnings: list[dict[str, str]]
    changes: dict[str, list]
    url: str


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
        pages.ErrorsPage,
        pages.RecheckPage,
        pages.DiscardPage,
    )
    list_display = ("file_name", "target_text", "jurisdiction", "state_text", "counts_text", "uploader", "uploaded_at")
    list_filter = ("state",)
    list_select_related = ("jurisdiction",)
    ordering = ("-uploaded_at", "-pk")

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
            ("数据行", f"{row.rows_total} 行", "plain"),
            *((outcome.label, f"{row.counts[outcome]} 行", "plain") for outcome in TABS if row.counts.get(outcome)),
        ]

    def timeline(self, actor: Actor, row: Batch) -> list:
        return timeline(row)

    def detail_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        response = super().detail_view(request, pk)
        context = getattr(response, "context_data", None)
        if context is None:
            return response
        batch = context["row"]
        context |= self.verdicts(request, batch)
        if batch.state in (BatchState.UPLOADED, BatchState.APPLYING):
            response.headers["Refresh"] = str(REFRESH_SECONDS)
        return response

    def verdicts(self, request: HttpRequest, batch: Batch) -> dict[str, Any]:
        """The tabs by verdict and one page of the chosen tab's rows."""
        target = target_named(batch.target)
        tabs = [(outcome.value, outcome.label, batch.counts.get(outcome, 0)) for outcome in TABS]
        warned = batch.rows.exclude(warnings=[]).count()
        tabs = [tab for tab in (*tabs, (WARNED, "有提醒", warned)) if tab[2]]
        chosen = request.GET.get("verdict", "")
        if chosen not in [value for value, _, _ in tabs]:
            chosen = tabs[0][0] if tabs else ""
        rows = batch.rows.exclude(warnings=[]) if chosen == WARNED else batch.rows.filter(outcome=chosen)
        page = Paginator(rows.order_by("sheet", "number"), ROWS_A_PAGE).get_page(request.GET.get("page"))
        return {
            "tabs": tabs,
            "chosen": chosen,
            "page_obj": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            "rows": self.shown_rows(page, batch, target),
            "effect": pages.effect_of(batch) if batch.state == BatchState.CHECKED else "",
            "step": 4 if batch.state in (BatchState.APPLIED, BatchState.DISCARDED) else 3,
            "target": target,
            "blocked": batch.state == BatchState.CHECKED and not rules.is_importable(batch),
            "busy": batch.state in (BatchState.UPLOADED, BatchState.APPLYING),
        }

    def shown_rows(self, page: Page, batch: Batch, target: Target) -> list[ShownRow]:
        return [self.shown_row(row, batch, target) for row in page.object_list]

    def shown_row(self, row: BatchRow, batch: Batch, target: Target) -> ShownRow:
        written = batch.state == BatchState.APPLIED and row.outcome in WRITTEN
        known = row.outcome in (Outcome.UPDATED, Outcome.UNCHANGED)
        return ShownRow(
            where=f"{row.sheet} 第{row.number}行" if row.sheet else f"第{row.number}行",
            name=row.title or "（未填）",
            code=row.code,
            outcome=chip(row.get_outcome_display(), TONES[Outcome(row.outcome)]),
            facts="；".join(facts_of(row, target)) if row.outcome == Outcome.CREATED else "",
            reasons=[fault["message"] for fault in row.reasons],
            warnings=row.warnings,
            changes=changes_of(row, target),
            url=target.url_of(row.subject_id) if row.subject_id and (written or known) else "",
        )


def facts_of(row: BatchRow, target: Target) -> list[str]:
    """What a new object will hold beyond its name and code; personal values masked."""
    record, facts = opened(row.record, target), []
    for name, column in target.resource.columns.items():
        text = column.shown(record.get(name))
        if text and name not in target.shown_as:
            facts.append(f"{column.column_name} {masked(text) if column.personal else text}")
    return facts
