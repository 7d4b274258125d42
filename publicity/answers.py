"""网上回执: whoever holds the code of a paper reads it, answers and sends proof, without an account.

One address for every purpose; the code is in the body of each question and nowhere else, so no log and no history has
it. A wrong code, one that was replaced, stopped or is over, and one for something else are answered by the same page.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from foundation.accounts import codes
from foundation.accounts.links import COLUMN, NO_LINK, NOT_FOUND, opened_by
from foundation.accounts.purposes import Purpose, opened_otherwise, purpose_of
from foundation.core import clock
from foundation.core.errors import DomainError
from foundation.core.pages import add_errors
from foundation.core.throttle import Throttle
from foundation.photos import intake

from .unseen import leaves_no_trace

#: Counted before Argon2 and without the address (``permits_unseen``): each web process allows as many.
ASKED = Throttle("link", limit=20, seconds=600)
SENT = Throttle("link-sent", limit=10, seconds=3600)


def _ask(request: HttpRequest, sentence: str = "", *, status: int = 200) -> HttpResponse:
    return render(request, "public/answer_ask.html", {"sentence": sentence}, status=status)


def _from_elsewhere(request: HttpRequest) -> HttpResponse:
    return _ask(request, "这份表单不是从本站提交的，没有收下。请扫描回执单上的二维码进入。", status=403)


@leaves_no_trace(_from_elsewhere)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """The form for the code; by the code the matter, its paper, and what its party sends."""
    written = codes.normalised(request.POST.get("code", ""))
    if request.method != "POST":
        return _ask(request)
    if len(written) != codes.DIGITS:
        return _ask(request, NOT_FOUND, status=404)
    if not ASKED.permits_unseen(request):
        return _ask(request, "查询得太频繁，已暂时锁定。请十分钟后再试。", status=429)
    now = clock.now()
    hashed = codes.hashed(written, column=COLUMN)
    found = _matter(hashed, at=now)
    if found is None:
        return _ask(request, NOT_FOUND, status=404)
    purpose, subject = found
    if "paper" in request.POST:
        return _paper(purpose, subject)
    if "file" in request.POST:
        return _file(purpose, subject, request.POST["file"])
    if "send" in request.POST:
        return _send(request, purpose, subject, written, hashed, at=now)
    return page_of(request, purpose, subject, written, purpose.form(subject))


def opened_page(request: HttpRequest, code: str, *, at: datetime) -> HttpResponse:
    """The page of what a code opens that another door has just made."""
    found = _matter(codes.hashed(code, column=COLUMN), at=at)
    if found is None:
        return _ask(request, NOT_FOUND, status=404)
    purpose, subject = found
    return page_of(request, purpose, subject, code, purpose.form(subject))


def _matter(hashed: str, *, at: datetime) -> tuple[Purpose, object] | None:
    """What a code opens now; nothing where its matter asks nothing of the party any more."""
    link = opened_by(hashed, at=at)
    purpose = purpose_of(link.purpose) if link is not None else None
    found = (purpose, link.subject_id) if link is not None and purpose else opened_otherwise(hashed, at=at)
    if found is None:
        return None
    purpose, subject_id = found
    subject = purpose.model._default_manager.filter(pk=subject_id).first()
    asked = subject is not None and purpose.last_day(subject) is not None
    return (purpose, subject) if asked else None


def page_of(request: HttpRequest, purpose: Purpose, subject, written: str, form, **more: object) -> HttpResponse:
    """The matter as its party may read it, with what it may send."""
    closed = purpose.closed(subject)
    context = {"shown": purpose.shown(subject), "closed": closed, "form": form, "code": written, **more}
    return render(request, purpose.template, purpose.more(subject, form) | context)


def _paper(purpose: Purpose, subject) -> HttpResponse:
    found = purpose.paper(subject)
    if found is None:
        return HttpResponse("文书正在生成，请稍后再试。", status=404, content_type="text/plain; charset=utf-8")
    response = HttpResponse(found[1], content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="wenshu.pdf"'
    return response


def _file(purpose: Purpose, subject, wanted: str) -> HttpResponse:
    found = purpose.file(subject, wanted)
    if found is None:
        return HttpResponse("没有这份文件，请返回上一页。", status=404, content_type="text/plain; charset=utf-8")
    name, content, kind = found
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _send(request: HttpRequest, purpose: Purpose, subject, written: str, hashed: str, *, at: datetime) -> HttpResponse:
    form = purpose.form(subject, request.POST, request.FILES)
    if not form.is_valid():
        return page_of(request, purpose, subject, written, form)
    if not SENT.permits_unseen(request):
        return _ask(request, "提交得太频繁，这一次没有收下。请一小时后再试，或直接联系出具单位。", status=429)
    answers = {name: value for name, value in form.cleaned_data.items() if name != "photos"}
    try:
        with intake.taking(form.cleaned_data.get("photos") or []) as photos:
            purpose.send(code=hashed, at=at, photos=photos, **answers)
    except DomainError as refusal:
        if refusal.code == NO_LINK:
            return _ask(request, refusal.message, status=404)
        add_errors(form, refusal)
        return page_of(request, purpose, subject, written, form)
    fresh = purpose.model._default_manager.get(pk=subject.pk)
    return page_of(request, purpose, fresh, written, purpose.form(fresh), sent=True)
