"""After the commit: tell those who have to look again, or to open a case."""

from dataclasses import asdict

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_near
from foundation.notifications.rules import SENDER

from . import notices
from .models import InterviewReport, Order


@outbox.handles(notices.ORDER_MOVED)
def tell(message) -> None:
    """One message to the officers of the organ that issued the order, or to those near it; twice changes nothing."""
    notice = notices.BY_CODE[message.payload["notice"]]
    order = Order.objects.get(pk=message.payload["order_id"])
    send(
        notice=notice,
        to=people_near(order.organ_id, Can.ISSUE_ORDER, on=clock.today(), **asdict(order.SCOPE.place_of(order))),
        title=f"{order.party_name}：{order.number}",
        url=reverse("admin:enforcement_order_change", args=[order.pk]),
        about=order,
        period=order.state_at.isoformat(),
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.PARTY_REPORTED)
def tell_of_report(message) -> None:
    """One message to the officers of the organ that held the interview, for each report; twice changes nothing."""
    report = InterviewReport.objects.get(pk=message.payload["report_id"])
    party, place = report.party, report.party.institution
    send(
        notice=notices.REPORTED,
        to=people_near(
            party.interview.organ_id,
            Can.ISSUE_ORDER,
            on=clock.today(),
            **asdict(place.SCOPE.place_of(place)),
        ),
        title=f"{place.name}：{party.interview.number}",
        url=reverse("admin:enforcement_interviewparty_change", args=[party.pk]),
        about=party,
        period=str(report.pk),
        by=SENDER,
        at=clock.now(),
    )
