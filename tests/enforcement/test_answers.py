"""网上回执 of a notice: read, answered with proof, replaced, stopped and over; the same 404 whatever is wrong."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from enforcement.answering import ORDER
from enforcement.enums import ORDER_LINK, OrderState
from enforcement.models import Order, Proof
from enforcement.operations.followup import report_by_link
from foundation.accounts import codes, links
from foundation.accounts.enums import LinkEnd
from foundation.accounts.models import PurposeLink
from foundation.accounts.operations.links import end_link, issue_link, stop_link
from foundation.audit.models import Event
from foundation.core import clock, outbox, throttle
from foundation.core.actor import ANONYMOUS
from foundation.core.errors import Conflict, NotAllowed
from foundation.photos.models import Photo
from tests.clues.tipping import tip
from tests.enforcement.factories import AT, LATER, in_state, inspected, issued
from tests.institutions.factories import institution
from tests.photos.factories import jpeg

pytestmark = pytest.mark.django_db
PAGE = "/answer/"
NOW = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d")  # when a page would be printed
SLIP = re.compile(r'class="slip-digits">([\d ]{19})<')
REPORT = {"send": "1", "text": "通道已清理", "given_by": "校长王某"}


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.set_to(AT):
        yield


def given(cast, order: Order, at=AT) -> str:
    return issue_link(purpose=ORDER, subject=order, by=cast.officer, at=at).code


def asked(client, code: str, **more):
    return client.post(PAGE, {"code": code, **more})


def seen(response) -> bytes:
    return NOW.sub(b"", response.content)


def test_an_officer_issues_a_slip_whose_code_is_shown_once(cast, enter, client):
    order = issued(cast)
    officer = enter(cast.officer)
    address = f"/admin/enforcement/order/{order.pk}/"
    assert f"{address}slip/" in officer.get(address).content.decode()
    html = officer.post(f"{address}slip/").content.decode()
    code = codes.normalised(SLIP.search(html)[1])
    assert "<svg" in html
    later = officer.get(address).content.decode()
    assert ("有效期至" in later, code in later, f"{address}stop-slip/" in later) == (True, False, True)
    page = asked(client, codes.in_groups(code)).content.decode()
    for words in (order.number, order.party_name, "疏散通道堆放杂物", "立即清理疏散通道", "还没有报告"):
        assert words in page


def test_the_party_reports_with_photos_and_nobody_entered_it(cast, client):
    order = issued(cast)
    code = given(cast, order)
    photos = [SimpleUploadedFile("CANARY-NAME.jpg", jpeg(number)) for number in (1, 2)]
    page = asked(client, code, **REPORT, photos=photos).content.decode()
    proof = Proof.objects.get()
    assert (proof.entered_by, proof.given_by, proof.photos.count()) == (None, "校长王某", 2)
    assert set(Photo.objects.values_list("taken_by", "jurisdiction")) == {(None, order.jurisdiction_id)}
    assert Order.objects.get(pk=order.pk).state == OrderState.ANSWERED
    assert ("已收到" in page, "通道已清理" in page, "照片2张" in page) == (True, True, True)
    assert Event.objects.get(kind="order.proof").actor_name == "公众"
    asked(client, code, **REPORT)
    assert Proof.objects.count() == 1, "the same words again are the same report"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"text": " "}, "请写明整改情况"),
        ({"given_by": ""}, "请填写由谁报告"),
        ({"photos": [SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>")]}, "照片"),
        ({"photos": [SimpleUploadedFile("a.php", b"GIF89a<?php")]}, "照片"),
        ({"photos": [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(5)]}, "最多上传4个"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(cast, client, more, says):
    order = issued(cast)
    page = asked(client, given(cast, order), **REPORT | more).content.decode()
    assert says in page
    assert 'class="wrong"' in page or "bad-note" in page
    assert (Proof.objects.count(), Photo.objects.count()) == (0, 0)
    assert Order.objects.get(pk=order.pk).state == OrderState.ISSUED


def _replaced(cast, order):
    given(cast, order)


def _stopped(cast, order):
    stop_link(purpose=ORDER, subject=order, by=cast.officer, at=AT)


def _of_something_else(cast, order):
    PurposeLink.objects.update(purpose="parents")


def _closed_behind_its_back(cast, order):
    Order.objects.filter(pk=order.pk).update(state=OrderState.ESCALATED, end_reason="x")


@pytest.mark.parametrize("meanwhile", [_replaced, _stopped, _of_something_else, _closed_behind_its_back])
def test_whatever_is_wrong_with_a_code_the_answer_is_the_same_404(cast, client, meanwhile):
    order = issued(cast)
    code = given(cast, order)
    assert asked(client, code).status_code == 200
    wrong = asked(client, "6" * 16)
    meanwhile(cast, order)
    for more in ({}, REPORT, {"paper": "1"}):
        response = asked(client, code, **more)
        assert (response.status_code, seen(response)) == (404, seen(wrong))
    assert not Proof.objects.exists()


def test_past_its_last_day_a_code_opens_nothing(cast, client):
    order = issued(cast)
    code, last_day = given(cast, order), PurposeLink.objects.get().last_day
    for days, status in ((0, 200), (1, 404)):
        with clock.set_to(AT + (last_day - AT.date()) + timedelta(days=days)):
            throttle.counted_here.clear()
            assert asked(client, code).status_code == status
            if status == 404:
                assert seen(asked(client, code)) == seen(asked(client, "6" * 16))


@pytest.mark.parametrize("state", [OrderState.CLOSED, OrderState.ESCALATED, OrderState.VOIDED])
def test_the_link_ends_with_its_order(cast, client, monkeypatch, state):
    codes_given = []
    monkeypatch.setattr(
        "tests.enforcement.factories.issued",
        lambda cast: codes_given.append(order := issued(cast)) or codes_given.append(given(cast, order)) or order,
    )
    order = in_state(cast, state)
    link = PurposeLink.objects.get()
    assert (order.state, link.end_reason, link.ended_at is not None) == (state, LinkEnd.OVER, True)
    assert Event.objects.filter(kind="link.ended", subject_id=order.pk).count() == 1
    assert asked(client, codes_given[1]).status_code == 404
    with pytest.raises(Conflict):
        given(cast, order)


def test_nothing_of_another_institution_is_shown(cast, client):
    other = issued(cast)
    order = issued(cast, visit=inspected(cast, institution(cast.officer, name="另一家舞蹈培训中心")))
    page = asked(client, given(cast, order)).content.decode()
    assert ("另一家舞蹈" in page, other.party_name in page, other.number in page) == (True, False, False)


def test_the_page_is_the_same_with_and_without_tips(cast, client):
    order = issued(cast)
    code = given(cast, order)
    outbox.deliver_all(at=AT)  # the notice is a file now
    before = asked(client, code)
    for number in range(4):
        tip(f"{number:016d}", institution=order.institution, at=AT)
    outbox.deliver_all(at=AT)
    after = asked(client, code)
    assert seen(after) == seen(before)
    assert sorted(after.headers.items()) == sorted(before.headers.items())
    paper = asked(client, code, paper="1")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


def test_guesses_are_locked_out_before_they_cost_anything(cast, client, monkeypatch):
    code = given(cast, issued(cast))
    tried = []
    monkeypatch.setattr(codes, "hashed", lambda *a, hashed=codes.hashed, **k: tried.append(1) or hashed(*a, **k))
    statuses = [asked(client, f"{number:016d}").status_code for number in range(60)]
    assert (statuses, len(tried)) == ([404] * 20 + [429] * 40, 20)
    assert asked(client, code).status_code == 429
    assert client.post(PAGE, {"code": code}, REMOTE_ADDR="10.0.0.9").status_code == 200
    assert not any("10.0.0.9" in str(key) or "127.0.0.1" in str(key) for key in throttle.counted_here)


def test_one_address_sends_ten_an_hour(cast, client):
    code = given(cast, issued(cast))
    statuses = [asked(client, code, **REPORT | {"text": f"第{number}次"}).status_code for number in range(12)]
    assert (statuses, Proof.objects.count()) == ([200] * 10 + [429] * 2, 10)


def test_neither_the_code_nor_the_sender_is_kept_and_nothing_comes_back_to_the_browser(cast, client, caplog):
    code = given(cast, issued(cast))
    client.cookies["canary"] = "x"
    caplog.set_level("INFO")
    told = {"HTTP_USER_AGENT": "CANARY-AGENT", "REMOTE_ADDR": "198.51.100.7"}
    for response in (client.get(PAGE), client.post(PAGE, {"code": code} | REPORT, **told), asked(client, "1")):
        assert not response.cookies
        assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")
    planted = (code, codes.in_groups(code), "198.51.100.7", "CANARY-AGENT")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ~ %s', ["|".join(planted)])
            assert cursor.fetchone() == (0,), table
    assert not [word for word in planted if word in caplog.text]


def test_another_sites_form_is_refused(cast, client):
    code = given(cast, issued(cast))
    response = client.post(PAGE, {"code": code} | REPORT, headers={"Sec-Fetch-Site": "cross-site"})
    assert (response.status_code, Proof.objects.exists()) == (403, False)


def test_who_may_issue_and_stop(cast):
    order = issued(cast)
    for who in (cast.leader, cast.neighbour, cast.town, cast.supervisor, cast.public):
        for call in (issue_link, stop_link):
            with pytest.raises(NotAllowed):
                call(purpose=ORDER, subject=order, by=who, at=AT)
    with pytest.raises(NotAllowed):
        end_link(subject=order, purpose=ORDER_LINK, by=cast.neighbour, at=AT)
    with pytest.raises(Conflict):
        stop_link(purpose=ORDER, subject=order, by=cast.officer, at=AT)
    assert not PurposeLink.objects.exists()


def test_a_person_with_an_account_does_not_answer_by_link(cast):
    order = issued(cast)
    code = codes.hashed(given(cast, order), column=links.COLUMN)
    with pytest.raises(NotAllowed):
        report_by_link(code=code, text="已改", given_by="王某", by=cast.officer, at=AT)
    end_link(subject=order, purpose=ORDER_LINK, by=cast.officer, at=AT)
    with pytest.raises(Conflict):
        report_by_link(code=code, text="已改", given_by="王某", by=ANONYMOUS, at=LATER)
    assert not Proof.objects.exists()
