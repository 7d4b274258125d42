"""Clues for the authorization matrix: put somewhere, by nobody of the cast."""

from __future__ import annotations

from datetime import timedelta

from clues.enums import Channel, ClueState, SenderKind, Subject, Verdict
from clues.models import Clue, SenderOpening, Whistle, WhistleCall
from clues.workflow import CHECKED
from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ, User
from foundation.core import clock
from tests.authz.relations import Place
from tests.cast import OWN, organ


def placed(place: Place, state: ClueState = ClueState.RECEIVED, channel: Channel = Channel.PHONE, **given) -> Clue:
    at = clock.now()
    checker = somebody()
    return Clue.objects.create(
        number=f"XS-{place.relation}-{Clue.objects.count()}",
        jurisdiction=place.jurisdiction,
        division=place.division,
        channel=channel,
        subject=Subject.OTHER,
        happened_on=clock.local_date(at),
        received_at=at,
        received_on=clock.local_date(at),
        state=state,
        state_at=at,
        checked_by=checker if state in CHECKED else None,
        **given,
    )


def placed_checking(place: Place) -> Clue:
    return placed(place, ClueState.CHECKING)


def placed_accepted(place: Place) -> Clue:
    return placed(place, ClueState.ACCEPTED, visit_from_on=clock.today())


def placed_handed(place: Place) -> Clue:
    return placed(place, ClueState.HANDED)


def placed_closed(place: Place, **given) -> Clue:
    return placed(place, ClueState.CLOSED, verdict=Verdict.TRUE, result="已查", **given)


def placed_tip(place: Place) -> Clue:
    return placed(place, channel=Channel.TIP)


def placed_sealed(place: Place) -> Clue:
    return placed(place, sender=SenderKind.SEALED)


def placed_opening(place: Place) -> SenderOpening:
    at = clock.now()
    return SenderOpening.objects.create(
        clue=placed_sealed(place), purpose="测试用途", asked_by=somebody(), asked_at=at, state_at=at
    )


def somebody() -> User:
    """Of the own bureau, and not of the cast."""
    return User.objects.get_or_create(username="clue-checker", defaults={"name": "核查人", "organ": organ(OWN)})[0]


def placed_whistle(place: Place) -> Whistle:
    """Raised by the cast's town, for the cast's department."""
    at = clock.now()
    row = Whistle.objects.create(
        number=f"CS-{Whistle.objects.count()}",
        jurisdiction=place.jurisdiction,
        division=place.division,
        address="测试路1号",
        subject=Subject.UNLICENSED,
        words="测试",
        organ=Organ.objects.get(jurisdiction=place.jurisdiction, kind=OrganKind.TOWN),
        raised_by=somebody(),
        raised_at=at,
        due_at=at + timedelta(hours=1),
        state_at=at,
    )
    WhistleCall.objects.create(whistle=row, organ=organ(OWN, OrganKind.CULTURE))
    return row
