"""回执单: the code of a one-purpose link on a slip that goes with a paper.

A document's words are frozen and kept, its file is made after the commit and made again when it is lost. A code is
shown once and kept nowhere, and the next one replaces it: so it cannot stand in the document and has a slip of its own.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe

from foundation.accounts.codes import in_groups
from foundation.accounts.links import alive
from foundation.accounts.models import PurposeLink
from foundation.accounts.operations.links import IssuedLink, issue_link, stop_link
from foundation.accounts.purposes import Purpose
from foundation.core.actor import Actor
from foundation.core.pages import BulkOperationPage, OperationPage, Report

from .rendering import qr_svg, slips_pdf
from .templates import cn_date


def address_of(code: str = "") -> str:
    """Where the holder goes; the code stands behind the #, which no browser sends and no server logs."""
    page = f"{settings.SITE_INFO['address'].rstrip('/')}{reverse('publicity:answer')}"
    return f"{page}#{code}" if code else page


class IssueLinkPage(OperationPage):
    """Contributed to the register of what ``purpose`` is about; a subclass repeats the purpose's rule."""

    slug, label = "slip", "开通网上回执"
    effect = (
        "将生成一张回执单，印有二维码和16位凭证，与文书一并交给当事人：当事人无需账号即可查看文书、报告情况。"
        "凭证只显示这一次；以前开通的回执单立即失效。"
    )
    done = "回执单已开通，请现在打印。"
    purpose: ClassVar[Purpose]
    issued: IssuedLink | None = None

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return super().offered_to(actor, row) and cls.purpose.asks(row)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        if self.issued is None:
            return response
        self.template_name = "documents/slip.html"
        shown = self.purpose.shown(self.row)
        context = {"code": in_groups(self.issued.code), "link": self.issued.link, "shown": shown}
        qr = mark_safe(qr_svg(address_of(self.issued.code)))  # noqa: S308 (drawn by us)
        answer = self.render(**context, where=address_of(), qr=qr)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def run(self, *, by: Actor, at: Any) -> PurposeLink:
        self.issued = issue_link(purpose=self.purpose, subject=self.row, by=by, at=at)
        return self.issued.link


class IssueLinksPage(BulkOperationPage):
    """Slips for many matters at once, one PDF to print; a subclass has the purpose and a rule of the actor alone."""

    slug, label = "slips", "批量开通网上回执"
    effect = (
        "每条生成一张回执单，合成一个PDF下载，每页两张，剪开后分别交给当事人。凭证只在这个文件里；"
        "以前开通的回执单立即失效。不需要答复的不开通，写在最后一页。"
    )
    limit = 100  # each code costs Argon2
    purpose: ClassVar[Purpose]

    def run_each(self, ids: list[int], cleaned: dict[str, Any]) -> Report:
        self.issued: list[tuple[models.Model, IssuedLink]] = []
        return super().run_each(ids, cleaned)

    def run_one(self, row: models.Model, *, by: Actor, at: Any) -> object:
        issued = issue_link(purpose=self.purpose, subject=row, by=by, at=at)
        self.issued.append((row, issued))
        return issued.link

    def render(self, *, report: Report | None = None, **extra: Any) -> HttpResponse:
        if report is None or not self.issued:
            return super().render(**({"report": report} if report else {}), **extra)
        pdf = slips_pdf([self._slip(row, issued) for row, issued in self.issued], report.refused)
        response = HttpResponse(pdf, content_type="application/pdf")
        response.headers["Content-Disposition"] = 'attachment; filename="huizhidan.pdf"'
        response.headers["Cache-Control"] = "no-store"
        return response

    def _slip(self, row: models.Model, issued: IssuedLink) -> dict[str, object]:
        shown = self.purpose.shown(row)
        until = ("有效期至", f"{cn_date(issued.link.last_day)}，事项办结时失效")
        return {
            "party": shown.party,
            "title": shown.title,
            "ask": shown.words.ask,
            "where": address_of(),
            "code": in_groups(issued.code),
            "qr": qr_svg(address_of(issued.code)),
            "facts": [*shown.lines[:2], until],
        }


class StopLinkPage(OperationPage):
    slug, label = "stop-slip", "停用网上回执"
    effect = "当事人手中的回执单立即失效。需要时可以重新开通。"
    done = "已停用。"
    purpose: ClassVar[Purpose]

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return super().offered_to(actor, row) and alive(cls.purpose.code, row) is not None

    def run(self, *, by: Actor, at: Any) -> PurposeLink:
        return stop_link(purpose=self.purpose, subject=self.row, by=by, at=at)
