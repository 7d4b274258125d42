"""Rows of outreach at a place of the authorization matrix: of the own county's bureau."""

from __future__ import annotations

from foundation.core import clock
from outreach.models import Honour, Meeting, Outreach
from tests.authz.relations import Objects, Place
from tests.cast import OWN, organ
from tests.inspections.placed import filer


def _noted(place: Place) -> dict[str, object]:
    whose = {"jurisdiction": place.jurisdiction, "organ": organ(OWN), "recorded_by": filer(place)}
    return {**whose, "title": "测试", "happened_on": clock.today(), "recorded_at": clock.now()}


def told(place: Place) -> Outreach:
    return Outreach.objects.create(channel="door", **_noted(place))


def met(place: Place) -> Meeting:
    return Meeting.objects.create(kind="joint", organiser="x", attendees=[["x", 1]], topics="x", **_noted(place))


def honoured(place: Place) -> Honour:
    return Honour.objects.create(giver="x", **_noted(place))


OBJECTS: dict[str, Objects] = {
    "admin:outreach_outreach": Objects(told),
    "admin:outreach_meeting": Objects(met),
    "admin:outreach_honour": Objects(honoured),
}
