"""思明's orders in the base demo: one in every state but void, and an interview of four with its clocks."""

import pytest

from enforcement import queries
from enforcement.enums import OrderState
from enforcement.models import Interview, InterviewParty, Order
from foundation.core import clock

pytestmark = pytest.mark.slow


def test_what_siming_ordered(demo_db):
    orders = Order.objects.order_by("pk")
    assert [order.state for order in orders] == [
        OrderState.CLOSED,
        OrderState.ISSUED,
        OrderState.ANSWERED,
        OrderState.ISSUED,
        OrderState.ISSUED,
    ]
    found = queries.figures(orders, on=clock.today())
    assert (found.issued, found.rectify, found.stop, found.on_spot_kind) == (5, 3, 1, 1)
    assert (found.closed, found.overdue, found.closed_percent) == (1, 1, "20.00%")
    assert all(order.document is not None and order.served_on == order.issued_on for order in orders)


def test_whom_siming_summoned(demo_db):
    found = queries.interview_figures(Interview.objects.all())
    assert (found.institutions, found.problems, found.fixed, found.open) == (4, 2, 1, 3)
    assert InterviewParty.objects.filter(attended=False).count() == 1
