"""信用修复: every state and step, the visit that it needs, what a removal leaves behind."""

from datetime import timedelta

import pytest
from django.db import transaction

from foundation.audit.models import Event
from foundation.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from foundation.deadlines.models import Deadline
from foundation.documents.models import Document
from inspections.enums import Outcome
from listings import workflow
from listings.enums import ListKind, ListState, RepairState
from listings.models import ListRule, Repair
from listings.operations.removal import approve_delisting, propose_delisting, reject_delisting
from listings.operations.repairs import apply_for_repair, pass_repair, refuse_repair
from tests.institutions.factories import AT, institution
from tests.listings.factories import listed, seen_clean

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=40)


def applied(cast, entry=None):
    entry = entry or listed(cast, kind=ListKind.BLACK)
    return apply_for_repair(entry=entry, text="已退费并整改", given_by="陈校长", by=cast.officer, at=LATER)


def in_state(cast, state):
    repair = applied(cast)
    if state == RepairState.REFUSED:
        return refuse_repair(repair=repair, remark="退费不足", by=cast.officer, at=LATER)
    if state == RepairState.APPLIED:
        return repair
    visit = seen_clean(cast, repair.entry.institution, at=LATER)
    entry = pass_repair(repair=repair, visit=visit, by=cast.officer, at=LATER)
    if state == RepairState.ACCEPTED:
        approve_delisting(entry=entry, by=cast.leader, at=LATER)
    return Repair.objects.get(pk=repair.pk)


STEPS = {
    "pass_repair": lambda cast, repair, visit: pass_repair(repair=repair, visit=visit, by=cast.officer, at=LATER),
    "accept_repair": lambda cast, repair, visit: approve_delisting(entry=repair.entry, by=cast.leader, at=LATER),
    "refuse_repair": lambda cast, repair, visit: (
        reject_delisting(entry=repair.entry, remark="仍有投诉", by=cast.leader, at=LATER)
        if repair.state == RepairState.PASSED
        else refuse_repair(repair=repair, remark="仍有投诉", by=cast.officer, at=LATER)
    ),
}


@pytest.mark.parametrize("state", RepairState.values)
def test_every_state_and_step(cast, state):
    assert {step.name for step in workflow.REPAIR.transitions} == set(STEPS)
    repair = in_state(cast, state)
    visit = seen_clean(cast, repair.entry.institution, at=LATER, slot="morning")
    before = (Repair.objects.filter(pk=repair.pk).values().get(), Event.objects.count())
    for step in workflow.REPAIR.transitions:
        with transaction.atomic():
            repair = Repair.objects.select_related("entry").get(pk=repair.pk)
            if step.starts_from(state):
                STEPS[step.name](cast, repair, visit)
                assert Repair.objects.get(pk=repair.pk).state == step.target
            else:
                with pytest.raises(DomainError), transaction.atomic():
                    STEPS[step.name](cast, repair, visit)
                assert (Repair.objects.filter(pk=repair.pk).values().get(), Event.objects.count()) == before
            transaction.set_rollback(True)


def test_a_repair_ends_with_its_removal_and_both_are_told(cast):
    repair = in_state(cast, RepairState.ACCEPTED)
    assert (repair.state, repair.entry.state, repair.entry.removal_ground) == ("accepted", ListState.ENDED, "repaired")
    assert [clock.state for clock in Deadline.objects.filter(code="listing.repair")] == ["met"]
    last = Document.objects.filter(kind="listing_result").order_by("pk").last()
    assert "移出黑名单" in last.content


def test_a_refused_repair_stays_listed_is_told_and_may_come_again(cast):
    repair = in_state(cast, RepairState.REFUSED)
    assert repair.entry.state == ListState.APPROVED
    assert "不予移出黑名单" in Document.objects.order_by("pk").last().content
    assert applied(cast, repair.entry).state == RepairState.APPLIED
    with pytest.raises(InvalidInput, match="已有办理中"):
        applied(cast, repair.entry)


def test_only_a_clean_visit_of_the_party_after_the_application_will_do(cast):
    repair = applied(cast)
    row = repair.entry.institution
    for visit in (
        row.visits.order_by("pk").first(),  # the one that it was listed for
        seen_clean(cast, institution(cast.officer), at=LATER),
        seen_clean(cast, row, at=LATER, outcome=Outcome.FOLLOW_UP),
    ):
        with pytest.raises(InvalidInput, match="申请之后"):
            pass_repair(repair=repair, visit=visit, by=cast.officer, at=LATER)


def test_off_the_black_list_only_by_a_repair_or_because_it_was_wrong(cast):
    entry = listed(cast, kind=ListKind.BLACK)
    for ground in ("other", "repaired"):
        with pytest.raises(InvalidInput, match="信用修复申请"):
            propose_delisting(entry=entry, reason="领导同意", ground=ground, by=cast.officer, at=LATER)
    assert (
        propose_delisting(entry=entry, reason="查错", ground="mistake", by=cast.officer, at=LATER).state == "removing"
    )


def test_a_white_entry_needs_no_repair(cast):
    with pytest.raises(NotAllowed):
        applied(cast, listed(cast))


def test_a_bureau_may_ask_for_months_before_a_repair(cast):
    entry = listed(cast, kind=ListKind.BLACK)
    ListRule.objects.filter(kind=ListKind.BLACK).update(repair_after_months=3)
    with pytest.raises(Conflict, match="2027-02-02"):
        applied(cast, entry)
