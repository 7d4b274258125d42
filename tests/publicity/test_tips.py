"""The public tip form: three steps without a cookie, the receipt, the way back, floods and forgeries."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from clues import receipts
from clues.enums import Channel, Subject
from clues.models import Clue
from clues.operations.clues import start_checking
from foundation.core import clock, throttle
from tests import sampling
from tests.cast import OWN, TOWN
from tests.clues.factories import accepted
from tests.clues.test_tips import own_media, photo  # noqa: F401 (a fixture)
from tests.clues.tipping import RECEIPT, tip
from tests.institutions.factories import AT, institution, town

pytestmark = pytest.mark.django_db
FORM, PROGRESS, PICTURE = "/tips/", "/tips/progress/", "/tips/receipt.png"
TRIES = 10_000 if sampling.FULL else 1_500
DIGITS = re.compile(r'class="digits">([\d ]{19})<')


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def stamp_of(html: str) -> str:
    return re.search(r'name="stamp" value="([^"]+)"', html)[1]


def answers(**given) -> dict[str, object]:
    return {
        "step": "3", "go": "next", "subject": Subject.FEES, "county": OWN, "division": str(town().pk),
        "identity": "anonymous", "sign": "金榜晚托", "content": "一次收了一年的钱",
        "stamp": receipts.new_stamp(at=clock.now() - timedelta(minutes=3)), **given,
    }  # fmt: skip


def sent(client, **given):
    return client.post(FORM, answers(**given))


def digits(response) -> str:
    return DIGITS.search(response.content.decode())[1]


def test_three_steps_lead_to_a_receipt(cast, client, own_media):  # noqa: F811
    about = institution(cast.officer, name="思明区海浪舞蹈培训中心")
    first = client.get(FORM).content.decode()
    stamp = stamp_of(first)
    one = {"step": "1", "go": "next", "subject": Subject.FEES, "county": OWN, "stamp": stamp}
    second = client.post(FORM, one).content.decode()
    assert "是哪家机构" in second
    two = {**one, "step": "2", "go": "find", "division": str(town().pk), "term": "海浪"}
    assert "思明区海浪舞蹈培训中心" in client.post(FORM, two).content.decode()
    third = client.post(FORM, {**two, "go": "next", "institution": about.public_id}).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', third))
    assert (hidden["institution"], hidden["subject"], stamp_of(third)) == (about.public_id, "fees", stamp)
    with clock.set_to(AT + timedelta(minutes=2)):
        files = {"photos": [SimpleUploadedFile("a.jpg", photo())]}
        last = client.post(
            FORM, {**hidden, "go": "next", "identity": "anonymous", "content": "一次收了一年的钱", **files}
        )
    made = Clue.objects.get()
    assert (made.channel, made.institution, made.division) == (Channel.TIP, about, town())
    assert made.evidence.count() == 1
    assert receipts.normalised(digits(last)) == receipts.receipt_of(stamp)


def test_nothing_is_written_before_the_last_step_and_nothing_comes_back_to_the_browser(cast, client, own_media):  # noqa: F811
    for response in (
        client.get(FORM), sent(client, step="1"), sent(client, step="2"), sent(client),
        client.get(PROGRESS), client.post(PROGRESS, {"receipt": RECEIPT}),
        client.post(PICTURE, {"stamp": receipts.new_stamp(at=AT)}),
    ):  # fmt: skip
        assert not response.cookies
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        html = response.content.decode(errors="replace")
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)
    assert Clue.objects.count() == 1


def test_the_answer_is_the_same_whoever_is_logged_in(cast, client, enter):
    stranger = client.get(FORM).content.decode()
    officer = enter(cast.officer).get(FORM).content.decode()
    assert officer.replace(stamp_of(officer), "") == stranger.replace(stamp_of(stranger), "")
    assert sent(enter(cast.officer)).status_code == 200
    assert Clue.objects.get().reported_by_id is None


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"step": "1", "subject": ""}, "请点选您要反映的问题"),
        ({"step": "1", "county": ""}, "请选择县"),
        ({"step": "2", "sign": ""}, "写明招牌、地址中的一项"),
        ({"content": " "}, "请写明您要反映的情况"),
        ({"happened_on": "2026-11-09"}, "不能晚于今天"),
        ({"division": "999999"}, "请看标红的地方"),
        ({"identity": "named"}, "请留下联系方式"),
        ({"identity": "x"}, "请看标红的地方"),
        ({"website": "http://spam.example"}, "提交得太快"),
        ({"stamp": "x"}, "提交得太快"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(cast, client, given, says):
    assert says in sent(client, **given).content.decode()
    assert not Clue.objects.exists()


def test_a_program_is_too_fast_and_an_old_form_is_renewed(cast, client):
    fresh = receipts.new_stamp(at=clock.now())
    assert "提交得太快" in sent(client, stamp=fresh).content.decode()
    old = receipts.new_stamp(at=clock.now() - timedelta(days=1))
    html = sent(client, stamp=old).content.decode()
    assert ("打开得太久" in html, stamp_of(html) != old, Clue.objects.count()) == (True, True, 0)


def test_the_same_form_sent_twice_shows_the_same_receipt(cast, client):
    form = answers()
    first, again = client.post(FORM, form), client.post(FORM, form)
    assert (digits(first), Clue.objects.count()) == (digits(again), 1)


def test_a_name_is_sealed_and_only_when_it_was_meant(cast, client):
    sent(client, identity="named", name="陈小明", contact="13900001234")
    sent(client, identity="anonymous", name="陈小明", contact="13900001234")
    assert list(Clue.objects.order_by("pk").values_list("sender", flat=True)) == ["sealed", "anonymous"]


def test_another_sites_form_is_refused(cast, client):
    response = client.post(FORM, answers(), headers={"Sec-Fetch-Site": "cross-site"})
    assert (response.status_code, Clue.objects.count()) == (403, 0)
    assert client.post(FORM, answers(), headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_one_address_sends_five_an_hour_and_others_go_on(cast, client):
    assert [sent(client).status_code for _ in range(6)] == [200] * 5 + [429]
    assert client.post(FORM, answers(), REMOTE_ADDR="10.0.0.9").status_code == 200
    assert not any("10.0.0.9" in str(key) or "127.0.0.1" in str(key) for key in throttle.counted_here)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_throttle")
        assert cursor.fetchone() == (0,)
    with clock.set_to(AT + timedelta(hours=1)):
        assert sent(client).status_code == 200


def test_an_address_is_nobodys_after_midnight(rf):
    counter = throttle.Throttle("x", limit=1, seconds=10 * 86400)
    request = rf.get("/")
    assert [counter.permits_unseen(request) for _ in range(2)] == [True, False]
    with clock.set_to(AT + timedelta(days=1)):
        assert counter.permits_unseen(request)


# -- the way back --------------------------------------------------------------------------------------------------
def test_progress_and_messages_by_receipt(cast, client):
    row = tip()
    html = client.post(PROGRESS, {"receipt": "1234 5678 9012 3456"}).content.decode()
    assert ("已收到" in html, row.number in html) == (True, True)
    start_checking(clue=accepted(row, cast.officer), by=cast.officer, at=AT)
    html = client.post(PROGRESS, {"receipt": RECEIPT, "body": "还有地下室"}).content.decode()
    assert ("核查中" in html, "还有地下室" in html) == (True, True)
    assert "请写明要补充或回复" in client.post(PROGRESS, {"receipt": RECEIPT, "body": " "}).content.decode()
    assert row.messages.count() == 1


def test_every_wrong_receipt_gets_the_same_page(cast, client):
    tip()
    pages = {
        re.sub(r"\d{16}", "", client.post(PROGRESS, {"receipt": wrong}).content.decode())
        for wrong in ("6" * 16, "1234567890123455", "9" * 16)
    }
    assert len(pages) == 1
    assert "没有找到这个查询凭证" in pages.pop()


def test_ten_thousand_wrong_receipts_hit_nothing_and_are_locked_out(cast, client, monkeypatch):
    tip()
    tried = []
    monkeypatch.setattr(receipts, "hashed", lambda receipt, hashed=receipts.hashed: tried.append(1) or hashed(receipt))
    statuses = [client.post(PROGRESS, {"receipt": f"{number:016d}"}).status_code for number in range(100)]
    assert statuses == [200] * 20 + [429] * 80
    assert len(tried) == 20
    assert client.post(PROGRESS, {"receipt": RECEIPT}).status_code == 429


@pytest.mark.slow
@pytest.mark.prove
def test_thousands(cast, client):
    tip()
    answers_ = [client.post(PROGRESS, {"receipt": f"{number:016d}"}) for number in range(TRIES)]
    assert [response.status_code for response in answers_].count(429) == TRIES - 20
    assert not any("编号 XS-" in response.content.decode() for response in answers_)


def test_the_picture_belongs_to_the_form(cast, client):
    response = client.post(PICTURE, {"stamp": receipts.new_stamp(at=AT)})
    assert (response["Content-Type"], response.content[:4]) == ("image/png", b"\x89PNG")
    assert "attachment" in response["Content-Disposition"]
    assert client.post(PICTURE, {"stamp": "x"}).status_code == 400
    assert client.get(PICTURE).status_code == 405


def test_an_unknown_town_is_the_county_and_an_institution_brings_its_own(cast, client):
    about = institution(cast.officer)
    sent(client, division="0")
    sent(client, division="0", institution=about.public_id)
    first, second = Clue.objects.order_by("pk")
    assert (first.division.code, second.division.code, second.institution) == (OWN, TOWN, about)


def test_an_institutions_page_leads_to_its_form(cast, client):
    about = institution(cast.officer, name="思明区海浪舞蹈培训中心")
    html = client.get(FORM, {"institution": about.public_id}).content.decode()
    assert "思明区海浪舞蹈培训中心" in html
    assert f'value="{OWN}" selected' in html


# -- the staff's side ----------------------------------------------------------------------------------------------
def test_only_those_who_read_the_clue_see_its_photos(cast, client, enter, own_media):  # noqa: F811
    client.post(FORM, {**answers(), "photos": [SimpleUploadedFile("a.jpg", photo())]})
    row = Clue.objects.get()
    kept = row.evidence.get()
    url = f"/admin/clues/clue/{row.pk}/evidence/?photo={kept.pk}"
    assert url in enter(cast.officer).get(f"/admin/clues/clue/{row.pk}/").content.decode()
    seen = enter(cast.officer).get(url)
    assert (seen.status_code, seen["Content-Type"], "no-store" in seen["Cache-Control"]) == (200, "image/jpeg", True)
    assert b"CANARY" not in seen.content
    refused = {name: enter(getattr(cast, name)).get(url).status_code for name in ("town", "neighbour", "province")}
    assert refused == {"town": 403, "neighbour": 404, "province": 403}
    other = tip()
    assert enter(cast.officer).get(f"/admin/clues/clue/{other.pk}/evidence/?photo={kept.pk}").status_code == 404


def test_staff_answers_and_the_page_shows_both_sides(cast, enter):
    row = tip()
    client = enter(cast.officer)
    client.post(f"/admin/clues/clue/{row.pk}/answer-sender/", {"body": "请问几点下课"})
    client.post(PROGRESS, {"receipt": RECEIPT, "body": "十一点"})
    html = client.get(f"/admin/clues/clue/{row.pk}/").content.decode()
    assert ("请问几点下课" in html, "十一点" in html, "与反映人往来" in html) == (True, True, True)
