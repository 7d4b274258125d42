"""Issuing an order: from a formal visit of two certified officers, numbered, on the clock, in its campaigns."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from enforcement import clocks, queries, workflow
from enforcement.enums import OPEN, OrderKind, OrderState, Service
from enforcement.models import Order, OrderCampaign
from enforcement.operations.followup import accept_rectification, refuse_rectification, take_in_proof
from enforcement.operations.orders import (
    escalate_order,
    extend_order,
    issue_order,
    record_service,
    tag_order,
    void_order,
)
from foundation.audit.models import Event
from foundation.core.errors import DomainError, IllegalTransition, InvalidInput, NotAllowed
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline
from foundation.documents.models import Document
from inspections.enums import Slot, VisitKind
from inspections.operations.tagging import tag_visit
from inspections.operations.visits import void_visit
from inspections.reports import OnSite
from tests.enforcement.factories import AT, DUE, LATER, TWO, facts_of, in_state, inspected, issued, named, rechecked
from tests.inspections.campaigning import running
from tests.inspections.factories import DAY, filed, supervisors_report
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db


def unchanged(act, refusal=NotAllowed, match=None) -> None:
    """The act is refused; no order, no paper, no clock and no event came of it."""
    tables = (Order, Document, Deadline, Event)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    with pytest.raises(refusal, match=match):
        act()
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_an_order_is_a_numbered_paper_with_a_clock(cast):
    order = issued(cast, on_spot=True)
    assert (order.state, order.party_name, order.on_spot) == (OrderState.ISSUED, order.institution.name, True)
    assert order.number == "思教责改〔2026〕1号" == order.document.number
    clock = Deadline.objects.get(subject_type="enforcement.order", subject_id=order.pk)
    assert (clock.due_on, clock.organ_id, clock.division_id) == (DUE, order.organ_id, order.division_id)
    assert [officer.certificate_no for officer in order.officers.order_by("pk")] == ["闽D0001", "闽D0002"]
    assert "疏散通道堆放杂物" in order.document.content
    assert "闽D0002" in order.document.content
    assert Event.objects.filter(kind="order.issued", subject_id=order.pk).count() == 1


@pytest.mark.parametrize(
    ("kind", "number"), [(OrderKind.STOP, "思教停训〔2026〕1号"), (OrderKind.ON_SPOT, "思教当场责改〔2026〕1号")]
)
def test_every_kind_has_its_own_paper(cast, kind, number):
    order = issued(cast, kind)
    assert (order.number, order.on_spot) == (number, kind == OrderKind.ON_SPOT)


def test_an_unlicensed_site_is_a_party_too(cast):
    site = unlicensed(cast.officer, operator="张某")
    order = issued(cast, OrderKind.STOP, visit=inspected(cast, site))
    assert (order.party, order.person_in_charge, order.institution) == (site, "张某", None)


def test_the_same_visit_gives_one_notice_of_a_kind(cast):
    order = issued(cast)
    unchanged(lambda: issued(cast, visit=order.visit), InvalidInput, "已开具过")
    assert issued(cast, OrderKind.STOP, visit=order.visit).number == "思教停训〔2026〕1号"
    void_order(order=order, reason="写错", by=cast.second_officer, at=AT)
    assert issued(cast, visit=order.visit).number == "思教责改〔2026〕2号"


def test_a_covert_visit_is_no_ground_for_an_order(cast):
    visit = inspected(cast, kind=VisitKind.COVERT, covert=True)
    unchanged(lambda: issued(cast, visit=visit), match="暗访")


def test_nor_is_a_volunteers_or_a_voided_one(cast):
    named(cast.officer)
    theirs = filed(supervisors_report(institution(cast.officer), cast.supervisor), cast.supervisor)
    unchanged(lambda: issued(cast, visit=theirs), match="社会监督员")
    visit = inspected(cast)
    void_visit(visit=visit, reason="登记错误", by=cast.leader, at=AT)
    unchanged(lambda: issued(cast, visit=visit), match="作废")


def test_two_certified_officers_of_the_visit_sign(cast):
    visit = inspected(cast, officers=(TWO[0], OnSite("王五", "街道")))
    unchanged(lambda: issued(cast, visit=visit), InvalidInput, "两|2名")
    other = inspected(cast)
    strangers = list(other.officers.order_by("pk"))
    mine = inspected(cast, slot=Slot.EVENING)
    act = lambda: issue_order(visit=mine, facts=facts_of(), officers=strangers, by=cast.officer, at=AT)  # noqa: E731
    unchanged(act, InvalidInput, "执法证")


@pytest.mark.parametrize(
    "given",
    [{"facts": []}, {"due_on": DAY - timedelta(days=1)}, {"clauses": " "}],
    ids=["no fact", "over already", "no clause"],
)
def test_a_notice_says_what_is_wrong_and_until_when(cast, given):
    visit = inspected(cast)
    unchanged(lambda: issued(cast, visit=visit, **given), InvalidInput)


def test_an_order_to_stop_says_what_stops(cast):
    visit = inspected(cast)
    unchanged(lambda: issued(cast, OrderKind.STOP, visit=visit, stop_scope=""), InvalidInput, "停止范围")


@pytest.mark.parametrize(
    "who", ["leader", "neighbour", "other_city", "town", "culture", "supervisor", "auditor", "public"]
)
def test_who_may_not_issue(cast, who):
    visit = inspected(cast)
    officers, by = list(visit.officers.all()), getattr(cast, who)
    unchanged(lambda: issue_order(visit=visit, facts=facts_of(), officers=officers, by=by, at=AT))


def test_an_order_counts_in_its_visits_campaigns_once(cast):
    campaign, other = running(cast.officer), running(cast.officer, name="另一行动")
    visit = inspected(cast)
    tag_visit(visit=visit, campaign=campaign, by=cast.officer, at=AT)
    order = issued(cast, visit=visit)
    for again in (campaign, other, other):
        tag_order(order=order, campaign=again, by=cast.officer, at=AT)
    assert set(OrderCampaign.objects.values_list("order", "campaign")) == {
        (order.pk, campaign.pk),
        (order.pk, other.pk),
    }


STEPS = {
    "answer": lambda cast, order: take_in_proof(order=order, text="已改", given_by="校长", by=cast.officer, at=LATER),
    "accept": lambda cast, order: accept_rectification(
        order=order, visit=rechecked(cast, order, slot=Slot.EVENING), by=cast.officer, at=LATER
    ),
    "refuse": lambda cast, order: refuse_rectification(
        order=order, visit=rechecked(cast, order, slot=Slot.EVENING), remark="未清理", by=cast.officer, at=LATER
    ),
    "escalate": lambda cast, order: escalate_order(order=order, reason="拒不整改", by=cast.officer, at=LATER),
    "void": lambda cast, order: void_order(order=order, reason="写错", by=cast.second_officer, at=LATER),
}


@pytest.mark.parametrize("state", OrderState)
@pytest.mark.parametrize("step", workflow.ORDER.transitions, ids=lambda step: step.name)
def test_every_step_in_every_state(cast, step, state):
    order = in_state(cast, state)
    if step.starts_from(state):
        STEPS[step.name](cast, order)
        assert Order.objects.get(pk=order.pk).state == step.target
    else:
        visits = order.visit.institution.visits.count()
        with pytest.raises(IllegalTransition):
            STEPS[step.name](cast, order)
        assert Order.objects.get(pk=order.pk).state == state
        assert order.visit.institution.visits.count() >= visits


@pytest.mark.parametrize(
    ("step", "clock"),
    [("accept", DeadlineState.MET), ("escalate", DeadlineState.CANCELLED), ("void", DeadlineState.CANCELLED)],
)
def test_the_clock_ends_with_the_order(cast, step, clock):
    order = issued(cast)
    STEPS[step](cast, order)
    assert Deadline.objects.get(subject_id=order.pk, code=clocks.DEADLINE).state == clock


def test_more_time_is_given_once(cast):
    order = issued(cast)
    later = DUE + timedelta(days=10)
    unchanged(lambda: extend_order(order=order, due_on=DUE, reason="材料未到", by=cast.officer, at=LATER), InvalidInput)
    row = extend_order(order=order, due_on=later, reason="材料未到", by=cast.officer, at=LATER)
    assert (row.due_on, row.extended_from, clocks.of(row).due_on) == (later, DUE, later)
    again = lambda: extend_order(order=row, due_on=later + timedelta(days=1), reason="再延", by=cast.officer, at=LATER)  # noqa: E731
    unchanged(again, match="一次")


def test_service_is_recorded_once_with_its_witness(cast):
    order = issued(cast)
    said = {"order": order, "served_on": DAY, "by": cast.officer, "at": AT}
    unchanged(lambda: record_service(service=Service.LEFT, recipient="", **said), InvalidInput, "见证人")
    unchanged(lambda: record_service(service=Service.DIRECT, recipient=" ", **said), InvalidInput, "签收人")
    unchanged(lambda: record_service(service=Service.NONE, recipient="校长", **said), InvalidInput)
    future = said | {"served_on": DAY + timedelta(days=1)}
    unchanged(lambda: record_service(service=Service.POST, recipient="", **future), InvalidInput, "不能晚于今天")
    row = record_service(service=Service.DIRECT, recipient="校长", **said)
    assert (row.served_on, row.recipient) == (DAY, "校长")
    unchanged(lambda: record_service(service=Service.DIRECT, recipient="校长", **said), match="已送达")


def test_a_wrong_notice_is_voided_by_another_officer_and_its_paper_with_it(cast):
    order = issued(cast)
    for by in (cast.officer, cast.leader, cast.city, cast.neighbour):
        unchanged(lambda by=by: void_order(order=order, reason="写错", by=by, at=AT))
    row = void_order(order=order, reason="写错", by=cast.second_officer, at=AT)
    assert Document.objects.get(pk=row.document_id).is_void
    assert queries.counted(Order.objects.all()).count() == 0


def test_the_database_keeps_the_one_who_issued_from_voiding(cast):
    order = issued(cast)
    with pytest.raises(IntegrityError, match="order_voided_by_other"), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(voided_by=order.issued_by)


def test_the_figures_of_a_set_of_orders(cast):
    for state in OrderState:
        in_state(cast, state)
    issued(cast, OrderKind.STOP, on_spot=True)
    found = queries.figures(Order.objects.all(), on=DUE + timedelta(days=1))
    assert (found.issued, found.rectify, found.stop, found.closed) == (5, 4, 1, 1)
    assert (found.issued_on_spot, found.overdue, found.closed_percent) == (1, 3, "20.00%")
    assert queries.figures(Order.objects.none(), on=DUE).closed_percent == "无"


def test_open_states_are_those_that_steps_start_from():
    assert set(OPEN) == {state for state in OrderState if not workflow.ORDER.is_final(state)}
    assert issubclass(IllegalTransition, DomainError)
