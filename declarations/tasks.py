"""After the commit: institutions come into an inquiry, and officers are told what came in."""

from __future__ import annotations

from dataclasses import asdict

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox
from foundation.core.actor import job
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_near
from foundation.notifications.rules import SENDER

from . import notices, queries
from .models import ChangeRequest, Declaration, Inquiry
from .operations.inquiries import ask_institution


@outbox.handles(notices.FILL)
def fill(message) -> None:
    """Ask all operating institutions of an area; begun again, it goes on where it stopped."""
    inquiry = Inquiry.objects.get(pk=message.payload["inquiry_id"])
    by = job("机构申报", Can.EDIT_REGISTER, scope=frozenset({inquiry.jurisdiction_id}))
    for row in queries.to_ask(inquiry):
        ask_institution(inquiry=inquiry, institution=row, by=by, at=clock.now())


@outbox.handles(notices.GIVEN)
def tell_of_declaration(message) -> None:
    """One message a day to the officers of the organ that asked, however many institutions declared."""
    row = Declaration.objects.select_related("inquiry", "institution").get(pk=message.payload["declaration_id"])
    inquiry, place = row.inquiry, row.SCOPE.place_of(row)
    send(
        notice=notices.DECLARED,
        to=people_near(inquiry.organ_id, Can.EDIT_REGISTER, on=clock.today(), **asdict(place)),
        title=f"{inquiry.title}：有机构报送",
        url=reverse("admin:declarations_inquiry_change", args=[inquiry.pk]),
        about=inquiry,
        period=clock.today().isoformat(),
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.CHANGE_ASKED)
def tell_of_change(message) -> None:
    """One message to the officers who keep the institution; telling twice changes nothing."""
    row = ChangeRequest.objects.select_related("institution").get(pk=message.payload["change_id"])
    send(
        notice=notices.TO_DECIDE,
        to=people_near(None, Can.EDIT_REGISTER, on=clock.today(), **asdict(row.SCOPE.place_of(row))),
        title=str(row),
        url=reverse("admin:declarations_changerequest_change", args=[row.pk]),
        about=row,
        by=SENDER,
        at=clock.now(),
    )
