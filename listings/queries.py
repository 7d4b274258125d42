"""Reading the lists: what waits, what is in force, what each edition said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from enforcement.queries import visits_after
from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.canonical import canonical, sha256
from foundation.core.clock import local_date
from inspections.models import Visit
from institutions import dossier
from institutions import queries as register
from institutions.enums import ENDED
from institutions.models import StandingEvent

from .enums import IN_FORCE, STANDING, Change, ListKind, ListState, RepairState
from .models import Edition, EditionChange, Evidence, ListEntry, Repair

SOON_DAYS = 30
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
    ready = Q(state=ListState.PROPOSED, needs_defence=False) | Q(state=ListState.HEARD)
    proposed = ready & ~Q(proposed_by_id=actor.user_id)
    removing = Q(state=ListState.REMOVING) & ~Q(removal_proposed_by_id=actor.user_id)
    return ListEntry.objects.visible_to(actor).filter(proposed | removing)


def to_handle(actor: Actor) -> QuerySet[ListEntry]:
    """Entries for which an officer has to do something: notify, have it served, or look into a repair."""
    if not actor.can(Can.PROPOSE_LISTING):
        return ListEntry.objects.none()
    told = Q(state=ListState.PROPOSED, needs_defence=True) | Q(state=ListState.NOTIFIED)
    repair = Q(state=ListState.APPROVED, pk__in=Repair.objects.filter(state=RepairState.APPLIED).values("entry"))
    return ListEntry.objects.visible_to(actor).filter(told | repair)


def ending_soon(actor: Actor, *, on: date, days: int = SOON_DAYS) -> QuerySet[ListEntry]:
    """Entries in force whose term ends within so many days, for those who may ask for a new one."""
    if not actor.can(Can.PROPOSE_LISTING):
        return ListEntry.objects.none()
    soon = (on, on + timedelta(days=days))
    return ListEntry.objects.visible_to(actor).filter(state=ListState.APPROVED, until__range=soon)


def windows_open() -> QuerySet[ListEntry]:
    """Entries whose party may still answer."""
    return ListEntry.objects.filter(state=ListState.DEFENDING)


def records_now(entry: ListEntry) -> list[tuple[Evidence, dossier.Record | None]]:
    """What an entry rests on, each with the record as it stands now (None: it is not there any more)."""
    kept = list(entry.records.order_by("happened_on", "pk"))
    there = dossier.found(entry.institution, [each.key for each in kept])
    return [(each, there.get(each.key)) for each in kept]


def holding_records(entry: ListEntry) -> list[Evidence]:
    """Those of its records that still hold."""
    return [each for each, now in records_now(entry) if now is not None and not now.void]


def void_records(entry: ListEntry) -> list[tuple[Evidence, str]]:
    """Those that do not hold any more, with why: a decision that rests on one has to show it."""
    return [(each, now.void if now else "记录已不存在") for each, now in records_now(entry) if now is None or now.void]


def visits_for(repair: Repair) -> QuerySet[Visit]:
    """Visits of two officers at the party since it applied: those that can decide an application."""
    return visits_after(repair.entry.institution, local_date(repair.received_at))


def lapsed(*, on: date) -> QuerySet[ListEntry]:
    """Entries in force on paper whose term is over, or whose institution is gone (unless black: has ended) by a day."""
    gone = Q(institution__merged_into__isnull=False) | Q(institution__withdrawn_at__isnull=False)
    ended = ~Q(kind=ListKind.BLACK) & Q(institution__status__in=ENDED)
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
