"""Two people at one order at the same moment: it ends once, in one way, and notices are numbered without gap."""

from __future__ import annotations

from enforcement.enums import OrderKind
from enforcement.models import Order, Recheck
from enforcement.operations.followup import accept_rectification
from enforcement.operations.orders import escalate_order
from foundation.audit.models import Event
from foundation.deadlines.models import Deadline
from tests.cast import Cast, build_cast
from tests.enforcement.factories import LATER, inspected, issued, rechecked
from tests.racing import one_wins, together


def of_two_who_close_an_order_one_does(cast: Cast) -> None:
    order = issued(cast)
    visit = rechecked(cast, order)
    said = one_wins(
        *(
            lambda by=by: accept_rectification(order=order, visit=visit, by=by, at=LATER)
            for by in (cast.officer, cast.second_officer)
        )
    )
    assert "已办结" in said
    assert (Recheck.objects.count(), Event.objects.filter(kind="order.closed").count()) == (1, 1)
    assert list(Deadline.objects.values_list("state", flat=True)) == ["met"]


def an_order_is_closed_or_grows_into_a_case_never_both(cast: Cast) -> None:
    order = issued(cast)
    visit = rechecked(cast, order)
    one_wins(
        lambda: accept_rectification(order=order, visit=visit, by=cast.officer, at=LATER),
        lambda: escalate_order(order=order, reason="拒不整改", by=cast.second_officer, at=LATER),
    )
    ends = Event.objects.filter(kind__in=["order.closed", "order.escalated"], subject_id=order.pk)
    assert [event.kind.partition(".")[2] for event in ends] == [Order.objects.get(pk=order.pk).state]


def notices_issued_at_once_are_numbered_without_gap(cast: Cast) -> None:
    visits = [inspected(cast) for _ in range(4)]
    together(*(lambda visit=visit: issued(cast, OrderKind.RECTIFY, visit=visit) for visit in visits))
    numbers = {f"思教责改〔2026〕{number}号" for number in range(1, Order.objects.count() + 1)}
    assert set(Order.objects.values_list("number", flat=True)) == numbers


def test_of_two_at_one_order_one_wins(committed_db):
    """All in one database of their own: to make one takes longer than a race."""
    cast = build_cast()
    of_two_who_close_an_order_one_does(cast)
    an_order_is_closed_or_grows_into_a_case_never_both(cast)
    notices_issued_at_once_are_numbered_without_gap(cast)
