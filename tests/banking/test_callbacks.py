"""Signed announcements of banks: any byte that differs, any old clock and any reused nonce is refused, all in the same
words; the same announcement again is the same answer; no money moves.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.urls import reverse

from banking import signing
from banking.models import CallbackEvent, CallbackKey
from banking.operations.callbacks import KINDS, end_keys, make_key
from banking.views import ANNOUNCEMENTS, announce
from foundation.audit.models import Event
from foundation.core import clock, throttle
from foundation.core.errors import NotAllowed
from ledger.models import Entry
from tests.funds.factories import selected
from tests.institutions.factories import AT

pytestmark = pytest.mark.django_db
URL = reverse("banking:callbacks")
BODY = json.dumps({"event": "file_ready", "day": "2026-11-28"}).encode()
REFUSED = {"code": "refused", "message": "未通过验证。"}


@pytest.fixture(autouse=True)
def today():
    throttle.counted_here.clear()
    with clock.set_to(AT):
        yield


@pytest.fixture
def made(cast):
    return make_key(bank=selected(cast.leader), by=cast.leader, at=AT)


def sent(client, made, *, body=BODY, at=AT, nonce="n-1", event="E1", raw=None, **altered):
    headers = signing.headers(made.secret, key=made.row.public_id, at=at, nonce=nonce, event=event, body=body)
    headers |= altered.get("headers", {})
    return client.post(URL, raw or body, content_type="application/json", headers=headers)


def test_an_announcement_is_noted_once_and_moves_no_money(client, made):
    answers = [sent(client, made), sent(client, made), sent(client, made, nonce="n-2")]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len({answer.content for answer in answers}) == 1
    row = CallbackEvent.objects.get()
    assert (row.kind, row.event_id, Entry.objects.count()) == ("file_ready", "E1", 0)


def test_every_single_flipped_bit_of_the_body_is_refused(client, made):
    for at in range(len(BODY)):
        flipped = bytearray(BODY)
        flipped[at] ^= 1
        throttle.counted_here.clear()
        answer = sent(client, made, raw=bytes(flipped))
        assert (answer.status_code, answer.json()) == (401, REFUSED), at
    assert not CallbackEvent.objects.exists()


@pytest.mark.parametrize("name", signing.HEADERS)
def test_every_single_flipped_character_of_a_header_is_refused(client, made, name):
    good = signing.headers(made.secret, key=made.row.public_id, at=AT, nonce="n-1", event="E1", body=BODY)[name]
    for at in range(len(good)):
        flipped = good[:at] + chr(ord(good[at]) ^ 1) + good[at + 1 :]
        throttle.counted_here.clear()
        answer = sent(client, made, headers={name: flipped})
        assert (answer.status_code, answer.json()) == (401, REFUSED), flipped
    answer = sent(client, made, headers={name: ""})
    assert (answer.status_code, answer.json()) == (401, REFUSED)
    assert not CallbackEvent.objects.exists()


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (300, 200), (-300, 200), (301, 401), (-301, 401)])
def test_a_clock_may_differ_by_five_minutes(client, made, seconds, status):
    assert sent(client, made, at=AT + timedelta(seconds=seconds)).status_code == status
    assert CallbackEvent.objects.exists() == (status == 200)


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ({"event": "E2"}, "nonce reused"),
        ({"body": b'{"event": "money_moved"}', "nonce": "n-2"}, "event reused"),
        ({"at": AT - timedelta(hours=1), "event": "E2", "nonce": "n-2"}, "clock"),
    ],
)
def test_a_refusal_says_nothing_writes_nothing_and_is_logged_with_a_number(client, made, caplog, second, why):
    sent(client, made)
    with connection.execute_wrapper(_no_writing):
        answer = sent(client, made, **second)
    assert (answer.status_code, answer.json()) == (401, REFUSED)
    assert (CallbackEvent.objects.count(), why in caplog.text, "number" in caplog.text) == (1, True, True)
    assert made.secret not in caplog.text


def _no_writing(execute, sql, params, many, context):
    assert not sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")), sql
    return execute(sql, params, many, context)


def test_a_key_is_sealed_changed_over_in_a_day_and_ended_at_once(client, cast, made):
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM banking_callbackkey")
        assert made.secret not in cursor.fetchone()[0]
    newer = make_key(bank=made.row.bank, by=cast.leader, at=AT)
    both = [sent(client, key, event=name, nonce=name).status_code for name, key in (("A", made), ("B", newer))]
    assert both == [200, 200]
    with clock.set_to(AT + timedelta(hours=24)):
        later = AT + timedelta(hours=24)
        answers = [sent(client, key, event=n, nonce=n, at=later).status_code for n, key in (("C", made), ("D", newer))]
        assert answers == [401, 200]
    end_keys(bank=made.row.bank, by=cast.leader, at=AT)
    assert sent(client, newer, event="E", nonce="E").status_code == 401
    assert CallbackKey.objects.filter(ends_at__isnull=True).count() == 0
    assert Event.objects.filter(kind__in=["banking.key_made", "banking.key_ended"]).count() == 4


@pytest.mark.parametrize("who", ["officer", "bank", "neighbour", "town", "auditor"])
def test_only_who_chose_the_bank_makes_and_ends_its_keys(cast, made, who):
    for act in (make_key, end_keys):
        with pytest.raises(NotAllowed):
            act(bank=made.row.bank, by=getattr(cast, who), at=AT)


def test_a_key_is_shown_on_one_page_and_kept_by_nothing(cast, enter, made):
    url = reverse("admin:funds_bank_callback-key", args=[made.row.bank_id])
    leader = enter(cast.leader)
    page = leader.post(url)
    secret = CallbackKey.objects.get(ends_at__isnull=True).secret
    assert secret in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    again = leader.get(reverse("admin:funds_bank_change", args=[made.row.bank_id]))
    assert secret not in again.content.decode()
    assert secret not in str(dict(leader.session))


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"event": "pay"}', b""])
def test_a_signed_body_that_says_nothing_is_told_so(client, made, body):
    assert sent(client, made, body=body).status_code in (401, 422)
    assert not CallbackEvent.objects.exists()


def test_too_many_are_put_off(client, made):
    answers = [sent(client, made, headers={signing.SIGNATURE: "x"}).status_code for _ in range(ANNOUNCEMENTS.limit + 1)]
    assert answers == [401] * ANNOUNCEMENTS.limit + [429]


def test_the_description_says_what_the_code_does():
    said = yaml.safe_load((Path(__file__).parents[2] / "docs/operations/bank-callbacks.openapi.yaml").read_text())
    post = said["paths"][URL]["post"]
    assert [one["name"] for one in post["parameters"]] == list(signing.HEADERS)
    assert set(post["responses"]) == {"200", "401", "413", "422", "429"}
    kinds = post["requestBody"]["content"]["application/json"]["schema"]["properties"]["event"]["enum"]
    assert tuple(kinds) == KINDS
    assert announce.csrf_exempt
