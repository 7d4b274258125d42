"""By the code of a slip: a self-check with photos, a commitment, a change; slips for many as one PDF."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from declarations.answering import DECLARATION, PROFILE_CHANGE
from declarations.enums import CHANGE_LINK, DeclarationState, InquiryKind
from declarations.models import ChangeRequest, Declaration, Inquiry
from declarations.operations.changes import ask_for_change_by_link
from declarations.operations.declarations import declare_by_link, send_back_declaration
from declarations.operations.inquiries import ask_institution, close_inquiry
from foundation.accounts import codes
from foundation.accounts.models import PurposeLink
from foundation.accounts.operations.links import issue_link
from foundation.core import clock, outbox
from foundation.core.actor import ANONYMOUS
from foundation.core.errors import Conflict, NotAllowed
from foundation.notifications.models import Message
from foundation.photos.models import Photo
from institutions.models import Institution
from institutions.operations.papers import issue_commitment
from tests.accounts.slips import at_the_page, given, hashed
from tests.clues.tipping import tip
from tests.declarations.factories import SAID, WANTED, asked, opened
from tests.documents.reading import pdf_text
from tests.enforcement.factories import named
from tests.institutions.factories import AT, institution
from tests.photos.factories import jpeg

pytestmark = pytest.mark.django_db
SEND = {
    "send": "1", "given_by": "校长王某", "reply0": "yes", "reply1": "no", "note1": "二楼通道堆放，本周清理",
    "reply2": "na",
}  # fmt: skip
NOW = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d")


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.set_to(AT):
        yield


def recipients(kind: str) -> list[int]:
    for _ in range(2):
        outbox.deliver_all(at=AT)
    return sorted(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def officers(cast) -> list[int]:
    return sorted([cast.officer.user_id, cast.second_officer.user_id])


def test_a_self_check_with_a_photo(cast, enter, client):
    row = asked(cast)
    code = given(cast.officer, DECLARATION, row)
    page = at_the_page(client, code).content.decode()
    for words in ("2026年暑期安全自查", "疏散通道畅通", str(row.inquiry.due_on), "还没有报送"):
        assert words in page
    assert "写明情况" in at_the_page(client, code, **SEND | {"note1": ""}).content.decode()
    assert "请选择" in at_the_page(client, code, **SEND | {"reply2": ""}).content.decode()
    assert not Photo.objects.exists()
    page = at_the_page(client, code, **SEND, photos=[SimpleUploadedFile("a.jpg", jpeg(1))]).content.decode()
    assert ("已收到" in page, "照片1张" in page, 'name="send"' in page) == (True, True, False)
    row.refresh_from_db()
    assert (row.state, row.faults, row.entered_by, row.photos.count()) == (DeclarationState.GIVEN, 1, None, 1)
    assert declare_by_link(code=hashed(code), told=SAID, by=ANONYMOUS, at=AT) == row, "sent twice, it is one"
    assert recipients("declarations.declared") == officers(cast)
    staff = enter(cast.officer).get(f"/admin/declarations/declaration/{row.pk}/").content.decode()
    assert ("机构提交" in staff, "二楼通道堆放" in staff, 'class="photos"' in staff) == (True, True, True)
    send_back_declaration(declaration=row, reason="请附通道照片", by=cast.officer, at=AT)
    page = at_the_page(client, code).content.decode()
    assert ("请附通道照片" in page, "二楼通道堆放，本周清理" in page, 'name="send"' in page) == (True, True, True)
    close_inquiry(inquiry=row.inquiry, by=cast.officer, at=AT)
    assert at_the_page(client, code).status_code == 404


def test_a_commitment_is_read_with_its_numbered_paper_and_signed(cast, client):
    row = asked(cast, kind=InquiryKind.COMMITMENT, items=[["01", "依法办学"], ["02", "按规定收费"]])
    code = given(cast.officer, DECLARATION, row)
    page = at_the_page(client, code).content.decode()
    assert ("承诺第2条" in page, "按规定收费" in page, "下载文书" in page) == (True, True, False)
    named(cast.officer)
    issue_commitment(institution=row.institution, year=2026, items=["依法办学"], by=cast.officer, at=AT)
    outbox.deliver_all(at=AT)
    assert at_the_page(client, code, paper="1").content[:5] == b"%PDF-"
    signs = {"send": "1", "given_by": "校长王某", "signed_on": "2026-11-02"}
    assert "承诺遵守以上全部事项" in at_the_page(client, code, **signs).content.decode()
    assert (
        "不能晚于今天"
        in at_the_page(client, code, **signs | {"agreed": "on", "signed_on": "2026-11-03"}).content.decode()
    )
    assert "已收到" in at_the_page(client, code, **signs, agreed="on").content.decode()
    assert (Declaration.objects.get().signed_on, Declaration.objects.get().given_by) == (AT.date(), "校长王某")


def test_a_change_is_asked_for_and_its_outcome_read(cast, enter, client):
    row = institution(cast.officer, phone="13912345678")
    code = given(cast.officer, PROFILE_CHANGE, row)
    page = at_the_page(client, code).content.decode()
    assert (row.address in page, "已登记(不显示)" in page, "13912345678" in page) == (True, True, False)
    assert "没有要变更的内容" in at_the_page(client, code, send="1", reason="x", given_by="王某").content.decode()
    page = at_the_page(client, code, send="1", reason="搬迁", given_by="王某", **WANTED).content.decode()
    assert ("已收到" in page, "待办理" in page, 'name="send"' in page) == (True, True, False)
    request = ChangeRequest.objects.get()
    facts = {"proposed": WANTED, "reason": "搬迁", "given_by": "王某"}
    assert ask_for_change_by_link(code=hashed(code), by=ANONYMOUS, at=AT, **facts) == request
    assert recipients("declarations.change") == officers(cast)
    address = f"/admin/declarations/changerequest/{request.pk}/"
    chosen = {"public_phone": "no", "public_phone_why": "", "address": "yes"}
    assert "请写明理由" in enter(cast.officer).post(f"{address}decide/", chosen).content.decode()
    chosen |= {"public_phone_why": "号码无人接听"}
    assert enter(cast.officer).post(f"{address}decide/", chosen).status_code == 302
    page = at_the_page(client, code).content.decode()
    assert ("未采纳：号码无人接听" in page, "已采纳" in page, 'name="send"' in page) == (True, True, True)
    assert Institution.objects.get(pk=row.pk).address == WANTED["address"]
    Institution.objects.filter(pk=row.pk).update(withdrawn_at=AT)
    assert at_the_page(client, code).status_code == 404


def test_slips_for_a_filtered_selection_are_one_pdf(cast, enter, client):
    rows = [institution(cast.officer, name=f"思明区{name}培训中心") for name in ("海浪", "白鹭", "启航")]
    inquiry = opened(cast, jurisdiction=rows[0].jurisdiction)
    officer = enter(cast.officer)
    ticked = {"ids": [row.pk for row in rows]}
    page = officer.post("/admin/institutions/institution/ask-many/", ticked).content.decode()
    frozen = re.search(r'name="frozen" value="([^"]+)"', page)[1]
    officer.post("/admin/institutions/institution/ask-many/", {"frozen": frozen, "inquiry": inquiry.pk})
    assert inquiry.declarations.count() == 3
    done = inquiry.declarations.get(institution=rows[2])
    code = given(cast.officer, DECLARATION, done)
    declare_by_link(code=hashed(code), told=SAID, by=ANONYMOUS, at=AT)
    page = officer.post("/admin/declarations/declaration/slips/", {"scope": "all"}).content.decode()
    frozen = re.search(r'name="frozen" value="([^"]+)"', page)[1]
    response = officer.post("/admin/declarations/declaration/slips/", {"frozen": frozen})
    assert (response["Content-Type"], "no-store" in response["Cache-Control"]) == ("application/pdf", True)
    text = pdf_text(response.content)
    found = re.findall(r"\d{4} \d{4} \d{4} \d{4}", text)
    assert (len(found), "没有开通的 1 家" in text) == (2, True)
    assert [text.count(row.name) for row in rows[:2]] == [1, 1]
    assert "2026年暑期安全自查" in at_the_page(client, codes.normalised(found[0])).content.decode()
    assert PurposeLink.objects.filter(ended_at=None).count() == 3
    again = officer.post("/admin/declarations/declaration/slips/", {"frozen": frozen}, follow=True)
    assert "已经办理过" in again.content.decode()


def test_its_own_purpose_its_own_party_and_nobody_logged_in(cast, client):
    own, other = asked(cast), institution(cast.officer, name="另一家舞蹈培训中心")
    theirs = ask_institution(inquiry=own.inquiry, institution=other, by=cast.officer, at=AT)
    of_change = hashed(given(cast.officer, DECLARATION, own))
    assert own.institution.name not in at_the_page(client, given(cast.officer, DECLARATION, theirs)).content.decode()
    of_other = hashed(given(cast.officer, DECLARATION, theirs))
    PurposeLink.objects.filter(code_hash=of_change).update(purpose=CHANGE_LINK)
    for code, by, refusal in ((of_change, ANONYMOUS, Conflict), (of_other, cast.officer, NotAllowed)):
        with pytest.raises(refusal):
            declare_by_link(code=code, told=SAID, by=by, at=AT)
    for who in (cast.leader, cast.neighbour, cast.town, cast.public):
        for purpose, row in ((DECLARATION, own), (PROFILE_CHANGE, other)):
            with pytest.raises(NotAllowed):
                issue_link(purpose=purpose, subject=row, by=who, at=AT)
    assert not Declaration.objects.filter(state=DeclarationState.GIVEN).exists()


def test_the_pages_are_the_same_with_and_without_tips(cast, client):
    row = asked(cast)
    slips = [given(cast.officer, DECLARATION, row), given(cast.officer, PROFILE_CHANGE, row.institution)]

    def seen() -> list[bytes]:
        answers = [at_the_page(client, code) for code in slips]
        return [NOW.sub(b"", answer.content) + str(sorted(answer.headers.items())).encode() for answer in answers]

    before = seen()
    for number in range(3):
        tip(f"{number:016d}", institution=row.institution, at=AT)
    outbox.deliver_all(at=AT)
    assert seen() == before
    assert Inquiry.objects.count() == 1
