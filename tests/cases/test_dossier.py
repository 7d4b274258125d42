"""What an institution's dossier says of its cases: decided and served penalties, by how grave they are."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cases import attaching
from cases.dossier import HEAVY, MONEYED
from cases.enums import CaseState, EvidenceKind, Outcome
from cases.models import Case, EvidenceFile
from cases.operations import decision, evidence, publication
from cases.operations.evidence import EvidenceFacts
from foundation.documents.pictures import small_copy
from institutions import dossier
from tests.cases.factories import BANK, CONTACT, STOP, executing, filed, heard, in_state, opinion, serve
from tests.inspections.crafting import pdf
from tests.inspections.factories import AT, DAY
from tests.photos.factories import upload

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


def test_the_photographs_among_its_evidence_can_be_printed_and_those_of_a_witness_cannot(cast):
    case = filed(cast)
    for number, kind in enumerate((EvidenceKind.RECORD, EvidenceKind.WITNESS), start=1):
        facts = EvidenceFacts(
            kind=kind, title="现场照片", shows="x", taken_from="x", taken_on=DAY, taken_by="陈晓岚、林志远"
        )
        with attaching.taking([upload(number), page()]) as files:
            evidence.add_evidence(case=case, facts=facts, files=files, by=cast.officer, at=AT)
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.EXECUTING, outcome=Outcome.PUNISH, decided_on=DAY, filed_on=DAY
    )
    [record] = dossier.records_of(case.institution, among={"case"})
    photographs = EvidenceFile.objects.filter(format="jpg").order_by("pk")
    assert photographs.count() == 2
    assert record.photos == (("证据1 现场照片", str(DAY), photographs[0].sha256),)
    with Image.open(io.BytesIO(small_copy(photographs[0].sha256))) as copy:
        assert (copy.format, copy.size, copy.info.get("exif")) == ("JPEG", (800, 600), None)


def page() -> SimpleUploadedFile:
    """A PDF, which is no photograph."""
    return SimpleUploadedFile("x.pdf", pdf(), content_type="application/pdf")
