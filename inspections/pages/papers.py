"""Papers of a campaign: put down with their files, more files added, a file taken out with a trace."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from foundation.core import clock
from foundation.core.ciphers import Unreadable
from foundation.core.errors import Conflict, NotAllowed
from foundation.core.pages import OperationPage, Page
from inspections import attaching
from inspections.enums import PaperFormat
from inspections.forms import papers as forms
from inspections.operations import papers as operations
from inspections.rules import campaigns as rules

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {
    PaperFormat.PDF: "application/pdf",
    PaperFormat.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperFormat.EXCEL: XLSX,
    PaperFormat.JPEG: "image/jpeg",
    PaperFormat.PNG: "image/png",
}


class AddPaper(OperationPage):
    slug, label = "paper", "登记文件"
    rule = rules.can_run
    form_class = forms.PaperForm
    effect = "联席会议、领导小组、专班、方案和通知登记后不能修改或删除，附件可以以后补充。"
    done = "已登记。"

    def run(self, *, by, at, files, **facts):
        with attaching.taking(files) as taken:
            operations.add_paper(campaign=self.row, files=taken, by=by, at=at, **facts)
        return self.row


class AttachFiles(OperationPage):
    """At a paper's own page."""

    slug, label, kind = "attach", "上传附件", "main"
    form_class = forms.FilesForm
    effect = "附件上传后不能替换或删除；每次下载都会记入操作记录。"
    done = "已上传。"

    @staticmethod
    def rule(actor, paper) -> bool:
        return rules.can_run(actor, paper.campaign)

    def run(self, *, by, at, files):
        with attaching.taking(files) as taken:
            return operations.attach_files(paper=self.row, files=taken, by=by, at=at)


class TakeFile(Page):
    """Taking the file is an act of its own: a POST that leaves a trace, then the file as an attachment."""

    slug, label, kind = "take", "下载", "main"
    rule = rules.can_take_paper
    template_name = "inspections/take.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render(what="附件", effect=f"{self.row.paper}的附件。本次下载会记入操作记录。")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            data = attaching.plain(self.row)
            file = operations.take_paper_file(file=self.row, by=request.actor, at=clock.now())
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except (Conflict, Unreadable) as refusal:
            messages.error(request, getattr(refusal, "message", "文件无法解封，请联系系统管理员。"))
            return HttpResponseRedirect(self.back_url())
        return as_file(data, file.filename, content_type=TYPES[PaperFormat(file.format)])


def as_file(data: bytes, name: str, *, content_type: str = XLSX) -> HttpResponse:
    """Bytes as an attachment that no browser shows or keeps."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(data, content_type=content_type, headers=headers)
