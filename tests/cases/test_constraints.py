"""What the database itself refuses of a case, whatever the operations forget: each constraint by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, models, transaction

from cases.enums import CaseState, Outcome
from cases.models import Evidence, EvidenceFile, Fulfilment, Violation
from cases.operations import evidence, filing, publication
from foundation.core import clock
from inspections.enums import PaperFormat
from tests.cases.factories import CONTACT, called, executing, filed, heard, in_hearing, in_state, paid
from tests.cases.test_filing import words
from tests.inspections.campaigning import running
from tests.inspections.factories import AT, DAY

pytestmark = pytest.mark.django_db


def change(row: models.Model, **fields) -> Callable[[], object]:
    return lambda: type(row)._base_manager.filter(pk=row.pk).update(**fields)


def again(row: models.Model, **fields) -> Callable[[], object]:
    """The same row a second time, but for what is named."""
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    return lambda: type(row)._base_manager.create(**{**kept, **fields})


def of_a_case(cast) -> Iterator[tuple[str, Callable]]:
    case, decision = in_state(cast, CaseState.CLOSED), in_state(cast, CaseState.DECIDED)
    yield from (
        ("case_source_known", change(case, source="zz")),
        ("case_state_known", change(case, state="zz", filed_on=None)),
        ("case_category_known", change(case, category="zz")),
        ("case_outcome_known", change(case, outcome="zz")),
        ("case_one_party", change(case, party_name="")),
        ("case_source_shown", change(case, source="clue")),
        ("case_filed_by_someone", change(case, filed_on=None)),
        ("case_filed_by_other", change(case, filed_by=case.proposed_by_id)),
        ("case_decided_by_other", change(decision, decided_by=decision.decision_proposed_by_id)),
        ("case_closed_by_other", change(case, closed_by=case.close_asked_by_id)),
        ("case_transfer_says_where", change(decision, outcome=Outcome.TRANSFER)),
        ("case_overturned_by_someone", change(case, overturned_on=DAY)),
    )
    first, second = case.officers.order_by("pk")
    tag = filing.tag_case(case=case, campaign=running(cast.officer), by=cast.officer, at=AT)
    clause = Violation.objects.get(code="W18")
    yield from (
        ("case_officer_once", again(first, certificate_no="闽D0008")),
        ("case_certificate_once", change(second, certificate_no=first.certificate_no)),
        ("case_officer_left_with_reason", change(first, until=DAY)),
        ("case_campaign_once", again(tag)),
        ("violation_period_ordered", change(clause, effective_to=clause.effective_from.replace(year=2020))),
        ("violation_whole", change(clause, name="")),
        ("violation_one_at_a_time", again(clause)),
    )


def of_papers_and_penalties(cast) -> Iterator[tuple[str, Callable]]:
    case = executing(cast)
    paid(cast, case)
    shown = publication.publish_decision(case=case, words=words(), by=cast.officer, at=AT)
    paper, sheet = case.papers.get(kind="penalty_decision"), case.papers.get(kind="case_filing")
    fine = case.penalties.get(stage="decided", kind="fine")
    yield from (
        ("case_paper_kind_known", change(sheet, kind="zz")),
        ("case_paper_service_known", change(paper, service="zz")),
        ("case_paper_service_proven", change(paper, served_on=None)),
        ("case_paper_may_be_served", change(sheet, service="direct")),
        ("case_paper_left_with_witness", change(paper, service="left")),
        ("penalty_stage_known", change(fine, stage="zz")),
        ("penalty_kind_known", change(fine, kind="zz", amount=None)),
        ("penalty_kind_once", again(fine)),
        ("penalty_amount_of_money", change(fine, amount=None)),
        ("fulfilment_amount_positive", again(fine.fulfilments.get(), amount=0)),
        ("publication_period_ordered", change(shown, until=shown.published_on)),
        ("publication_withdrawn_with_reason", change(shown, withdrawn_on=DAY)),
    )


def of_what_was_said_and_shown(cast) -> Iterator[tuple[str, Callable]]:
    hearing = called(cast, in_hearing(cast))
    waived = heard(cast).statements.get()
    case = filed(cast)
    kept = evidence.preserve(
        case=case, items=["课桌"], place="原址", keeper="王某", approved_by="局长", contact=CONTACT,
        by=cast.officer, at=AT,
    )  # fmt: skip
    piece = heard(cast).evidence.get()
    facts = {"name": "笔录", "format": PaperFormat.PDF, "sealed_sha256": "0" * 64, "sha256": "0" * 64, "size": 1}
    facts |= {"added_by_id": cast.officer.user_id, "added_at": clock.now()}
    file = EvidenceFile.objects.create(evidence=piece, path="evidence/1", **facts)
    yield from (
        ("statement_kind_known", change(waived, kind="zz")),
        ("statement_answered_with_reason", change(waived, accepted=True)),
        ("statement_once_a_notice", again(waived)),
        ("hearing_held_with_record", change(hearing, held_on=DAY)),
        ("preservation_disposal_known", change(kept, disposal="zz", disposed_on=DAY)),
        ("preservation_disposed_on_a_day", change(kept, disposal="returned")),
        ("evidence_kind_known", again(piece, no=2, kind="zz")),
        ("evidence_no_once", again(piece)),
        ("evidence_file_format_known", again(file, path="evidence/2", sha256="1" * 64, format="zz")),
        ("evidence_file_path_once", again(file, sha256="1" * 64)),
        ("evidence_file_once", again(file, path="evidence/2")),
        ("evidence_file_whole", again(file, path="evidence/2", sha256="1" * 64, size=0)),
    )


PARTS = (of_a_case, of_papers_and_penalties, of_what_was_said_and_shown)


def test_each_constraint_refuses_what_it_names(cast):
    named = set()
    for part in PARTS:
        for name, act in part(cast):
            with pytest.raises(IntegrityError) as refused, transaction.atomic():
                act()
            assert refused.value.__cause__.diag.constraint_name == name
            named.add(name)
    declared = {each.name for model in apps.get_app_config("cases").get_models() for each in model._meta.constraints}
    assert named == declared


def test_what_was_registered_or_paid_is_never_changed_or_deleted(cast):
    case = executing(cast)
    paid(cast, case)
    piece, payment = case.evidence.get(), Fulfilment.objects.order_by("pk")[0]
    for row, fields in ((piece, {"title": "x"}), (payment, {"amount": 1})):
        for act in (change(row, **fields), lambda row=row: type(row).objects.filter(pk=row.pk)._raw_delete("default")):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()
    assert Evidence.objects.get(pk=piece.pk).title == piece.title
