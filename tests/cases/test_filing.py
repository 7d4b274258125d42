"""Filing, evidence, execution and publication of cases."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from cases import queries
from cases.enums import CaseState, Disposal, EvidenceKind, Outcome, PenaltyKind, Source
from cases.models import Case, Evidence, Publication, Violation
from cases.operations import decision, evidence, execution, filing, publication
from cases.operations.filing import Proposal
from cases.operations.publication import PublicWords, Wording
from cases.operations.review import conclude
from cases.papers import Talk
from enforcement.operations.orders import escalate_order
from foundation.accounts.models import Post
from foundation.audit.models import Event
from foundation.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from foundation.deadlines.enums import Limit
from foundation.deadlines.models import Deadline
from inspections.enums import VisitKind
from tests.cases.factories import (
    CRITICISM,
    FINE,
    LATER,
    certified,
    closed,
    decided,
    executing,
    filed,
    heard,
    in_state,
    opinion,
    paid,
    proposed,
    shown,
    violation,
)
from tests.enforcement.factories import inspected, issued
from tests.inspections.factories import AT, DAY
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db


def due(case: Case, code: str) -> date:
    return Deadline.objects.filter(subject_type="cases.case", subject_id=case.pk, code=code).latest("pk").due_on


def test_a_case_is_filed_by_another_and_due_in_ninety_days(cast):
    case = proposed(cast)
    assert (case.state, case.number, case.matter) == (CaseState.PROPOSED, "", case.visit.number)
    filing.approve_filing(case=case, opinion="同意", by=cast.leader, at=AT)
    paper = execution.print_sheet(case=case, by=cast.officer, at=AT)
    row = Case.objects.get(pk=case.pk)
    assert (row.number, row.filed_on) == ("思教立〔2026〕1号", DAY)
    assert paper.document.matter == row.matter
    assert due(row, Limit.PENALTY_DECISION) == DAY + timedelta(days=90)
    with pytest.raises(Conflict):
        execution.print_sheet(case=row, by=cast.officer, at=AT)


def test_an_extension_is_agreed_once_by_the_head(cast):
    case = filed(cast)
    filing.extend_decision(case=case, reason="案情复杂", by=cast.leader, at=AT)
    assert due(case, Limit.PENALTY_DECISION) == DAY + timedelta(days=120)
    with pytest.raises(Conflict, match="延长过一次"):
        filing.extend_decision(case=case, reason="案情复杂", by=cast.leader, at=AT)
    with pytest.raises(NotAllowed):
        filing.extend_decision(case=case, reason="案情复杂", by=cast.officer, at=AT)


def test_a_covert_visit_stays_internal_until_a_formal_record_is_made(cast):
    covert = inspected(cast, kind=VisitKind.COVERT, covert=True)
    with pytest.raises(NotAllowed, match="暗访"):
        filing.propose_case(
            proposal=Proposal(
                source=Source.VISIT,
                visit=covert,
                violation=violation(),
                summary="暗访所见",
                subject=covert.institution,
            ),
            officers=certified(cast),
            by=cast.officer,
            at=AT,
        )


def test_an_order_grows_into_one_case(cast):
    order = issued(cast)
    given = {
        "source": Source.ORDER,
        "order": order,
        "violation": violation("W21"),
        "summary": "逾期未整改",
        "subject": order.institution,
    }

    def propose():
        return filing.propose_case(proposal=Proposal(**given), officers=certified(cast), by=cast.officer, at=AT)

    with pytest.raises(NotAllowed, match="转立案"):
        propose()
    escalate_order(order=order, reason="拒不整改", by=cast.officer, at=AT)
    assert propose().order_id == order.pk
    with pytest.raises(NotAllowed):
        propose()


def test_two_certified_officers_of_the_organ_handle_a_case(cast):
    for officers in (certified(cast)[:1], [certified(cast)[0], Post.objects.get(pk=cast.leader.post_id)]):
        visit = inspected(cast)
        with pytest.raises(InvalidInput, match="执法证"):
            filing.propose_case(
                proposal=Proposal(
                    source=Source.VISIT,
                    visit=visit,
                    violation=violation(),
                    summary="见检查记录",
                    subject=visit.institution,
                ),
                officers=officers,
                by=cast.officer,
                at=AT,
            )
    assert not Case.objects.exists()


def test_an_officer_with_an_interest_hands_over_and_stays_listed(cast):
    case = filed(cast)
    leaving = case.officers.get(user=cast.second_officer.user_id)
    Post.objects.filter(pk=cast.leader.post_id).update(certificate_no="闽D0009")
    filing.replace_officer(
        case=case,
        leaving=leaving,
        post=Post.objects.get(pk=cast.leader.post_id),
        reason="与当事人有亲属关系，回避",
        by=cast.officer,
        at=AT,
    )
    assert [row.name for row in case.officers.filter(until__isnull=True).order_by("pk")] == [
        cast.officer.name,
        cast.leader.name,
    ]
    assert case.officers.get(pk=leaving.pk).left_because.startswith("与当事人")
    with pytest.raises(NotAllowed):
        filing.extend_decision(case=case, reason="案情复杂", by=cast.leader, at=AT)


def test_a_person_may_be_the_party(cast):
    site = institution(cast.officer)
    case = proposed(cast, site, person="王小明", code="021X", address="湖滨南路1号")
    assert (case.institution_id, case.party_name, case.party_code, case.party) == (None, "王小明", "021X", None)


# -- evidence ------------------------------------------------------------------------------------------------------
def test_a_questioning_is_a_paper_and_a_piece_of_evidence(cast):
    case = filed(cast)
    talk = Talk(
        asked="王某",
        relation="当事人",
        is_party=True,
        time="2026年11月18日 14:00",
        place="区教育局",
        recorder="陈晓岚",
        talk=[["何时开始培训？", "九月。"], ["收了多少钱？", "三千元。"]],
        shows="收费三千元",
    )
    paper = evidence.question(case=case, talk=talk, by=cast.officer, at=AT)
    assert paper.document.number == "思教询〔2026〕1号"
    assert "问：收了多少钱？" in paper.document.content
    assert case.evidence.get().kind == EvidenceKind.PARTY


def test_what_is_put_in_keeping_is_decided_upon_in_seven_working_days(cast):
    case = filed(cast)
    kept = evidence.preserve(
        case=case,
        items=["课桌20张", " ", "报名表1册"],
        place="原址",
        keeper="王某",
        approved_by="局长",
        contact="0592-1",
        by=cast.officer,
        at=AT,
    )
    assert kept.items == ["课桌20张", "报名表1册"]
    clock = Deadline.objects.get(subject_type="cases.preservation", subject_id=kept.pk)
    assert clock.due_on == date(2026, 11, 27)  # from Wednesday the 18th: 19 20 | 23 24 25 26 27
    with pytest.raises(Conflict, match="还没有处理"):
        _conclude(cast, case)
    evidence.dispose(preservation=kept, disposal=Disposal.RETURNED, note="退还", by=cast.officer, at=AT)
    assert not Deadline.objects.filter(subject_type="cases.preservation", state="running").exists()
    with pytest.raises(NotAllowed):
        evidence.dispose(preservation=kept, disposal=Disposal.RETURNED, note="退还", by=cast.officer, at=AT)


def _conclude(cast, case):

    shown(cast, case)
    return conclude(case=case, report="查明", sanctions=(FINE,), by=cast.officer, at=AT)


def test_evidence_stays_as_it_was_registered(cast):
    case = in_state(cast, CaseState.CONCLUDED)
    piece = case.evidence.get()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_evidence SET title = 'x' WHERE id = %s", [piece.pk])
    assert Evidence.objects.get(pk=piece.pk).title == "现场检查笔录"


# -- execution -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "fee"),
    [(0, 0), (1, 90_00), (10, 900_00), (33, 2970_00), (34, 3000_00), (400, 3000_00)],
)
def test_a_late_fine_grows_three_percent_a_day_up_to_itself(days, fee):
    last = date(2026, 12, 3)
    assert queries.late_fee(3000_00, due_on=last, paid_on=last + timedelta(days=days)) == fee


def test_a_payment_counts_for_the_fine_first_and_may_not_be_too_much(cast):
    case = executing(cast)
    assert due(case, Limit.FINE_PAYMENT) == date(2026, 12, 3)  # fifteen calendar days from the 18th of November
    fine = queries.decided(case).get(kind=PenaltyKind.FINE)

    def pay(amount, on=DAY):
        return execution.record_fulfilment(
            case=case, penalty=fine, done_on=on, amount=amount, note="缴款", by=cast.officer, at=AT + timedelta(days=30)
        )

    with pytest.raises(InvalidInput, match="超过"):
        pay(3000_01)
    assert pay(1000_00).late_fee == 0
    late = pay(2000_00 + 180_00, on=date(2026, 12, 5))
    assert late.late_fee == 180_00
    assert [str(row) for row in queries.unfulfilled(case)] == ["通报批评"]
    assert not Deadline.objects.filter(code=Limit.FINE_PAYMENT, state="running").exists()


def test_a_closed_case_leaves_no_clock_and_counts_its_sums(cast):
    case = closed(cast)
    spared = decided(cast, Outcome.SPARE)
    assert not Deadline.objects.filter(subject_type="cases.case", subject_id=case.pk, state="running").exists()
    found = queries.figures(Case.objects.filter(pk__in=[case.pk, spared.pk]))
    assert (found.filed, found.decided, found.closed, found.fines, found.confiscated, found.paid) == (
        *(2, 2, 1),
        *(3000_00, 0, 3000_00),
    )
    sheet = execution.print_sheet(case=case, by=cast.officer, at=AT)
    assert sheet.document.number == "思教结〔2026〕1号"


# -- publication ---------------------------------------------------------------------------------------------------
def words(**given) -> PublicWords:
    facts = {
        "party": "思明区启明艺术培训中心",
        "facts": "未取得许可开展学科类培训",
        "penalty": "罚款3000元",
        "basis": "《校外培训行政处罚暂行办法》第十八条",
        "until": date(2029, 11, 18),
    }
    return PublicWords(**facts | given)


def test_a_decision_is_published_without_private_data_and_taken_back_when_it_falls(cast):
    case = executing(cast)
    with pytest.raises(InvalidInput, match="手机号码"):
        publication.publish_decision(case=case, words=words(facts="家长电话138 0013 8000"), by=cast.officer, at=AT)
    published = publication.publish_decision(case=case, words=words(), by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        publication.publish_decision(case=case, words=words(), by=cast.officer, at=AT)
    publication.overturn(case=case, on=DAY, authority="思明区人民政府 思政复〔2026〕9号", by=cast.officer, at=AT)
    assert due(case, Limit.WITHDRAW_PUBLICATION) == date(2026, 11, 23)  # three working days from Wednesday the 18th
    publication.withdraw_publication(publication=published, reason="决定被撤销", by=cast.officer, at=AT)
    assert Publication.objects.get(pk=published.pk).withdrawn_on == DAY
    assert queries.figures(Case.objects.filter(pk=case.pk)).fines == 0
    assert not Deadline.objects.filter(code=Limit.WITHDRAW_PUBLICATION, state="running").exists()


def test_what_was_not_served_is_not_published(cast):
    with pytest.raises(NotAllowed):
        publication.publish_decision(case=decided(cast), words=words(), by=cast.officer, at=AT)


def test_a_light_penalty_is_public_for_three_months_others_for_three_years(cast):
    assert queries.public_until(executing(cast), since=date(2026, 11, 18)) == date(2029, 11, 18)
    light = heard(cast, CRITICISM)
    decision.propose_decision(case=light, opinion=opinion(Outcome.PUNISH, CRITICISM), by=cast.officer, at=AT)
    assert queries.public_until(Case.objects.get(pk=light.pk), since=date(2026, 11, 30)) == date(2027, 2, 28)


def test_a_new_wording_is_a_new_row_and_cases_keep_theirs(cast):
    case = proposed(cast)
    old = violation()
    wording = Wording(
        name=old.name,
        conduct=old.conduct,
        forbidden_by="《校外培训条例》第三十条",
        punished_by="《校外培训条例》第五十条",
        consequence=old.consequence,
        competent=old.competent,
    )
    new = publication.word_violation(violation=old, wording=wording, since=date(2027, 1, 1), by=cast.province, at=AT)
    assert Violation.objects.get(pk=old.pk).effective_to == date(2026, 12, 31)
    assert list(queries.violations_on(date(2027, 1, 1)).filter(code="W18")) == [new]
    assert Case.objects.get(pk=case.pk).violation_id == old.pk
    for act in (
        lambda: publication.word_violation(violation=old, wording=wording, since=LATER.date(), by=cast.province, at=AT),
        lambda: publication.word_violation(violation=new, wording=wording, since=LATER.date(), by=cast.officer, at=AT),
    ):
        with pytest.raises(DomainError):
            act()
    assert Event.objects.filter(kind="violation.worded").count() == 1


def test_paying_ends_the_term(cast):
    case = executing(cast)
    paid(cast, case)
    assert queries.unfulfilled(case) == []
