"""The four steps for staff: template, upload, verdicts, done. Each page calls one operation or only reads."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.downloads import XLSX
from foundation.core.pages import OperationPage, Page

from . import rules
from .enums import BatchState, Outcome
from .forms import UploadForm
from .mapping_pages import MappingPage
from .models import Batch
from .operations import apply_batch, discard_batch, queue_batch
from .running import check_again, upload
from .sheets import refused_workbook, template_workbook
from .target import Ground, target_named, targets_for
from .turns import LARGE

#: Word and, where it is not the register's own, unit of what is written; then why a row is not.
TAKEN = {Outcome.CREATED: ("新增", ""), Outcome.UPDATED: ("更新", ""), Outcome.CAMPUS: ("登记校区", "个")}
LEFT = {Outcome.REJECTED: "不合格", Outcome.DUPLICATE: "表内重复", Outcome.SKIPPED: "勾选了不导入"}
ARRIVED = {
    BatchState.UNMAPPED: "已上传，还差一步：请告诉系统哪一列是什么。",
    BatchState.UPLOADED: "已上传，行数较多，正在后台校验。",
}


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under a Chinese name, never kept by anybody on the way."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"}
    )


class TemplatePage(Page):
    http_method_names = ["get"]
    slug = "template"
    label = "下载模板"
    rule = rules.can_open_upload
    per_object = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        targets = {target.code: target for target in targets_for(request.actor)}
        target = targets.get(request.GET.get("target") or list(targets)[-1])
        if target is None:
            raise Http404("没有这种名录的模板。")
        return workbook_response(template_workbook(target), f"{target.label}导入模板.xlsx")


class UploadPage(OperationPage):
    slug = "upload"
    label = "上传表格"
    kind = "main"
    rule = rules.can_open_upload
    per_object = False
    template_name = "imports/upload.html"
    form_class = UploadForm
    effect = "上传后只做校验，不会写入名录；看过结果并确认后才导入。"
    batch: Batch

    @property
    def done(self) -> str:  # type: ignore[override]
        rows, bad = self.batch.rows_total, self.batch.counts.get(Outcome.REJECTED)
        found = f"{bad:,} 行不合格" if bad else "没有不合格的行"
        return ARRIVED.get(BatchState(self.batch.state)) or f"已上传并校验：共 {rows:,} 行，{found}。"

    def context(self, **extra: Any) -> dict[str, Any]:
        return super().context(targets=targets_for(self.request.actor), step=2, **extra)

    def run(self, *, by: Actor, at: datetime, **cleaned: Any) -> Batch:
        ground = Ground(cleaned["bureau"], today=clock.today())
        file = cleaned["file"]
        self.batch = upload(
            target=cleaned["target"], ground=ground, file_name=file.name, file=file, mode=cleaned["mode"], by=by
        )
        return self.batch

    def next_url(self, result: Batch) -> str:
        if result.state == BatchState.UNMAPPED:
            return MappingPage.url_for(self.register, result)
        return super().next_url(result)


class ApplyPage(OperationPage):
    slug = "apply"
    label = "确认导入"
    kind = "main"
    rule = rules.can_apply
    template_name = "imports/step.html"

    @property
    def done(self) -> str:  # type: ignore[override]
        return "已确认，正在后台写入。" if self.row.rows_total > LARGE else "导入完成。"

    @property
    def effect(self) -> str:  # type: ignore[override]
        return f"{effect_of(self.row)}导入后如发现有误，可以在本批次的页面撤销。"

    def run(self, *, by: Actor, at: datetime, **cleaned: Any) -> Batch:
        if self.row.rows_total > LARGE:
            return queue_batch(batch=self.row, by=by, at=at)
        return apply_batch(batch=self.row, by=by, at=at)


def effect_of(batch: Batch) -> str:
    """What confirming will do, in one sentence with its numbers."""
    return _in_words(batch, "将", "不会有变化", "不作改动", "不会写入")


def outcome_of(batch: Batch) -> str:
    """What confirming did, in the same words."""
    return _in_words(batch, "", "没有变化", "未改动", "没有写入")


def _in_words(batch: Batch, tense: str, nothing: str, same: str, left_out: str) -> str:
    """Only what there is any of: 更新 0 家 says nothing."""
    target = target_named(batch.target)
    counts, unit, book = batch.counts, target.unit, target.book
    taken = [f"{word} {counts[name]:,} {own or unit}" for name, (word, own) in TAKEN.items() if counts.get(name)]
    left = [f"{counts[name]:,} 行{why}" for name, why in LEFT.items() if counts.get(name)]
    parts = [tense + "、".join(taken) if taken else f"{book}{nothing}"]
    if unchanged := counts.get(Outcome.UNCHANGED):
        parts.append(f"{unchanged:,} {unit}与{book}一致，{same}")
    if left:
        parts.append(f"{'、'.join(left)}，{left_out}{book}")
    return f"{'；'.join(parts)}。"


class RecheckPage(OperationPage):
    slug = "recheck"
    label = "重新校验"
    rule = rules.can_recheck
    template_name = "imports/step.html"
    effect = "用同一个文件对照最新的名录再校验一遍，不会写入名录。"
    done = "已重新校验。"

    def run(self, *, by: Actor, at: datetime, **cleaned: Any) -> Batch:
        return check_again(self.row, by=by)


class DiscardPage(OperationPage):
    slug = "discard"
    label = "放弃这个文件"
    kind = "danger"
    rule = rules.can_discard
    template_name = "imports/step.html"
    effect = "不导入任何数据，上传的文件和校验结果将被删除。"
    done = "已放弃，文件已删除。"

    def run(self, *, by: Actor, at: datetime, **cleaned: Any) -> Batch:
        return discard_batch(batch=self.row, by=by, at=at)


class ErrorsPage(Page):
    http_method_names = ["get"]
    slug = "errors"
    label = "下载不合格的行"
    rule = rules.can_fetch_errors

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        stem = self.row.file_name.rsplit(".", 1)[0]
        return workbook_response(refused_workbook(self.row), f"{stem}_不合格的行.xlsx")
