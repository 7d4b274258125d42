"""一事一页: every record of a matter, every event of the log about it, and nothing that only a tip joins."""

from __future__ import annotations

import pytest

from cases.enums import Source
from cases.operations import execution, filing
from cases.operations.filing import Proposal
from clues.enums import ClueState
from enforcement.enums import Service
from enforcement.operations.followup import accept_rectification
from enforcement.operations.orders import escalate_order, record_service
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import InvalidInput, NotAllowed
from inspections.enums import Slot
from matters import queries
from matters.models import ClueVisit
from matters.operations.checks import link_check
from tests.cases.factories import certified, violation
from tests.clues.factories import in_state
from tests.enforcement.factories import LATER, inspected, issued, rechecked
from tests.inspections.factories import AT, DAY
from tests.institutions.factories import institution
from tests.listings.factories import heard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def checked(cast, visit):
    """A clue about the visit's institution that the visit looked into."""
    clue = in_state(cast, ClueState.CHECKING, at=AT, institution=visit.institution)
    link_check(clue=clue, visit=visit, by=cast.officer, at=AT)
    return clue


def whole(cast):
    """Clue, visit, order, case with its sheet."""
    visit = inspected(cast)
    clue = checked(cast, visit)
    order = issued(cast, visit=visit)
    record_service(order=order, service=Service.DIRECT, served_on=DAY, recipient="王某", by=cast.officer, at=AT)
    escalate_order(order=order, reason="拒不整改", by=cast.officer, at=AT)
    proposal = Proposal(
        source=Source.ORDER,
        order=order,
        violation=violation(),
        summary="拒不整改",
        subject=order.institution,
    )
    case = filing.propose_case(proposal=proposal, officers=certified(cast), by=cast.officer, at=AT)
    filing.approve_filing(case=case, opinion="同意", by=cast.leader, at=AT)
    paper = execution.print_sheet(case=case, by=cast.officer, at=AT)
    return clue, visit, order, case, paper


def kinds(row, actor) -> list[str]:
    return [type(node.row).__name__ for node in queries.matter_of(row, actor)]


def test_each_record_leads_to_all_the_others(cast):
    """From any record the same matter; so any two are two clicks apart."""
    rows = whole(cast)
    expected = ["Clue", "Visit", "Order", "Case", "Document", "Document"]
    for row in (*rows[:4], rows[4].document):
        assert sorted(kinds(row, cast.officer)) == sorted(expected), row


def test_the_trail_is_the_audit_log_of_its_records(cast):
    clue, visit, order, case, _ = whole(cast)
    nodes = queries.matter_of(visit, cast.officer)
    told = [event.pk for event, _ in queries.trail(nodes)]
    subjects = {(node.row._meta.label_lower, node.row.pk) for node in nodes}
    logged = [
        event.pk for event in Event.objects.order_by("at", "pk") if (event.subject_type, event.subject_id) in subjects
    ]
    assert told == logged
    assert {"clue.check_linked", "order.escalated", "case.filed"} <= {event.kind for event, _ in queries.trail(nodes)}
    assert (clue.pk, order.pk, case.pk) != (None, None, None)


def test_those_who_do_not_read_tips_see_neither_the_tip_nor_what_only_it_joins(cast, enter):
    """Two visits joined by one tip: apart for the town, which reads visits; together for the officer."""
    place = institution(cast.officer)
    first, second = inspected(cast, place), inspected(cast, place, slot=Slot.MORNING)
    clue = checked(cast, first)
    link_check(clue=clue, visit=second, by=cast.officer, at=AT)
    assert sorted(kinds(first, cast.officer)) == ["Clue", "Visit", "Visit"]
    for actor in (cast.town, cast.legal):
        assert kinds(first, actor) == ["Visit"]
        page = enter(actor).get(f"/admin/inspections/visit/{first.pk}/matter/").content.decode()
        assert clue.number not in page
        assert second.number not in page
    assert not ClueVisit.objects.visible_to(cast.town).exists()


def test_a_recheck_belongs_to_the_matter_but_not_what_else_it_found(cast):
    order = issued(cast)
    again = rechecked(cast, order)
    accept_rectification(order=order, visit=again, by=cast.officer, at=LATER)
    other = issued(cast, visit=again, at=LATER, due_on=LATER.date())
    found = [node.row for node in queries.matter_of(order, cast.officer)]
    assert again in found
    assert other not in found
    assert order in [node.row for node in queries.matter_of(again, cast.officer)]


def test_only_a_visit_there_since_then_looked_into_a_clue(cast):
    elsewhere = inspected(cast)
    clue = in_state(cast, ClueState.CHECKING, at=AT, institution=institution(cast.officer))
    with pytest.raises(InvalidInput, match="同一对象"):
        link_check(clue=clue, visit=elsewhere, by=cast.officer, at=AT)
    mine = inspected(cast, clue.institution)
    link_check(clue=clue, visit=mine, by=cast.officer, at=AT)
    with pytest.raises(InvalidInput):
        link_check(clue=clue, visit=mine, by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        link_check(clue=clue, visit=mine, by=cast.town, at=AT)


def test_the_page_shows_every_node_as_a_link(cast, enter):
    clue, visit, order, case, paper = whole(cast)
    page = enter(cast.officer).get(f"/admin/cases/case/{case.pk}/matter/").content.decode()
    for words in (clue.number, visit.number, order.number, case.number, paper.document.number, "整改事项转立案"):
        assert words in page
    for model, row in (("clues/clue", clue), ("inspections/visit", visit), ("enforcement/order", order)):
        assert f"/admin/{model}/{row.pk}/" in page
    assert "核查记录" in enter(cast.officer).get(f"/admin/clues/clue/{clue.pk}/").content.decode()


def test_a_listing_joins_the_matter_that_it_rests_on(cast):
    _, visit, _, case, _ = whole(cast)
    entry = heard(cast, visit.institution)
    found = [node.row for node in queries.matter_of(case, cast.officer)]
    assert entry in found
    assert entry.prior_notice in found
    assert case in [node.row for node in queries.matter_of(entry, cast.officer)]
