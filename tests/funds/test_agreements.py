"""三方协议: drafted, printed, signed with a sealed scan, reminded of, run out, renewed, ended; and who sees it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core import clock, outbox, private_files
from foundation.core.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotAllowed
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline
from foundation.deadlines.queries import open_clocks_of
from foundation.deadlines.working_days import calendar
from foundation.documents.models import Document
from foundation.documents.wording.institutions import CLAUSES
from foundation.notifications import registry
from foundation.notifications.models import Message
from foundation.notifications.operations.reminding import remind
from foundation.notifications.rules import SENDER
from funds import notices, queries, workflow
from funds.attaching import taking
from funds.enums import AgreementState
from funds.models import Agreement, FundsFile
from funds.operations import agreements
from funds.tasks import KEEPER
from inspections.attaching import plain
from institutions.models import Institution
from tests.cast import CITY, OTHER_CITY, organ
from tests.documents.conftest import private_media
from tests.funds.factories import DAY, agreed, bank_of, opened, scan, signed
from tests.institutions.factories import AT, institution

__all__ = ["private_media"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_media")]


@pytest.fixture(autouse=True)
def now(settings):
    settings.MEDIA_MIN_FREE_PERCENT = 0
    with clock.set_to(AT):
        yield


@pytest.fixture
def school(cast) -> Institution:
    return institution(cast.officer)


def sign(agreement: Agreement, by, *, at=AT, on=DAY, files=None):
    with taking([scan()] if files is None else files) as taken:
        return agreements.sign_agreement(agreement=agreement, signed_on=on, files=taken, by=by, at=at)


def test_every_state_and_step():
    steps = {state: {step.name for step in workflow.AGREEMENT.steps_from(state)} for state in AgreementState.values}
    assert steps == {
        "drafted": {"sign", "terminate"},
        "signed": {"expire", "terminate"},
        "expired": set(),
        "terminated": set(),
    }


def test_from_draft_to_signature(cast, school):
    draft = agreed(school, cast.officer)
    assert queries.agreements_on(cast.officer, on=DAY).count() == 0
    row = sign(draft, cast.officer)
    assert (row.state, row.signed_on) == (AgreementState.SIGNED, DAY)
    assert queries.agreements_on(cast.officer, on=DAY).count() == 1
    assert queries.agreements_on(cast.officer, on=DAY, known_at=AT - timedelta(seconds=1)).count() == 0
    assert queries.agreements_on(cast.officer, on=row.valid_to + timedelta(days=1)).count() == 0
    kinds = Event.objects.filter(subject_type="funds.agreement").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["funds.agreement_drafted", "funds.agreement_signed"]


def test_the_scan_is_sealed_hashed_and_its_taking_noted(cast, school):
    row = signed(school, cast.officer)
    file = row.files.get()
    assert plain(file).startswith(b"%PDF")
    assert b"%PDF" not in private_files.fetch(file.path, sha256=file.sealed_sha256)
    assert Event.objects.get(kind="funds.agreement_signed").changes["files"][1][0]["sha256"] == file.sha256
    agreements.take_funds_file(file=file, by=cast.leader, at=AT)
    for who in ("neighbour", "town", "culture", "finance", "bank", "province"):
        with pytest.raises(NotAllowed):
            agreements.take_funds_file(file=file, by=getattr(cast, who), at=AT)
    assert Event.objects.filter(kind="funds.file_taken").count() == 1


def test_a_signature_needs_its_scan_and_a_day(cast, school):
    draft = agreed(school, cast.officer)
    with pytest.raises(InvalidInput, match="扫描件"):
        sign(draft, cast.officer, files=[])
    with pytest.raises(InvalidInput, match="不能晚于今天"):
        sign(draft, cast.officer, on=DAY + timedelta(days=1))
    with pytest.raises(NotAllowed):
        sign(draft, cast.leader)
    assert (Agreement.objects.get().state, FundsFile.objects.count()) == (AgreementState.DRAFTED, 0)
    sign(draft, cast.officer)
    with pytest.raises(IllegalTransition):
        sign(draft, cast.officer)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (lambda cast, row: {"bank": bank_of(OTHER_CITY)}, "不是本地入选"),
        (lambda cast, row: {"valid_to": DAY - timedelta(days=1)}, "不能早于"),
        (lambda cast, row: {"valid_to": DAY + timedelta(days=2000)}, "最长五年"),
        (lambda cast, row: {"account": opened(row, cast.officer)}, "在这家银行的账户"),
        (lambda cast, row: {"by": cast.leader}, "经办人"),
        (lambda cast, row: {"by": cast.neighbour}, "经办人"),
    ],
)
def test_drafts_that_are_refused(cast, school, given, says):
    facts = {"mode": "by_lesson", "valid_from": DAY, "valid_to": DAY, "by": cast.officer, "bank": bank_of("350203")}
    with pytest.raises(DomainError, match=says):
        agreements.draft_agreement(institution=school, at=AT, **(facts | given(cast, school)))
    assert Agreement.objects.count() == 0


def test_two_signed_ones_never_overlap(cast, school):
    """By the exclusion constraint; seen to fail without it."""
    first = signed(school, cast.officer, days=100)
    second = agreed(school, cast.officer, valid_from=DAY + timedelta(days=100), valid_to=DAY + timedelta(days=200))
    with pytest.raises(InvalidInput, match="已有签署的三方协议"):
        sign(second, cast.officer, files=[scan(tail=b"2")])
    agreements.terminate_agreement(agreement=first, ended_on=DAY, reason="更换银行", by=cast.officer, at=AT)
    assert sign(second, cast.officer, files=[scan(tail=b"2")]).state == AgreementState.SIGNED
    with pytest.raises(IntegrityError, match="agreement_end_has_reason"), transaction.atomic():
        Agreement.objects.filter(pk=first.pk).update(end_reason="")


def test_the_paper_prints_no_account_number(cast, school):
    account = opened(school, cast.officer, number="62100000000012345678")
    draft = agreed(school, cast.officer, bank=account.bank, account=account)
    Organ.objects.filter(pk=cast.officer.organ_id).update(document_word="思教")
    document = agreements.issue_agreement_paper(agreement=draft, clauses=CLAUSES, by=cast.officer, at=AT)
    assert "尾号5678" in document.content
    assert "0012345678" not in document.content
    assert document.kind == "tripartite_agreement"
    with pytest.raises(Conflict, match="已出具"):
        agreements.issue_agreement_paper(agreement=draft, clauses=CLAUSES, by=cast.officer, at=AT)
    sign(draft, cast.officer)
    with pytest.raises(Conflict, match="拟定中"):
        agreements.issue_agreement_paper(agreement=draft, clauses=CLAUSES, by=cast.officer, at=AT)
    assert Document.objects.filter(subject_type="funds.agreement").count() == 1


def test_the_paper_leaves_blank_what_the_bank_has_yet_to_open(cast, school):
    draft = agreed(school, cast.officer, account=None)
    Organ.objects.filter(pk=cast.officer.organ_id).update(document_word="思教")
    document = agreements.issue_agreement_paper(agreement=draft, clauses=CLAUSES, by=cast.officer, at=AT)
    rows = {name: said for block in document.frozen["blocks"] for name, said in block.get("rows", ())}
    assert rows["监管专用账户账号"] == "________"
    for words in (f"丙方(监管银行)：{draft.bank.name}", CLAUSES[0]):
        assert words in document.content


# -- running out -----------------------------------------------------------------------------------------------------
def test_reminded_sixty_thirty_and_seven_days_before(cast, school):
    """Calendar days, once a stage. Seen to fail with the rule counting working days."""
    row, along, told = signed(school, cast.officer, days=100), calendar(), []
    deadline = open_clocks_of(row).get()
    for left in (61, 60, 45, 30, 15, 7, 5):
        at = AT + timedelta(days=100 - left)
        remind(reminder=registry.find("funds.agreement"), row=deadline, along=along, by=SENDER, at=at)
        count = Message.objects.visible_to(cast.officer).filter(kind=notices.AGREEMENT_ENDING.code).count()
        told.append((left, count))
    assert told == [(61, 0), (60, 1), (45, 1), (30, 2), (15, 2), (7, 3), (5, 3)]
    assert Message.objects.visible_to(cast.leader).filter(kind=notices.AGREEMENT_ENDING.code).count() == 0


def test_a_renewal_takes_its_place_and_stops_its_clock(cast, school):
    row = signed(school, cast.officer, days=30)
    follows = agreements.renew_agreement(agreement=row, valid_to=DAY + timedelta(days=400), by=cast.officer, at=AT)
    assert (follows.valid_from, follows.renews, follows.bank) == (row.valid_to + timedelta(days=1), row, row.bank)
    with pytest.raises(Conflict, match="续签"):
        agreements.renew_agreement(agreement=row, valid_to=DAY + timedelta(days=400), by=cast.officer, at=AT)
    assert open_clocks_of(row).count() == 1
    sign(follows, cast.officer, files=[scan(tail=b"2")])
    assert (open_clocks_of(row).count(), open_clocks_of(follows).count()) == (0, 1)
    assert Deadline.objects.get(subject_id=row.pk, subject_type="funds.agreement").state == DeadlineState.MET


def test_each_night_what_is_over_has_run_out(cast, school):
    opened(school, cast.officer)
    row = signed(school, cast.officer, days=10)
    after = AT + timedelta(days=11)
    with pytest.raises(NotAllowed):
        agreements.expire_agreement(agreement=row, by=cast.officer, at=after)
    with pytest.raises(Conflict, match="尚未到期"):
        agreements.expire_agreement(agreement=row, by=KEEPER, at=AT + timedelta(days=10))
    outbox.put(notices.EXPIRE, at=after)
    with clock.set_to(after):
        assert queries.accounts_without_agreement(cast.officer).count() == 1  # V14
        for _ in range(2):
            outbox.deliver_all(at=after)
        assert queries.agreements_run_out(cast.officer).get() == row
    row.refresh_from_db()
    assert (row.state, row.events.count(), open_clocks_of(row).count()) == (AgreementState.EXPIRED, 2, 1)
    on = [queries.agreements_on(cast.officer, on=DAY + timedelta(days=days)).count() for days in (10, 11)]
    assert on == [1, 0]


def test_ending_early_is_dated_reasoned_and_stops_the_clock(cast, school):
    row, later = signed(school, cast.officer), AT + timedelta(days=20)
    for given, says in (
        ({"reason": " "}, "终止理由"),
        ({"ended_on": date(2027, 1, 1)}, "不能晚于今天"),
        ({"ended_on": DAY - timedelta(days=1)}, "不能早于有效期起"),
    ):
        facts = {"ended_on": DAY + timedelta(days=9), "reason": "更换银行"} | given
        with pytest.raises(InvalidInput, match=says):
            agreements.terminate_agreement(agreement=row, by=cast.officer, at=later, **facts)
    agreements.terminate_agreement(
        agreement=row, ended_on=DAY + timedelta(days=9), reason="更换银行", by=cast.officer, at=later
    )
    on = [queries.agreements_on(cast.officer, on=DAY + timedelta(days=days)).count() for days in (8, 9)]
    assert on == [1, 0]
    assert queries.agreements_on(cast.officer, on=DAY + timedelta(days=9), known_at=AT).count() == 1
    assert open_clocks_of(row).count() == 0


# -- who sees what ---------------------------------------------------------------------------------------------------
def test_the_whole_cast_and_the_clerks_door(cast, school, enter):
    ours = bank_of("350203", organ=Organ.objects.get(pk=cast.bank.organ_id))
    theirs = bank_of("350203", organ=organ(CITY, OrganKind.BANK, name="别的银行"))
    row = signed(school, cast.officer, bank=ours)
    other = signed(institution(cast.officer), cast.officer, bank=theirs, tail=b"2")
    for model, pk, other_pk in (
        (Agreement, row.pk, other.pk),
        (FundsFile, row.files.get().pk, other.files.get().pk),
    ):
        seen = {who for who, one in cast.everyone().items() if model.objects.visible_to(one).filter(pk=pk).exists()}
        assert seen == {"officer", "second_officer", "leader", "city", "discipline", "bank"}
        assert not model.objects.visible_to(cast.bank).filter(pk=other_pk).exists()
    client = enter(cast.bank)
    page = client.get(reverse("admin:funds_agreement_change", args=[row.pk])).content.decode()
    assert school.name in page
    assert "三方协议扫描件.pdf" in page
    assert "办理经过" not in page  # no trail of who did what
    taken = client.post(reverse("admin:funds_fundsfile_take", args=[row.files.get().pk]))
    assert (taken.status_code, taken.content[:4]) == (200, b"%PDF")
    assert client.get(reverse("admin:funds_agreement_change", args=[other.pk])).status_code == 404
    assert client.get(reverse("admin:funds_fundsfile_take", args=[other.files.get().pk])).status_code == 404


def test_from_the_money_page_to_the_scan(cast, school, enter):
    chosen = bank_of("350203")
    client = enter(cast.officer)
    facts = {"bank": chosen.pk, "mode": "by_lesson", "valid_from": "2026-11-02", "valid_to": "2027-11-01"}
    client.post(reverse("admin:institutions_institution_tripartite", args=[school.pk]), facts)
    row = Agreement.objects.get()
    given = {"signed_on": "2026-11-02", "files": [scan()]}
    answer = client.post(reverse("admin:funds_agreement_sign", args=[row.pk]), given, follow=True)
    assert "已登记签署" in answer.content.decode()
    assert "三方协议扫描件.pdf" in answer.content.decode()
    money = client.get(reverse("admin:institutions_institution_funds", args=[school.pk])).content.decode()
    assert "2026-11-02至2027-11-01" in money
