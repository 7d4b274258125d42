"""What an institution's dossier says of its cases: decided and served penalties, by how grave they are."""

import pytest

from cases.dossier import HEAVY, MONEYED
from cases.enums import CaseState, Outcome
from cases.models import Case
from cases.operations import decision, publication
from institutions import dossier
from tests.cases.factories import BANK, CONTACT, STOP, executing, heard, in_state, opinion, serve
from tests.inspections.factories import AT, DAY

pytestmark = pytest.mark.django_db


def held(case: Case) -> list[tuple[str, str, str]]:
    found = dossier.records_of(case.institution, among={"case"})
    return [(record.weight, record.result, record.void) for record in found]


def test_a_suspicion_is_no_record(cast):
    for state in (CaseState.INVESTIGATING, CaseState.NOTIFIED, CaseState.DECIDED):
        assert held(in_state(cast, state)) == []


def test_a_served_decision_is_until_it_is_taken_back(cast):
    case = executing(cast)
    assert held(case) == [(MONEYED, "罚款：人民币3,000.00元；通报批评：在全区范围内通报", "")]
    publication.overturn(case=case, on=DAY, authority="思政复〔2026〕9号", by=cast.officer, at=AT)
    assert [void for _, _, void in held(case)] == [f"{DAY}被思政复〔2026〕9号变更或撤销"]


def test_what_stops_a_school_is_grave(cast):
    case = heard(cast, STOP)
    meant = opinion(Outcome.PUNISH, STOP, discussion="局长办公会同意")
    decision.propose_decision(case=case, opinion=meant, by=cast.officer, at=AT)
    decision.approve_decision(case=case, opinion="同意", by=cast.leader, at=AT)
    serve(cast, decision.make_decision(case=case, contact=CONTACT, payment=BANK, by=cast.officer, at=AT))
    assert [weight for weight, _, _ in held(case)] == [HEAVY]
