"""The ledger's daily roots, for anybody to keep, and the page where a receipt is checked against them."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date

from foundation.core.money import yuan
from ledger import proofs
from ledger.enums import Kind
from ledger.receipts import read_receipt, root_of

from .manners import SEARCHES, public_file, public_page, searched_page
from .unseen import leaves_no_trace

SHOWN, IN_FILE = 60, 4000
LONGEST = 20_000
SCRIPT = settings.BASE_DIR / "docs" / "verify_receipt.py"


@searched_page
def roots(request: HttpRequest) -> HttpResponse:
    """The roots of the last sixty days; the file has all."""
    return render(request, "public/ledger_roots.html", {"roots": proofs.roots(most=SHOWN)})


@public_file
def roots_json(request: HttpRequest) -> HttpResponse:
    """All roots, the newest first."""
    rows = [
        {"day": root.day.isoformat(), "root": root.root, "entries": root.last_no - root.first_no + 1,
         "last_no": root.last_no, "made_at": root.made_at.isoformat(timespec="seconds")}
        for root in proofs.roots(most=IN_FILE)
    ]  # fmt: skip
    text = json.dumps({"roots": rows}, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json")


@public_page
def receipt_script(request: HttpRequest) -> HttpResponse:
    """The program that checks a receipt on anybody's machine."""
    response = HttpResponse(SCRIPT.read_text("utf-8"), content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="verify_receipt.py"'
    return response


def _from_elsewhere(request: HttpRequest) -> HttpResponse:
    return render(request, "public/ledger_receipt.html", {"text": "", "wrong": "请在本页粘贴凭证。"}, status=403)


@leaves_no_trace(_from_elsewhere)
def receipt(request: HttpRequest) -> HttpResponse:
    """Check a pasted receipt; nothing of it is kept."""
    if request.method != "POST":
        return render(request, "public/ledger_receipt.html", {"text": ""})
    if not SEARCHES.permits(request):
        response = render(request, "public/slow_down.html", status=429)
        response.headers["Retry-After"] = str(SEARCHES.seconds)
        return response
    text = request.POST.get("receipt", "")[: LONGEST + 1].strip()
    return render(request, "public/ledger_receipt.html", {"text": text, **_checked(text)})


#: What the numbers of sources begin with (payouts, banking), in words.
SOURCES = {"payment": "缴费记录", "lessons": "消课", "release": "核拨", "refund": "退费", "bankline": "银行明细"}


def _source(number: object) -> str:
    """``payment:12`` as 缴费记录 12; of what this page knows no word, the number as it is."""
    kind, _, rest = str(number).partition(":")
    return f"{SOURCES[kind]} {rest.partition(':')[0]}" if kind in SOURCES else str(number)


def _checked(text: str) -> dict[str, object]:
    """What was found: ``wrong`` in words, or the entry with whether it agrees."""
    if len(text) > LONGEST:
        return {"wrong": "内容过长，不是凭证。"}
    try:
        found = read_receipt(text)
    except ValueError as refused:
        return {"wrong": str(refused)}
    published = [root.root for root in proofs.roots(most=1, on=parse_date(found["day"]))]
    if not published:
        return {"wrong": f"本站没有公布{found['day']}的账本日根，无法核对。"}
    agrees = root_of(found) == found["root"] == published[0]
    entry = found["entry"]
    kinds = dict(Kind.choices)
    return {
        "checked": True, "agrees": agrees, "day": found["day"], "root": published[0], "entry": entry,
        "kind": kinds.get(str(entry.get("kind")), ""), "reversal": entry.get("reverses_id") is not None,
        "amount": yuan(entry["amount_fen"]) if agrees else "", "source": _source(entry.get("source_number")),
    }  # fmt: skip
