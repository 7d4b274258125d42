"""网上反映: the one public form that takes something in, and the page that shows its sender how far it is.

No cookie is set or read, no session, no CSRF token: a forged request could do nothing that its author cannot do from
here as well, because the answer depends on nothing that a browser sends by itself (docs/decisions/0025). Instead a form
carries a sealed stamp, and a browser that says that another site sent it is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import typst
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from clues import evidence, receipts
from clues.following import follow
from clues.operations.callbacks import rate_as_sender
from clues.operations.tips import send_tip, write_as_sender
from foundation.core import clock
from foundation.core.actor import ANONYMOUS
from foundation.core.ciphers import Unreadable
from foundation.core.errors import DomainError
from foundation.core.pages import add_errors
from foundation.core.throttle import Throttle
from foundation.documents import fonts
from foundation.documents.rendering import qr_svg
from institutions.models import Institution

from .tip_forms import TILES, AddForm, ReceiptForm, TipForm
from .unseen import leaves_no_trace

#: Counted in this process alone and without the address (``permits_unseen``): each web process allows as many.
SENT = Throttle("tip", limit=5, seconds=3600)
SENT_BY_ALL = Throttle("tip-all", limit=300, seconds=3600)
ASKED = Throttle("receipt", limit=20, seconds=600)
NOTICE_VERSION = "2026-11"
TOO_MANY = "现在提交的人太多，或这个网络提交得太频繁。请一小时后再试，急事请拨打 12345。"
LAYOUTS = Path(__file__).parent / "layouts"


def _told(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    return render(request, "public/tip_told.html", {"sentence": sentence}, status=status)


def _from_elsewhere(request: HttpRequest) -> HttpResponse:
    return _told(request, "这份表单不是从本站提交的，没有收下。请从本站首页进入“我要反映”。", status=403)


@leaves_no_trace(_from_elsewhere)
@require_http_methods(["GET", "HEAD", "POST"])
def tip(request: HttpRequest) -> HttpResponse:
    """What, where, evidence; then the receipt. ``go`` says which step the pressed button leads to."""
    if request.method != "POST":
        return _step(request, TipForm(initial=_initial(request), step=1), receipts.new_stamp(at=clock.now()))
    given, stamp = request.POST, request.POST.get("stamp", "")
    step = int(given.get("step", "")) if given.get("step") in {"1", "2", "3"} else 1
    if receipts.age_of(stamp, at=clock.now()) is None:
        stamp = receipts.new_stamp(at=clock.now())
    form = TipForm(given, step=step)
    go = given.get("go", "")
    if go in {"1", "2"} and int(go) < step:
        return _step(request, TipForm(given, step=int(go)).unjudged(), stamp)
    if go == "find":
        return _step(request, form.unjudged(), stamp)
    if not form.is_valid():
        return _step(request, form, stamp)
    if step < 3:
        return _step(request, TipForm(given, step=step + 1).unjudged(), stamp)
    return _send(request, form, stamp)


def _initial(request: HttpRequest) -> dict[str, str]:
    """From an institution's page the form already knows which one it is about."""
    public_id = request.GET.get("institution", "")[:12]
    about = Institution.objects.current().filter(public_id=public_id).select_related("jurisdiction").first()
    return {"institution": public_id, "county": about.jurisdiction.code} if about else {}


def _step(request: HttpRequest, form: TipForm, stamp: str) -> HttpResponse:
    context = {
        "form": form,
        "stamp": stamp,
        "tiles": TILES,
        "about": form.chosen,
        "most_photos": evidence.MOST,
        "kept_days": settings.SENDER_KEPT_DAYS,
    }
    return render(request, "public/tip.html", context)


