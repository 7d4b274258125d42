"""Files that leave the portal from a staff page: an act of its own, asked for by POST, with a trace."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from . import clock
from .actor import Actor
from .ciphers import Unreadable
from .errors import Conflict, NotAllowed
from .pages import Page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_file(data: bytes, name: str, *, content_type: str = XLSX) -> HttpResponse:
    """Bytes as an attachment that no browser shows or keeps."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(data, content_type=content_type, headers=headers)


class TakePage(Page):
    """Shows what is about to leave; the POST fetches it and leaves a trace. A subclass says what and fetches."""

    slug, label, kind = "take", "下载", "main"
    template_name = "staff/take.html"
    what: ClassVar[str] = "附件"

    def effect(self) -> str:
        """What is taken, and that it is noted."""
        raise NotImplementedError

    def fetch(self, *, by: Actor, at: datetime) -> tuple[bytes, str, str]:
        """(bytes, name, content type), noted by an operation. Raises NotAllowed, Conflict, Unreadable."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render(what=self.what, effect=self.effect())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            data, name, content_type = self.fetch(by=request.actor, at=clock.now())
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except (Conflict, Unreadable) as refusal:
            messages.error(request, getattr(refusal, "message", "文件无法解封，请联系系统管理员。"))
            return HttpResponseRedirect(self.back_url())
        return as_file(data, name, content_type=content_type)
