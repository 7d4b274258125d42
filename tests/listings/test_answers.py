"""网上回执 of a list entry: the notice, its last day, the defence; afterwards a sentence, and nothing is lost."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from foundation.accounts.models import PurposeLink
from foundation.accounts.operations.links import issue_link
from foundation.core import clock
from foundation.core.actor import ANONYMOUS
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.deadlines.models import Deadline
from foundation.notifications.models import Message
from listings import clocks
from listings.answering import DEFENCE
from listings.enums import REPAIR_LINK
from listings.models import Defence, ListEntry
from listings.operations.entries import reject_listing
from listings.operations.hearing import close_window, defend_by_link, record_notice_service, take_in_defence
from tests.accounts.slips import at_the_page, given, hashed
from tests.institutions.factories import AT, institution
from tests.listings.factories import CONTACT, deliver, notified, served
from tests.photos.factories import jpeg

pytestmark = pytest.mark.django_db
SAID = {"text": "退费已于十月办结，附转账记录", "given_by": "校长王某"}
SEND = {"send": "1", **SAID}


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.set_to(AT):
        yield


def at_the_end_of(day) -> datetime:
    return datetime.combine(day, time(23, 59), timezone.get_default_timezone())


def test_a_party_reads_the_notice_and_defends_itself_with_photos(cast, enter, client):
    entry = served(cast)
    officer, address = enter(cast.officer), f"/admin/listings/listentry/{entry.pk}/"
    slip = officer.post(f"{address}slip/").content.decode()
    assert ("提出陈述申辩" in slip, entry.prior_notice.number in slip) == (True, True)
    code = given(cast.officer, DEFENCE, entry)
    deliver()  # the notice is a file now
    page = at_the_page(client, code).content.decode()
    last = str(clocks.window_of(entry).due_on)
    for words in ("名单事先告知书", entry.prior_notice.number, last, entry.reason, CONTACT, "还没有提出", "下载文书"):
        assert words in page
    assert at_the_page(client, code, paper="1").content[:5] == b"%PDF-"
    page = at_the_page(client, code, **SEND, photos=[SimpleUploadedFile("a.jpg", jpeg(1))]).content.decode()
    assert ("已收到" in page, "照片1张" in page) == (True, True)
    defence = Defence.objects.get()
    assert (defence.text, defence.entered_by, defence.photos.count()) == (SAID["text"], None, 1)
    at_the_page(client, code, **SEND)
    assert Defence.objects.count() == 1, "the same words again are the same defence"
    deliver()
    staff = officer.get(address).content.decode()
    assert ("当事人提交" in staff, SAID["text"] in staff, 'class="photos"' in staff) == (True, True, True)
    assert set(Message.objects.filter(kind="listings.defence_in").values_list("recipient", flat=True)) == {
        cast.officer.user_id
    }


def test_an_officer_enters_the_same_and_it_is_marked_so(cast, enter, client):
    entry = served(cast)
    address = f"/admin/listings/listentry/{entry.pk}/"
    photos = {"photos": [SimpleUploadedFile("a.jpg", jpeg(2))]}
    assert enter(cast.officer).post(f"{address}defence/", {**SAID, **photos}).status_code == 302
    by_officer = Defence.objects.get()
    assert (by_officer.entered_by_id, by_officer.photos.count()) == (cast.officer.user_id, 1)
    by_party = defend_by_link(code=hashed(given(cast.officer, DEFENCE, entry)), by=ANONYMOUS, at=AT, **SAID)
    told = [(row.text, row.given_by, row.waiver, row.received_at) for row in (by_officer, by_party)]
    assert told[0] == told[1]
    page = at_the_page(client, given(cast.officer, DEFENCE, entry)).content.decode()
    assert page.count(SAID["text"]) == 2
    assert page.count("经办人代为登记") == 1


def test_until_the_last_minute_of_the_last_day_and_not_after(cast, client):
    """After the window: a sentence with the day and whom to ask, what was typed is shown again, what was said stays."""
    entry = served(cast)
    code = given(cast.officer, DEFENCE, entry)
    last = clocks.window_of(entry).due_on
    with clock.set_to(at_the_end_of(last)):
        assert "已收到" in at_the_page(client, code, **SEND).content.decode()
    late = {"send": "1", "text": "还有一份收据", "given_by": "校长王某"}
    with clock.set_to(at_the_end_of(last) + timedelta(minutes=1)):
        page = at_the_page(client, code).content.decode()
        assert f"陈述申辩期已于{last}届满" in page
        assert ('name="send"' in page, SAID["text"] in page) == (False, True)
        for _ in ("before the nightly job", "after it"):
            page = at_the_page(client, code, **late).content.decode()
            for words in ("这一次没有收下", f"{last}届满", "还有一份收据", CONTACT):
                assert words in page
            with pytest.raises(Conflict):
                defend_by_link(code=hashed(code), text="还有", given_by="王", by=ANONYMOUS, at=clock.now())
            if ListEntry.objects.get(pk=entry.pk).state == "defending":
                close_window(entry=entry, by=cast.officer, at=clock.now())
        reject_listing(entry=entry, remark="情节轻微", by=cast.leader, at=clock.now())
        page = at_the_page(client, code).content.decode()
        assert ("处理结果以送达的告知书为准" in page, "情节轻微" in page) == (True, False)
        with pytest.raises(Conflict):
            given(cast.officer, DEFENCE, entry)
    assert Defence.objects.count() == 1


def test_a_paused_window_is_open(cast, client):
    entry = served(cast)
    code = given(cast.officer, DEFENCE, entry)
    Deadline.objects.update(state="paused")
    with clock.set_to(AT + timedelta(days=20)):
        assert "已收到" in at_the_page(client, code, **SEND).content.decode()


def test_the_slip_goes_out_with_the_notice_before_it_was_served(cast, client):
    entry = notified(cast)
    code = given(cast.officer, DEFENCE, entry)
    page = at_the_page(client, code, **SEND).content.decode()
    assert ("送达登记以后" in page, SAID["text"] in page) == (True, True)
    assert not Defence.objects.exists()
    day = {"service": "direct", "served_on": AT.date(), "recipient": "陈校长"}
    record_notice_service(entry=entry, by=cast.officer, at=AT, **day)
    assert "已收到" in at_the_page(client, code, **SEND).content.decode()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"text": " "}, "请写明陈述申辩内容"),
        ({"given_by": ""}, "请填写由谁提出"),
        ({"photos": [SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>")]}, "照片"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(cast, client, more, says):
    code = given(cast.officer, DEFENCE, served(cast))
    assert says in at_the_page(client, code, **SEND | more).content.decode()
    assert not Defence.objects.exists()


def test_nothing_of_another_institution_and_nobody_else(cast, client):
    other = served(cast)
    entry = served(cast, institution(cast.officer, name="另一家舞蹈培训中心"))
    page = at_the_page(client, given(cast.officer, DEFENCE, entry)).content.decode()
    assert ("另一家舞蹈" in page, other.institution.name in page) == (True, False)
    for who in (cast.leader, cast.neighbour, cast.town, cast.supervisor, cast.public):
        with pytest.raises(NotAllowed):
            issue_link(purpose=DEFENCE, subject=other, by=who, at=AT)
    with pytest.raises(NotAllowed):
        defend_by_link(code=hashed(given(cast.officer, DEFENCE, other)), by=cast.officer, at=AT, **SAID)
    code = hashed(given(cast.officer, DEFENCE, other))
    PurposeLink.objects.filter(code_hash=code).update(purpose=REPAIR_LINK)
    with pytest.raises(Conflict, match="没有找到这个凭证"):
        defend_by_link(code=code, by=ANONYMOUS, at=AT, **SAID)
    with pytest.raises(InvalidInput):
        take_in_defence(entry=other, by=cast.officer, at=AT, photos=[None] * 10, **SAID)
    assert PurposeLink.objects.filter(ended_at=None).count() == 2
