"""What one of the summoned reports, by its link or through an officer; it sees nothing of the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enforcement.answering import INTERVIEW, ORDER
from enforcement.enums import PartyState
from enforcement.models import InterviewParty, InterviewReport
from enforcement.operations.followup import report_by_link
from enforcement.operations.interviews import confirm_fixed
from enforcement.operations.reports import enter_interview_report, report_on_interview_by_link
from foundation.accounts import codes, links
from foundation.accounts.models import Post, PurposeLink
from foundation.accounts.operations.links import issue_link
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.actor import ANONYMOUS
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from inspections.enums import Outcome
from tests.enforcement.factories import AT, LATER, TWO, issued
from tests.enforcement.interviewing import held, with_parties
from tests.inspections.factories import filed, officers_report
from tests.institutions.factories import institution
from tests.photos.factories import jpeg

pytestmark = pytest.mark.django_db
REPORT = {"text": "已开立监管账户", "given_by": "校长王某"}


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.set_to(AT):
        yield


@pytest.fixture
def parties(cast) -> list[InterviewParty]:
    rows = [institution(cast.officer, name=f"思明区{name}培训中心") for name in ("海浪舞蹈", "白鹭书画")]
    interview = with_parties(cast.officer, rows)
    held(interview, cast.officer)
    return list(interview.parties.order_by("pk"))


def given(cast, party) -> str:
    return issue_link(purpose=INTERVIEW, subject=party, by=cast.officer, at=AT).code


def test_it_reads_its_own_matter_and_reports_with_photos(cast, client, enter, parties):
    own, other = parties
    code = given(cast, own)
    page = client.post("/answer/", {"code": code}).content.decode()
    for words in ("海浪舞蹈", "预收费监管突出问题集体约谈", "未开立监管账户", "限期整改"):
        assert words in page
    assert (other.institution.name in page, "下载文书" in page) == (False, False)
    photos = [SimpleUploadedFile("a.jpg", jpeg(1))]
    page = client.post("/answer/", {"code": code, "send": "1", **REPORT, "photos": photos}).content.decode()
    assert ("已收到" in page, "照片1张" in page) == (True, True)
    report = InterviewReport.objects.get()
    assert (report.party, report.entered_by, report.photos.count()) == (own, None, 1)
    assert InterviewParty.objects.get(pk=own.pk).state == PartyState.OPEN
    assert Event.objects.filter(kind="interview.reported", subject_id=own.pk).count() == 1
    staff = enter(cast.officer).get(f"/admin/enforcement/interviewparty/{own.pk}/").content.decode()
    assert ("当事人提交" in staff, "已开立监管账户" in staff) == (True, True)


def test_an_officer_enters_it_and_it_is_marked_so(cast, client, enter, parties):
    own = parties[0]
    address = f"/admin/enforcement/interviewparty/{own.pk}/"
    assert enter(cast.officer).post(f"{address}report/", REPORT).status_code == 302
    assert InterviewReport.objects.get().entered_by_id == cast.officer.user_id
    assert "代为登记" in enter(cast.officer).get(address).content.decode()
    assert "经办人代为登记" in client.post("/answer/", {"code": given(cast, own)}).content.decode()


def test_the_link_ends_when_a_visit_shows_it_done(cast, client, parties):
    own = parties[0]
    code = given(cast, own)
    facts = {"visited_on": LATER.date(), "officers": TWO, "outcome": Outcome.CLEAN}
    visit = filed(officers_report(own.institution, cast.officer, cast.second_officer, **facts), cast.officer, at=LATER)
    confirm_fixed(party=own, visit=visit, by=cast.officer, at=LATER)
    assert PurposeLink.objects.get().ended_at == LATER
    assert client.post("/answer/", {"code": code}).status_code == 404
    with pytest.raises(IllegalTransition):
        enter_interview_report(party=own, by=cast.officer, at=LATER, **REPORT)


def test_a_code_answers_its_own_purpose_and_its_own_party_only(cast, parties):
    own = parties[0]
    of_party = codes.hashed(given(cast, own), column=links.COLUMN)
    order = issued(cast)
    of_order = codes.hashed(issue_link(purpose=ORDER, subject=order, by=cast.officer, at=AT).code, column=links.COLUMN)
    with pytest.raises(Conflict):
        report_by_link(code=of_party, by=ANONYMOUS, at=AT, **REPORT)
    with pytest.raises(Conflict):
        report_on_interview_by_link(code=of_order, by=ANONYMOUS, at=AT, **REPORT)
    for _ in range(2):
        report_on_interview_by_link(code=of_party, by=ANONYMOUS, at=AT, **REPORT)
    assert list(InterviewReport.objects.values_list("party", flat=True)) == [own.pk]


def test_the_officers_of_the_organ_are_told_of_each_report_once(cast, parties):
    code = codes.hashed(given(cast, parties[0]), column=links.COLUMN)
    report_on_interview_by_link(code=code, by=ANONYMOUS, at=AT, **REPORT)
    enter_interview_report(party=parties[0], by=cast.officer, at=AT, **REPORT)
    for _ in range(2):
        outbox.deliver_all(at=LATER)
    told = Message.objects.filter(kind="enforcement.interview_reported")
    assert sorted(told.values_list("recipient", flat=True)) == sorted(
        2 * [cast.officer.user_id, cast.second_officer.user_id]
    )
    assert {message.url for message in told} == {f"/admin/enforcement/interviewparty/{parties[0].pk}/"}


@pytest.mark.parametrize("facts", [{"text": " "}, {"given_by": ""}])
def test_a_report_says_what_and_who(cast, parties, facts):
    with pytest.raises(InvalidInput):
        enter_interview_report(party=parties[0], by=cast.officer, at=AT, **REPORT | facts)
    assert not InterviewReport.objects.exists()


@pytest.mark.parametrize("who", ["leader", "neighbour", "town", "supervisor", "public"])
def test_who_may_not_enter_or_issue(cast, parties, who):
    by = getattr(cast, who)
    with pytest.raises(NotAllowed):
        enter_interview_report(party=parties[0], by=by, at=AT, **REPORT)
    with pytest.raises(NotAllowed):
        issue_link(purpose=INTERVIEW, subject=parties[0], by=by, at=AT)
    assert not PurposeLink.objects.exists()


def test_where_the_organs_own_people_have_gone_somebody_above_is_told(cast):
    order, officers = issued(cast), (cast.officer.user_id, cast.second_officer.user_id)
    Post.objects.filter(user__in=officers).update(valid_to=AT.date() - timedelta(days=1))
    code = codes.hashed(issue_link(purpose=ORDER, subject=order, by=cast.officer, at=AT).code, column=links.COLUMN)
    report_by_link(code=code, by=ANONYMOUS, at=AT, **REPORT)
    outbox.deliver_all(at=LATER)
    told = set(Message.objects.filter(kind="enforcement.order_answered").values_list("recipient", flat=True))
    assert told == {cast.city.user_id}
