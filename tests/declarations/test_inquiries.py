"""自查 and 承诺书: every state and step, who is asked, what is taken in and what not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from declarations import queries, workflow
from declarations.enums import DeclarationState, InquiryKind, InquiryState
from declarations.models import Declaration, Inquiry
from declarations.operations.declarations import Told, send_back_declaration, take_in_declaration
from declarations.operations.inquiries import ask_institution, close_inquiry
from declarations.panels import late
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from foundation.deadlines.models import Deadline
from institutions.models import Institution
from tests.declarations.factories import SAID, asked, opened
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
SIGNED = Told(given_by="校长王某", signed_on=AT.date())


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


STEPS = {
    "give": lambda cast, row: take_in_declaration(declaration=row, told=SAID, by=cast.officer, at=LATER),
    "send_back": lambda cast, row: send_back_declaration(declaration=row, reason="不全", by=cast.officer, at=LATER),
}


def in_state(cast, state: str) -> Declaration:
    row = asked(cast)
    return STEPS["give"](cast, row) if state == DeclarationState.GIVEN else row


@pytest.mark.parametrize("state", DeclarationState)
def test_every_state_and_step(cast, state):
    row = in_state(cast, state)
    assert {step.name for step in workflow.DECLARATION.transitions} == set(STEPS)
    for step in workflow.DECLARATION.transitions:
        before = (Declaration.objects.filter(pk=row.pk).values().get(), Event.objects.count())
        with transaction.atomic():
            if step.starts_from(state):
                assert STEPS[step.name](cast, row).state == step.target
                assert Event.objects.count() == before[1] + 1
            else:
                with pytest.raises(DomainError), transaction.atomic():
                    STEPS[step.name](cast, row)
                assert (Declaration.objects.filter(pk=row.pk).values().get(), Event.objects.count()) == before
            transaction.set_rollback(True)


def test_what_is_taken_in_is_kept_as_it_was_asked(cast):
    row = take_in_declaration(declaration=asked(cast), told=SAID, by=cast.officer, at=AT)
    assert row.answers[1] == ["02", "疏散通道畅通", "no", "二楼通道堆放，本周清理"]
    assert (row.faults, row.given_by, row.entered_by_id) == (1, "校长王某", cast.officer.user_id)
    assert list(queries.faulty(cast.officer)) == [row]


@pytest.mark.parametrize(
    ("told", "match"),
    [
        (replace(SAID, given_by=" "), "由谁报送"),
        (replace(SAID, replies=SAID.replies[:2]), "逐项选择"),
        (replace(SAID, replies=[("", ""), *SAID.replies[1:]]), "逐项选择"),
        (replace(SAID, replies=[("no", " "), *SAID.replies[1:]]), "写明情况"),
        (replace(SAID, photos=[None] * 10), "最多9张"),
    ],
)
def test_a_self_check_answers_every_item(cast, told, match):
    row = asked(cast)
    with pytest.raises(InvalidInput, match=match):
        take_in_declaration(declaration=row, told=told, by=cast.officer, at=AT)
    assert Declaration.objects.get().state == DeclarationState.OPEN


@pytest.mark.parametrize("day", [None, LATER.date()])
def test_a_commitment_has_its_day(cast, day):
    row = asked(cast, kind=InquiryKind.COMMITMENT)
    with pytest.raises(InvalidInput, match="签署日期"):
        take_in_declaration(declaration=row, told=replace(SIGNED, signed_on=day), by=cast.officer, at=AT)
    row = take_in_declaration(declaration=row, told=SIGNED, by=cast.officer, at=AT)
    assert (row.signed_on, row.faults, row.answers) == (AT.date(), 0, [])


def test_one_commitment_a_year_and_its_coverage(cast):
    row = asked(cast, kind=InquiryKind.COMMITMENT)
    other = institution(cast.officer, name="另一家")
    ask_institution(inquiry=row.inquiry, institution=other, by=cast.officer, at=AT)
    take_in_declaration(declaration=row, told=SIGNED, by=cast.officer, at=AT)
    found = queries.counted(Inquiry.objects.all()).get()
    assert (found.asked, found.given, found.faulty) == (2, 1, 0)
    Institution.objects.filter(pk=other.pk).update(withdrawn_at=AT)
    assert queries.counted(Inquiry.objects.all()).get().asked == 1
    with pytest.raises(InvalidInput, match="已经发起"):
        opened(cast, kind=InquiryKind.COMMITMENT, jurisdiction=row.institution.jurisdiction)
    opened(cast, kind=InquiryKind.COMMITMENT, jurisdiction=row.institution.jurisdiction, year=2027)


def test_everyone_who_operates_is_asked_after_the_commit_and_once(cast):
    rows = [institution(cast.officer, name=f"第{number}家") for number in range(3)]
    Institution.objects.filter(pk=rows[2].pk).update(status="deregistered")
    inquiry = opened(cast, jurisdiction=rows[0].jurisdiction, everyone=True)
    for _ in range(2):
        outbox.deliver_all(at=LATER)
    assert set(inquiry.declarations.values_list("institution", flat=True)) == {rows[0].pk, rows[1].pk}
    with pytest.raises(InvalidInput, match="已列入"):
        ask_institution(inquiry=inquiry, institution=rows[0], by=cast.officer, at=AT)


def test_closed_nothing_comes_in_any_more(cast):
    row = asked(cast)
    close_inquiry(inquiry=row.inquiry, by=cast.officer, at=AT)
    with pytest.raises(Conflict, match="已经结束"):
        take_in_declaration(declaration=row, told=SAID, by=cast.officer, at=AT)
    with pytest.raises(Conflict, match="已经结束"):
        ask_institution(inquiry=row.inquiry, institution=institution(cast.officer, name="x"), by=cast.officer, at=AT)
    assert [each.state for each in Deadline.objects.filter(code="inquiry.due")] == ["met"]
    with pytest.raises(DomainError):
        close_inquiry(inquiry=row.inquiry, by=cast.officer, at=AT)


def test_late_ones_are_the_tiles_and_the_organ_is_reminded_once_for_all(cast):
    row = asked(cast)
    clock_of = Deadline.objects.get(code="inquiry.due")
    over = AT + timedelta(days=11)
    assert late(cast.officer) is None
    with clock.set_to(over):
        assert (late(cast.officer).count, list(queries.late(cast.officer, on=clock.today()))) == (1, [row])
        assert late(cast.leader) is None
    assert (clock_of.organ_id, clock_of.due_on) == (row.inquiry.organ_id, row.inquiry.due_on)
    Inquiry.objects.update(state=InquiryState.CLOSED)
    assert not queries.late(cast.officer, on=over.date()).exists()


@pytest.mark.parametrize("who", ["leader", "city", "neighbour", "town", "supervisor", "public"])
def test_who_may_not(cast, who):
    row, by = asked(cast), getattr(cast, who)
    for call in (
        lambda: take_in_declaration(declaration=row, told=SAID, by=by, at=AT),
        lambda: send_back_declaration(declaration=row, reason="x", by=by, at=AT),
        lambda: close_inquiry(inquiry=row.inquiry, by=by, at=AT),
        lambda: ask_institution(inquiry=row.inquiry, institution=row.institution, by=by, at=AT),
    ):
        with pytest.raises(NotAllowed):
            call()
