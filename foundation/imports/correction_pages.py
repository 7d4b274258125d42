"""Mending refused rows: cell by cell where they are shown, or all suggested repairs at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from foundation.core.actor import Actor
from foundation.core.pages import OperationPage

from . import rules
from .browsing import Browsing
from .correcting import CorrectionForm
from .enums import BatchState, Outcome
from .forms import AcceptForm
from .models import Batch
from .running import check_edited, check_repaired
from .showing import has_cells


class EditPage(OperationPage):
    """The form itself stands on the batch's own page; this is where it is sent, and where one row alone is mended."""

    slug, has_button = "edit", False
    label = "修改表格内容"
    rule = rules.can_edit
    template_name = "imports/correct.html"
    form_class = CorrectionForm
    changed = 0

    def form_kwargs(self) -> dict[str, Any]:
        return {"batch": self.row}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("row", "")
        if not asked.isdecimal():
            return HttpResponseRedirect(self.back_url())
        rows = [row for row in self.row.rows.filter(pk=asked) if has_cells(row)] if len(asked) < 19 else []
        if not rows:
            raise Http404("没有找到这一行：它可能已重新校验过，请回到批次页面再点。")
        return self.render(form=CorrectionForm(batch=self.row, rows=rows))

    def context(self, **extra: Any) -> dict[str, Any]:
        return super().context(step=3, batch=self.row, edit_url="", **extra)

    def run(self, *, by: Actor, at: datetime, **cleaned: Any) -> Batch:
        edits = cleaned["edits"]
        self.changed = sum(map(len, edits.values()))
        self.row = check_edited(self.row, edits=edits, by=by)
        return self.row

    @property
    def done(self) -> str:  # type: ignore[override]
        return f"已保存 {self.changed} 处修改{said_of(self.row)}"

    def next_url(self, result: Batch) -> str:
        """Back to the tab and page from which the form was sent."""
        return self.register.row_url(result) + Browsing(result, self.request.GET).here


class AcceptPage(OperationPage):
    slug, has_button = "accept", False
    label = "采纳修改建议"
    kind = "main"
    rule = rules.can_edit
    template_name = "imports/accept.html"
    form_class = AcceptForm
    effect = "采纳勾选的建议并重新校验，不会写入名录。原文件不变，改过的地方都会标明。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"batch": self.row}

    def context(self, **extra: Any) -> dict[str, Any]:
        return super().context(step=3, **extra)

    def run(self, *, by: Actor, at: datetime, **cleaned: Any) -> Batch:
        self.row = check_repaired(self.row, spots=cleaned["spots"], by=by)
        return self.row

    @property
    def done(self) -> str:  # type: ignore[override]
        return f"已采纳修改建议{said_of(self.row)}"


def said_of(batch: Batch) -> str:
    """What the check that followed a correction came to."""
    if batch.state != BatchState.CHECKED:
        return "，正在重新校验。"
    left = batch.counts.get(Outcome.REJECTED)
    return f"并重新校验：还有 {left:,} 行不合格。" if left else "并重新校验：没有不合格的行了。"
