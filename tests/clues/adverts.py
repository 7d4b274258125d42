"""Sightings for tests."""

from __future__ import annotations

from datetime import datetime

from clues.enums import AdUnit, Channel, Medium
from clues.models import Sighting
from clues.operations.adverts import AdvertFacts, report_sighting
from foundation.core.actor import Actor
from foundation.regions.models import Jurisdiction
from institutions.models import Institution
from tests.cast import OWN
from tests.institutions.factories import AT, town

BOARD = AdvertFacts(medium=Medium.OUTDOOR, unit=AdUnit.BOARD, quantity=3)


def sighting(by: Actor, advert: AdvertFacts = BOARD, *, county: str = OWN, at: datetime = AT, **given) -> Sighting:
    about: Institution | None = given.get("institution")
    place = about.jurisdiction if about else Jurisdiction.objects.get(code=county)
    division = given.pop("division", None) or (about.division if about else town(county))
    facts = {"channel": Channel.STAFF, "content": "小学数学签约提分，报名从速", **given}
    return report_sighting(advert=advert, jurisdiction=place, division=division, by=by, at=at, **facts)
