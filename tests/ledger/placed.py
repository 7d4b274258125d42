"""A contract's money with one entry at the places of the authorization matrix: posted by the portal itself."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core import clock
from foundation.core.actor import job
from ledger.enums import Kind
from ledger.models import Entry, Purse
from ledger.operations.opening import open_account, open_purse
from ledger.operations.posting import post
from tests.authz.register import institution
from tests.authz.relations import Objects, Place
from tests.ledger.factories import line


def purse(place: Place) -> Purse:
    home, at = institution(place), clock.now()
    by = job("矩阵", Can.POST_LEDGER, scope=frozenset({place.jurisdiction.pk}))
    custody = open_account(institution=home, number="account:1", by=by, at=at)
    held = open_purse(institution=home, number="contract:1", custody=custody, by=by, at=at)
    post(line=line(Kind.DEPOSIT, 100, held, happened_on=clock.today()), by=by, at=at)
    return held


def entry(place: Place) -> Entry:
    return Entry.objects.get(purse=purse(place))


OBJECTS: dict[str, Objects] = {"admin:ledger_purse": Objects(purse), "admin:ledger_entry": Objects(entry)}
