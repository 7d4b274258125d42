"""Pages of exports. ``ExportPage`` stands on every declared register; the others on 我的下载."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property

from foundation.core import clock, private_files
from foundation.core.downloads import XLSX
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.core.pages import OperationPage, Page

from . import rules
from .declaring import Exportable, exportable_of, filters_of
from .enums import ExportFormat
from .forms import ExportForm, RejectForm, RemarkForm
from .models import SECOND_PERSON_ABOVE, Export
from .operations import approve_export, record_download, reject_export, request_export

TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: XLSX,
}


class ExportPage(OperationPage):
    """导出 of a list: the rows that the list shows now, by its own filters."""

    slug = "export"
    label = "导出"
    rule = rules.can_make_exports
    per_object = False
    keeps_filters = needs_rows = True
    form_class = ExportForm
    template_name = "exports/export.html"
    done = "已提交导出。文件生成后在“我的下载”中领取。"

    @cached_property
    def exportable(self) -> Exportable:
        return exportable_of(self.register.model._meta.label_lower)

    @cached_property
    def filters(self) -> dict[str, list[str]]:
        return filters_of(self.request.GET)

    @cached_property
    def counted(self) -> tuple[int, str]:
        """(how many rows the list has now, why it cannot be exported as it is)."""
        try:
            return self.exportable.rows(self.request.actor, self.filters).count(), ""
        except InvalidInput as refusal:
            return 0, refusal.message

    @property
    def effect(self) -> str:
        count, refusal = self.counted
        told = refusal or f"将导出当前筛选的 {count} 行。"
        if rules.can_export_personal(self.request.actor):
            told += f"含个人信息且超过{SECOND_PERSON_ABOVE}行的，须由第二人审批后生成。"
        return f"{told}文件保留24小时，每行带有您的姓名、时间和导出编号，下载会被记录。"

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "exportable": self.exportable,
            "personal_allowed": rules.can_export_personal(self.request.actor),
        }

    def run(self, *, by, at, columns: list[str], format: str, purpose: str) -> Export:
        return request_export(
            exportable=self.exportable,
            filters=self.filters,
            columns=columns,
            format=format,
            purpose=purpose,
            by=by,
            at=at,
        )

    def next_url(self, result: Export) -> str:
        return reverse("admin:exports_export_change", args=[result.pk])


class DownloadPage(Page):
    """Taking the file is an act of its own: a POST that leaves a trace, then the file as an attachment."""

    slug = "download"
    label = "下载"
    kind = "main"
    rule = rules.can_download
    template_name = "exports/download.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.render()

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            data = private_files.fetch(self.row.path, sha256=self.row.sha256)
            export = record_download(export=self.row, by=request.actor, at=clock.now())
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except Conflict as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(self.back_url())
        name = f"{export.register_label}-{export.pk}.{export.format}"
        return FileResponse(io.BytesIO(data), as_attachment=True, filename=name, content_type=TYPES[export.format])


class ApprovePage(OperationPage):
    slug = "approve"
    label = "批准"
    kind = "main"
    rule = rules.can_decide
    form_class = RemarkForm
    done = "已批准，文件正在生成。"

    @property
    def effect(self) -> str:
        return (
            f"{self.row.requester_name}将得到{self.row.register_label}的 {self.row.rows} 行个人信息，文件保留24小时。"
        )

    def run(self, *, by, at, remark: str) -> Export:
        return approve_export(export=self.row, remark=remark, by=by, at=at)


class RejectPage(OperationPage):
    slug = "reject"
    label = "驳回"
    kind = "danger"
    rule = rules.can_decide
    form_class = RejectForm
    effect = "不生成文件；申请人会看到驳回理由。"
    done = "已驳回。"

    def run(self, *, by, at, remark: str) -> Export:
        return reject_export(export=self.row, remark=remark, by=by, at=at)