def _send(request: HttpRequest, form: TipForm, stamp: str) -> HttpResponse:
    age = receipts.age_of(stamp, at=clock.now())
    if request.POST.get("website") or age is None or age < receipts.SOONEST:
        form.add_error(None, "没有收下：提交得太快，或表单被程序改动过。请核对后再按一次“提交”。")
        return _step(request, form, stamp)
    if age > receipts.LATEST:
        form.add_error(None, "这份表单打开得太久了，请核对后再按一次“提交”。")
        return _step(request, form, receipts.new_stamp(at=clock.now()))
    if not (SENT.permits_unseen(request) and SENT_BY_ALL.permits_unseen(request, who="all")):
        return _told(
            request, "现在提交的人太多，或这个网络提交得太频繁。请一小时后再试，急事请拨打 12345。", status=429
        )
    receipt = receipts.receipt_of(stamp)
    try:
        with evidence.drawn(request.FILES.getlist("photos")) as pictures:
            send_tip(
                receipt=receipts.hashed(receipt),
                notice_version=NOTICE_VERSION,
                pictures=pictures,
                by=ANONYMOUS,
                at=clock.now(),
                **form.facts(),
            )
    except DomainError as refusal:
        add_errors(form, refusal)
        return _step(request, form, stamp)
    context = {"receipt": receipts.in_groups(receipt), "stamp": stamp, "qr": mark_safe(qr_svg(_way_back(receipt)))}  # noqa: S308 (drawn by us)
    return render(request, "public/tip_receipt.html", context)


def _way_back(receipt: str) -> str:
    """The receipt stands behind the #, which no browser sends and no server logs."""
    return f"{settings.SITE_INFO['address'].rstrip('/')}{reverse('publicity:tip_progress')}#{receipt}"


@leaves_no_trace(_from_elsewhere)
@require_POST
def receipt_picture(request: HttpRequest) -> HttpResponse:
    """The receipt as a picture to keep: for who holds the form that it belongs to."""
    try:
        receipt = receipts.receipt_of(request.POST.get("stamp", ""))
    except Unreadable:
        return _told(request, "没有找到这份表单的凭证。", status=400)
    if not ASKED.permits_unseen(request):
        return _told(request, "查询得太频繁，请十分钟后再试。", status=429)
    facts = {
        "receipt": receipts.in_groups(receipt),
        "qr": qr_svg(_way_back(receipt)),
        "address": urlsplit(_way_back("")).netloc + reverse("publicity:tip_progress"),
    }
    picture = typst.compile(
        str(LAYOUTS / "receipt.typ"),
        root=str(LAYOUTS),
        font_paths=fonts.folders(),
        ignore_system_fonts=True,
        format="png",
        ppi=160,
        sys_inputs={"receipt": json.dumps(facts, ensure_ascii=False)},
    )
    response = HttpResponse(picture, content_type="image/png")
    response.headers["Content-Disposition"] = 'attachment; filename="chaxun.png"'
    return response


@leaves_no_trace(_from_elsewhere)
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """How far it is, by receipt; a wrong one is answered in the same words whatever is wrong with it."""
    if request.method != "POST":
        return render(request, "public/tip_progress.html", {"form": ReceiptForm()})
    adding, rating = "body" in request.POST, "satisfaction" in request.POST
    form = AddForm(request.POST) if adding else ReceiptForm(request.POST)
    written = receipts.normalised(request.POST.get("receipt", ""))
    if not written:
        return render(request, "public/tip_progress.html", {"form": form})
    if not ASKED.permits_unseen(request):
        return _told(request, "查询得太频繁，已暂时锁定。请十分钟后再试。", status=429)
    hashed = receipts.hashed(written)
    if adding and form.is_valid():
        try:
            write_as_sender(receipt=hashed, body=form.cleaned_data["body"], by=ANONYMOUS, at=clock.now())
        except DomainError as refusal:
            add_errors(form, refusal)
        else:
            form = AddForm(initial={"receipt": written})
    if rating:
        _rate(hashed, request.POST)
    followed = follow(hashed)
    if followed is None:
        form = ReceiptForm(request.POST)
        form.add_error("receipt", "没有找到这个查询凭证。请核对16位数字后再试。")
        return render(request, "public/tip_progress.html", {"form": form})
    if not adding:
        form = AddForm(initial={"receipt": written})
    context = {"tip": followed, "form": form, "receipt": written}
    return render(request, "public/tip_progress.html", context)


def _rate(hashed: str, given: Mapping[str, str]) -> None:
    """What the sender says of the end; what cannot be taken (said before, not yet closed) changes nothing."""
    with suppress(DomainError):
        rate_as_sender(
            receipt=hashed,
            satisfaction=given["satisfaction"],
            words=given.get("words", "")[:500],
            by=ANONYMOUS,
            at=clock.now(),
        )
