"""The one door through which photos leave: copies that we drew, for those who may see them. Originals have none."""

from __future__ import annotations

import logging

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from foundation.core import private_files
from foundation.core.errors import Conflict

from .enums import FileKind, PhotoState
from .models import Photo
from .queries import copy_for

log = logging.getLogger(__name__)
POLICY = "default-src 'none'; sandbox"


@login_required
def display(request: HttpRequest, public_id: str) -> HttpResponse:
    """The copy for looking at, at most 1600 pixels on its longer side."""
    return _copy(request, public_id, FileKind.DISPLAY)


@login_required
def thumb(request: HttpRequest, public_id: str) -> HttpResponse:
    """The small copy, at most 320 pixels on its longer side."""
    return _copy(request, public_id, FileKind.THUMB)


def _copy(request: HttpRequest, public_id: str, wanted: FileKind) -> HttpResponse:
    found = copy_for(request.actor, public_id, wanted)
    if found is None:
        raise Http404("没有找到这张照片，或不在您的查看范围内。")
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    photo, file = found
    if file is None:
        raise Http404(_why_not(photo))
    try:
        data = private_files.fetch(file.path, sha256=file.sha256)
    except Conflict as fault:
        log.error("photo %s, %s: %s", photo.pk, wanted, fault.code)
        raise Http404(fault.message) from fault
    response = HttpResponse(data, content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="{photo.public_id}.jpg"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=600"
    response["Vary"] = "Cookie"
    return response


def _why_not(photo: Photo) -> str:
    if photo.state == PhotoState.REFUSED:
        return f"这张照片无法显示：{photo.reason}"
    return "照片正在处理，请稍后刷新。"
