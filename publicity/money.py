"""查培训缴费: a parent reads its own money by receipt number and a code to its phone, without an account.

What is wrong with a receipt, a phone or a code is never said: all of it is answered in the same words. The page that
opens is the one-purpose page of the contract's slip, and goes on with sixteen digits of half an hour.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from foundation.accounts import codes
from foundation.core import clock
from foundation.core.actor import ANONYMOUS
from foundation.core.throttle import Throttle
from payouts.operations.phone_codes import ask_phone_code, open_by_phone

from .answers import opened_page
from .unseen import leaves_no_trace

#: Counted without the address, in each web process (``permits_unseen``); a contract's five texts a day are counted by
#: the operation, whoever asks.
ASKED = Throttle("money", limit=10, seconds=600)
OPENED = Throttle("money-open", limit=20, seconds=600)
TOO_OFTEN = "查询得太频繁，已暂时锁定。请十分钟后再试。"
WRONG = "验证码不对或已过期。请核对短信；试错5次后要重新发送。"


def _page(request: HttpRequest, sentence: str = "", *, status: int = 200, **known: object) -> HttpResponse:
    return render(
        request,
        "public/money_ask.html",
        {"sentence": sentence, "told": False, "receipt": "", "phone": "", **known},
        status=status,
    )


def _from_elsewhere(request: HttpRequest) -> HttpResponse:
    return _page(request, "这份表单不是从本站提交的，没有收下。请在本页重新填写。", status=403)


@leaves_no_trace(_from_elsewhere)
@require_http_methods(["GET", "HEAD", "POST"])
def money(request: HttpRequest) -> HttpResponse:
    """First a text is asked for, then its digits open the contract's page."""
    if request.method != "POST":
        return _page(request)
    known = {"receipt": request.POST.get("receipt", "").strip()[:60], "phone": _digits(request.POST.get("phone", ""))}
    if not known["receipt"] or len(known["phone"]) != 11:
        return _page(request, "请填写收据号和11位手机号。", status=400, **known)
    if "digits" in request.POST and "again" not in request.POST:
        return _open(request, known)
    if not ASKED.permits_unseen(request):
        return _page(request, TOO_OFTEN, status=429)
    ask_phone_code(**known, by=ANONYMOUS, at=clock.now())
    return _page(request, told=True, **known)


def _open(request: HttpRequest, known: dict[str, str]) -> HttpResponse:
    if not OPENED.permits_unseen(request):
        return _page(request, TOO_OFTEN, status=429)
    now = clock.now()
    code = open_by_phone(**known, digits=_digits(request.POST["digits"]), by=ANONYMOUS, at=now)
    if code is None:
        return _page(request, WRONG, status=404, told=True, **known)
    return opened_page(request, code, at=now)


def _digits(text: str) -> str:
    return codes.normalised(text)[:20]
