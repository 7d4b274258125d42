"""The ledger's public pages: roots for anybody to keep, and a receipt checked without login or trace."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from foundation.audit.sealing import close_day
from foundation.core import clock
from foundation.core.throttle import Throttle
from ledger import proofs
from ledger.models import Entry
from ledger.receipts import root_of
from ledger.sealing import ENTRIES
from publicity import ledger_views
from tests.ledger.test_sealing import HOSTILE, filled

pytestmark = pytest.mark.django_db
CHECK = "/ledger/receipts/"


@pytest.fixture
def given(cast) -> dict:
    ids = filled(cast)
    close_day(ENTRIES, day=clock.today(), at=clock.now() + timedelta(days=1))
    found = proofs.receipt(Entry.objects.get(pk=ids[2]))
    assert found is not None
    return found


def answer(client, receipt: object) -> str:
    text = receipt if isinstance(receipt, str) else json.dumps(receipt, ensure_ascii=False)
    response = client.post(CHECK, {"receipt": text})
    assert (response.status_code, response.headers["Cache-Control"], response.cookies) == (200, "no-store", {})
    return response.content.decode()


def test_roots_are_shown_and_given_out(client, given):
    page = client.get("/ledger/roots/").content.decode()
    assert given["root"] in page
    assert "第1至7笔" in page
    [row] = json.loads(client.get("/ledger/roots.json").content)["roots"]
    assert (row["day"], row["root"], row["entries"]) == (given["day"], given["root"], 7)
    assert b"def root_of" in client.get("/ledger/verify_receipt.py").content


def test_without_a_root_the_pages_say_so(client):
    assert "还没有日根" in client.get("/ledger/roots/").content.decode()
    assert json.loads(client.get("/ledger/roots.json").content) == {"roots": []}


def test_a_true_receipt_agrees(client, given):
    page = answer(client, given)
    assert "一致：这笔账在" in page
    for shown in ("缴费入账", "1.02 元", "2026-11-20", given["root"]):
        assert shown in page


def test_a_forged_receipt_does_not(client, given):
    """Also one that leads to a root of its own: it is not the one that was published."""
    forged = {**given, "entry": {**given["entry"], "amount_fen": 360_000}}
    for receipt in (forged, {**forged, "root": root_of(forged)}):
        page = answer(client, receipt)
        assert "不一致：凭证与" in page
        assert "3,600.00" not in page.partition("<form")[0].partition("<h1>")[2]


@pytest.mark.parametrize("text", [*HOSTILE[:8], "<script>alert(1)</script>", "9" * 30_000], ids=range(10))
def test_what_is_no_receipt_is_refused_in_words(client, text):
    page = answer(client, text)
    assert 'class="wrong"' in page
    assert "<script>alert" not in page


def test_a_day_without_a_root_cannot_be_checked(client, given):
    assert "没有公布2020-01-01的账本日根" in answer(client, {**given, "day": "2020-01-01"})


def test_another_site_cannot_send_and_nobody_too_often(client, given, monkeypatch):
    assert client.post(CHECK, {"receipt": "{}"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    monkeypatch.setattr(ledger_views, "SEARCHES", Throttle("receipts-test", limit=1, seconds=60))
    assert client.post(CHECK, {"receipt": "{}"}).status_code == 200
    refused = client.post(CHECK, {"receipt": "{}"})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
