"""What staff can do with a document: take its files, declare it void."""

from __future__ import annotations

import io
from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect

from foundation.core import private_files
from foundation.core.errors import Conflict
from foundation.core.pages import OperationPage, Page

from . import rules
from .enums import FileFormat
from .models import Document
from .operations import void_document
from .queries import file_of

TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class FilePage(Page):
    """The stored file as an attachment; its hash is checked on the way out."""

    http_method_names = ["get"]
    rule = rules.can_download
    format: ClassVar[FileFormat]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        file = file_of(self.row, self.format)
        if file is None:
            return self._back(f"{self.format.label} 正在生成，请稍后再试。")
        try:
            data = private_files.fetch(file.path, sha256=file.sha256)
        except Conflict as refusal:
            return self._back(refusal.message)
        name = f"{self.row.number}.{self.format.value}"
        return FileResponse(io.BytesIO(data), as_attachment=True, filename=name, content_type=TYPES[self.format])

    def _back(self, sentence: str) -> HttpResponse:
        messages.warning(self.request, sentence)
        return HttpResponseRedirect(self.context()["back"])


class PdfPage(FilePage):
    slug = "pdf"
    label = "下载 PDF"
    kind = "main"
    format = FileFormat.PDF


class WordPage(FilePage):
    slug = "word"
    label = "下载 Word"
    format = FileFormat.WORD


class VoidForm(forms.Form):
    reason = forms.CharField(
        label="作废理由",
        min_length=5,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="至少5个字。",
    )


class VoidPage(OperationPage):
    slug = "void"
    label = "作废"
    kind = "danger"
    rule = rules.can_void
    form_class = VoidForm
    effect = "作废后文号不再使用，公众扫码将看到“已作废”；文书内容和文件仍保留备查，不能恢复。"
    done = "文书已作废。"

    def run(self, *, by, at, reason: str) -> Document:
        return void_document(document=self.row, reason=reason, by=by, at=at)
