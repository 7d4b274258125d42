"""Rows of the lists at a place of the authorization matrix, asked for and decided by people who are not of the cast."""

from __future__ import annotations

from functools import partial

from foundation.accounts.models import User
from foundation.core import clock
from listings.enums import UNDECIDED, Hearing, ListKind, ListState
from listings.models import Edition, ListEntry, ListRule, Repair
from tests.authz.register import institution
from tests.authz.relations import Objects, Place
from tests.cast import OWN, organ


def person(name: str) -> User:
    return User.objects.get_or_create(username=name, defaults={"name": name, "organ": organ(OWN)})[0]


def list_entry(place: Place, state: ListState = ListState.PROPOSED) -> ListEntry:
    """Of the black list, listed before a hearing was asked for."""
    at = clock.now()
    decided = {} if state in UNDECIDED else {"decided_by": person("list-decider"), "decided_at": at}
    removal = {"removal_proposed_by": person("list-proposer"), "removal_reason": "x"}
    return ListEntry.objects.create(
        institution=institution(place),
        kind=ListKind.BLACK,
        needs_defence=True,
        hearing=Hearing.LAPSED if state == ListState.HEARD else "" if state in UNDECIDED else Hearing.BEFORE,
        reason="x",
        basis="x",
        effective_on=clock.local_date(at),
        until=clock.local_date(at),
        state=state,
        state_at=at,
        proposed_by=person("list-proposer"),
        proposed_at=at,
        **decided,
        **(removal if state == ListState.REMOVING else {}),
    )


def asked_for_repair(place: Place) -> ListEntry:
    entry, at = list_entry(place, ListState.APPROVED), clock.now()
    Repair.objects.create(entry=entry, text="x", given_by="x", received_at=at, state_at=at)
    return entry


def edition(place: Place) -> Edition:
    made = {"cut_off": clock.now(), "entries": 0, "added": 0, "removed": 0, "content_sha256": "0" * 64}
    return Edition.objects.get_or_create(kind=ListKind.WHITE, no=1, defaults=made)[0]


def list_rule(place: Place) -> ListRule:
    return ListRule.objects.order_by("pk").first()


def _in(state: ListState) -> Objects:
    return Objects(partial(list_entry, state=state), place=True, category=True)


ENTRY = "admin:listings_listentry"
OBJECTS: dict[str, Objects] = {
    ENTRY: Objects(list_entry, place=True, category=True),
    f"{ENTRY}_serve": _in(ListState.NOTIFIED),
    **{f"{ENTRY}_{slug}": _in(ListState.DEFENDING) for slug in ("defence", "waive", "close-window")},
    f"{ENTRY}_approve": _in(ListState.HEARD),
    **{f"{ENTRY}_{slug}": _in(ListState.APPROVED) for slug in ("propose-removal", "repair")},
    **{
        f"{ENTRY}_{slug}": Objects(asked_for_repair, place=True, category=True)
        for slug in ("pass-repair", "refuse-repair")
    },
    **{f"{ENTRY}_{slug}": _in(ListState.REMOVING) for slug in ("approve-removal", "reject-removal")},
    "admin:listings_edition": Objects(edition, relations=("own",)),
    "admin:listings_listrule": Objects(list_rule, relations=("own",)),
}
