"""Reading the lists: what waits, what is in force, what each edition said."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.canonical import canonical, sha256
from institutions import queries as register
from institutions.enums import ENDED
from institutions.models import StandingEvent

from .enums import IN_FORCE, STANDING, Change, ListKind, ListState
from .models import Edition, EditionChange, ListEntry

#: How a standing names the entry that set it, before the entry's number.
ENTRY_SOURCE = "名单记录"


class Line(NamedTuple):
    """What an edition says about one institution."""

    public_id: str
    institution_id: int
    since: date
    until: date | None

    def canonical(self) -> bytes:
        return canonical({"public_id": self.public_id, "since": self.since, "until": self.until})


def waiting_for(actor: Actor) -> QuerySet[ListEntry]:
    """Entries that this actor may decide now: proposals and removals that somebody else asked for."""
    if not actor.can(Can.APPROVE_LISTING):
        return ListEntry.objects.none()
    proposed = Q(state=ListState.PROPOSED) & ~Q(proposed_by_id=actor.user_id)
    removing = Q(state=ListState.REMOVING) & ~Q(removal_proposed_by_id=actor.user_id)
    return ListEntry.objects.visible_to(actor).filter(proposed | removing)


def lapsed(*, on: date) -> QuerySet[ListEntry]:
    """Entries in force on paper whose term is over, or whose institution is gone (white: has ended) by a day."""
    gone = Q(institution__merged_into__isnull=False) | Q(institution__withdrawn_at__isnull=False)
    ended = Q(kind=ListKind.WHITE, institution__status__in=ENDED)
    return ListEntry.objects.filter(Q(until__lt=on) | gone | ended, state__in=IN_FORCE)


def lines_on(kind: str, *, on: date, known_at: datetime | None = None) -> list[Line]:
    """The lines of a list on a day, by public id: from ``institutions.queries.listed_on``, like every page."""
    events = register.listed_on(STANDING[ListKind(kind)], on=on, known_at=known_at)
    found = events.order_by("institution__public_id").values_list(
        "institution__public_id", "institution_id", "effective_on", "until"
    )
    return [Line(*row) for row in found]


def lines_of(edition: Edition) -> list[Line]:
    """The lines of an edition, replayed from the changes of all editions up to it."""
    changes = (
        EditionChange.objects.filter(edition__kind=edition.kind, edition__no__lte=edition.no)
        .order_by("edition__no", "pk")
        .values_list("change", "institution__public_id", "institution_id", "since", "until")
    )
    lines: set[Line] = set()
    for change, *line in changes:
        (lines.add if change == Change.ADDED else lines.discard)(Line(*line))
    return sorted(lines)


def content_hash(lines: list[Line]) -> str:
    """The hash that an edition publishes: over its canonical lines in the order of the public ids."""
    return sha256(*(line.canonical() for line in sorted(lines)))


def latest_edition(kind: str) -> Edition | None:
    """The newest edition of a list; None before the first."""
    return Edition.objects.filter(kind=kind).order_by("-no").first()


def entry_of(event: StandingEvent) -> ListEntry | None:
    """The entry by which an institution came onto a list, if an entry did it."""
    number = event.source.removeprefix(ENTRY_SOURCE)
    if not event.source.startswith(ENTRY_SOURCE) or not number.isdecimal():
        return None
    return ListEntry.objects.filter(pk=number, institution=event.institution_id).first()
