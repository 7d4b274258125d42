"""网上回执 after the decision and of a year: the application to leave a list, and the annual check's own report."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.accounts.enums import LinkEnd
from foundation.accounts.models import PurposeLink
from foundation.accounts.operations.links import issue_link
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.actor import ANONYMOUS, job
from foundation.core.errors import Conflict, NotAllowed
from foundation.deadlines.models import Deadline
from foundation.notifications.models import Message
from listings.answering import REPAIR
from listings.answering_yearly import CHECK
from listings.enums import CheckState, ListKind, ListState, RepairState
from listings.models import AnnualCheck, ListRule, Repair
from listings.operations.hearing import defend_by_link
from listings.operations.removal import let_lapse, propose_delisting
from listings.operations.repairs import apply_by_link, refuse_repair
from listings.operations.yearly import report_check_by_link, review_report, send_back_report
from tests.accounts.slips import at_the_page, given, hashed
from tests.institutions.factories import AT, institution
from tests.listings.factories import checked_now, deliver, in_state, listed, served
from tests.listings.test_yearly import in_state as check_in_state
from tests.photos.factories import jpeg

pytestmark = pytest.mark.django_db
APPLIES = {"text": "已退费，已取得许可", "given_by": "校长王某"}


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.set_to(AT):
        yield


# -- 信用修复 ------------------------------------------------------------------------------------------------------
def test_the_listed_party_applies_with_a_photo_once_at_a_time(cast, enter, client):
    entry = listed(cast, kind=ListKind.BLACK)
    officer, address = enter(cast.officer), f"/admin/listings/listentry/{entry.pk}/"
    assert "申请信用修复" in officer.post(f"{address}repair-slip/").content.decode()
    code = given(cast.officer, REPAIR, entry)
    deliver()
    page = at_the_page(client, code).content.decode()
    for words in ("已列入黑名单", entry.reason, str(entry.until), "下载文书"):
        assert words in page
    assert at_the_page(client, code, paper="1").content[:5] == b"%PDF-"
    photos = [SimpleUploadedFile("a.jpg", jpeg(1))]
    page = at_the_page(client, code, send="1", **APPLIES, photos=photos).content.decode()
    assert ("已收到" in page, "申请正在办理" in page, 'name="send"' in page) == (True, True, False)
    repair = Repair.objects.get()
    assert (repair.state, repair.entered_by, repair.photos.count()) == (RepairState.APPLIED, None, 1)
    assert [each.state for each in Deadline.objects.filter(code="listing.repair")] == ["running"]
    assert apply_by_link(code=hashed(code), by=ANONYMOUS, at=AT, **APPLIES) == repair
    page = at_the_page(client, code, send="1", text="还有一份材料", given_by="王某").content.decode()
    assert ("这一次没有收下" in page, "还有一份材料" in page) == (True, True)
    deliver()
    assert Message.objects.filter(kind="listings.repair_applied", recipient=cast.officer.user_id).count() == 1
    assert "当事人提交" in officer.get(address).content.decode()
    refuse_repair(repair=repair, remark="许可尚未办结", by=cast.officer, at=AT)
    page = at_the_page(client, code).content.decode()
    assert ("核查未通过：许可尚未办结" in page, 'name="send"' in page) == (True, True)


def test_too_early_it_says_from_when_on(cast, client):
    entry = listed(cast, kind=ListKind.BLACK)
    code = given(cast.officer, REPAIR, entry)
    ListRule.objects.filter(kind=ListKind.BLACK).update(repair_after_months=3)
    page = at_the_page(client, code, send="1", **APPLIES).content.decode()
    assert ("2027-02-02" in page, APPLIES["text"] in page) == (True, True)
    with pytest.raises(Conflict, match="2027-02-02"):
        apply_by_link(code=hashed(code), by=ANONYMOUS, at=AT, **APPLIES)
    with pytest.raises(Conflict):
        given(cast.officer, REPAIR, entry)
    assert not Repair.objects.exists()


def test_no_application_while_its_removal_is_decided(cast, client):
    entry = listed(cast, kind=ListKind.BLACK)
    code = given(cast.officer, REPAIR, entry)
    propose_delisting(entry=entry, reason="查错", ground="mistake", by=cast.officer, at=AT)
    with pytest.raises(Conflict, match="现在不能申请"):
        apply_by_link(code=hashed(code), by=ANONYMOUS, at=AT, **APPLIES)
    assert "申请正在办理" in at_the_page(client, code, send="1", **APPLIES).content.decode()
    assert not Repair.objects.exists()


def test_the_link_ends_with_the_entry_and_is_not_given_for_others(cast, client):
    entry = listed(cast, kind=ListKind.BLACK)
    code = given(cast.officer, REPAIR, entry)
    with pytest.raises(Conflict):
        defend_by_link(code=hashed(code), by=ANONYMOUS, at=AT, **APPLIES)
    for row in (listed(cast), served(cast), in_state(cast, ListState.REMOVING, kind=ListKind.BLACK)):
        with pytest.raises(Conflict):
            given(cast.officer, REPAIR, row)
    for who in (cast.leader, cast.neighbour, cast.town, cast.public):
        with pytest.raises(NotAllowed):
            issue_link(purpose=REPAIR, subject=entry, by=who, at=AT)
    by = job("到期", *cast.leader.capabilities, scope=cast.leader.scope)
    let_lapse(entry=entry, by=by, at=AT + timedelta(days=900))
    assert PurposeLink.objects.get(subject_id=entry.pk).end_reason == LinkEnd.OVER
    assert at_the_page(client, code).status_code == 404
    with pytest.raises(Conflict):
        apply_by_link(code=hashed(code), by=ANONYMOUS, at=AT, **APPLIES)


# -- 年检自查 ------------------------------------------------------------------------------------------------------
def test_an_institution_reports_question_by_question(cast, enter, client):
    check = checked_now(cast, institution(cast.officer))
    officer, address = enter(cast.officer), f"/admin/listings/annualcheck/{check.pk}/"
    assert "报送自查" in officer.post(f"{address}slip/").content.decode()
    code = given(cast.officer, CHECK, check)
    questions = check.check_year.questions
    page = at_the_page(client, code).content.decode()
    for words in (*questions, str(check.check_year.report_by), "还没有报送"):
        assert words in page
    answers = {f"answer{number}": f"第{number}项符合" for number in range(len(questions))}
    lacking = at_the_page(client, code, send="1", given_by="王某", **answers | {"answer2": ""}).content.decode()
    assert ("第1项符合" in lacking, 'role="alert"' in lacking) == (True, True)
    assert AnnualCheck.objects.get().state == CheckState.OPEN
    page = at_the_page(client, code, send="1", given_by="校长王某", **answers).content.decode()
    assert ("已收到" in page, "第6项符合" in page, 'name="send"' in page) == (True, True, False)
    check = AnnualCheck.objects.get()
    assert (check.state, check.reported_by, check.entered_by) == (CheckState.REPORTED, "校长王某", None)
    assert check.report[3] == [questions[3], "第3项符合"]
    assert [each.state for each in Deadline.objects.filter(code="annual_check.report_due")] == ["met"]
    said = list(answers.values())
    report_check_by_link(code=hashed(code), answers=said, given_by="校长王某", by=ANONYMOUS, at=AT)
    assert Event.objects.filter(kind="annual_check.reported").count() == 1
    deliver()
    deliver()
    told = Message.objects.filter(kind="listings.check_reported").values_list("recipient", flat=True)
    assert sorted(told) == sorted({cast.officer.user_id, cast.second_officer.user_id})
    assert "机构提交" in officer.get(address).content.decode()


def test_sent_back_it_is_asked_again_with_what_was_said(cast, client):
    check = checked_now(cast, institution(cast.officer))
    code = given(cast.officer, CHECK, check)
    said = ["符合"] * len(check.check_year.questions)
    report_check_by_link(code=hashed(code), answers=said, given_by="王某", by=ANONYMOUS, at=AT)
    with pytest.raises(Conflict):
        given(cast.officer, CHECK, check)
    send_back_report(check=check, reason="消防一项过于简单", by=cast.officer, at=AT)
    page = at_the_page(client, code).content.decode()
    assert ("消防一项过于简单" in page, ">符合</textarea>" in page.replace("\n", "")) == (True, True)
    report_check_by_link(code=hashed(code), answers=said, given_by="王某", by=ANONYMOUS, at=AT)
    review_report(check=check, review="齐全", by=cast.officer, at=AT)
    page = at_the_page(client, code, send="1", given_by="王某", **{f"answer{n}": "改口" for n in range(len(said))})
    assert "这一次没有收下" in page.content.decode()
    assert AnnualCheck.objects.get().report[0][1] == "符合"


@pytest.mark.parametrize("state", CheckState)
def test_who_may_still_read_and_who_is_asked(cast, state):
    check = check_in_state(cast, state)
    readable = state not in (CheckState.CONCLUDED, CheckState.NOTICE, CheckState.DONE)
    assert (CHECK.last_day(check) is not None, CHECK.asks(check)) == (readable, state == CheckState.OPEN)
