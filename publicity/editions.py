"""Earlier editions of the lists: what each changed and why, and all that it said, to be checked against its hash."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from foundation.core.clock import local_date
from institutions.models import Institution, StandingEvent
from listings.enums import STANDING, Change, ListKind
from listings.models import Edition, EditionChange

from .queries import as_issue
from .shown import Change as ShownChange
from .shown import Issue

SHOWN = 200  # changes on a page; the file has all

#: The lines of a list after its edition ``no``: those whose last change up to it was to come.
LINES = """
SELECT i.public_id, i.name, last.since, last.until FROM (
    SELECT DISTINCT ON (c.institution_id, c.since, c.until) c.institution_id, c.since, c.until, c.change
    FROM listings_editionchange c JOIN listings_edition n ON n.id = c.edition_id
    WHERE n.kind = %(kind)s AND n.no <= %(no)s
    ORDER BY c.institution_id, c.since, c.until, n.no DESC, c.id DESC
) last JOIN institutions_institution i ON i.id = last.institution_id
WHERE last.change = 'added' ORDER BY i.public_id
"""


class EditionLine(NamedTuple):
    """What an edition says of one institution."""

    public_id: str
    name: str
    since: date
    until: date | None


def all_issues(kind: str) -> list[Issue]:
    """All editions of a list, the newest first."""
    return [as_issue(edition) for edition in numbered(kind).order_by("-no")]


def find(kind: str, no: int) -> Edition | None:
    """An edition of a list by its number."""
    return numbered(kind, no=no).first()


def lines(edition: Edition) -> Iterator[EditionLine]:
    """All lines of an edition, in the order in which its hash takes them."""
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"kind": edition.kind, "no": edition.no})
        while rows := cursor.fetchmany(2000):
            yield from (EditionLine(*row) for row in rows)


def issues_before(kind: str, no: int | None, *, size: int) -> list[Issue]:
    """Up to ``size`` editions of a list before ``no``, the newest first."""
    found = numbered(kind) if no is None else numbered(kind, no__lt=no)
    return [as_issue(edition) for edition in found.order_by("-no")[:size]]


def numbered(kind: str, **numbers: int) -> QuerySet[Edition]:
    """Editions of a list, all or by their numbers."""
    return Edition.objects.filter(kind=kind, **numbers)


def changes(edition: Edition, *, most: int = SHOWN) -> list[ShownChange]:
    """What an edition changed and why, those who came first; ``most`` at most. Three queries."""
    found = edition.changes.select_related("edition", "institution").order_by("change", "institution__name", "pk")
    return explained(list(found[:most]))


def explained(found: list[EditionChange]) -> list[ShownChange]:
    """Changes of editions of one list with their reasons, in the same order. Two queries."""
    ids = {change.institution_id for change in found}
    events = _events(found[0].edition.kind, ids) if found else {}
    visible = set(Institution.objects.current().filter(pk__in=ids).values_list("pk", flat=True))
    return [
        ShownChange(
            no=change.edition.no,
            public_id=change.institution.public_id,
            name=change.institution.name,
            change=change.change,
            came=change.change == Change.ADDED,
            since=change.since,
            until=change.until,
            reason=_reason(change, _believed(events.get(change.institution_id, []), change.edition.cut_off)),
            shown=change.institution_id in visible,
        )
        for change in found
    ]


def _events(kind: str, ids: set[int]) -> dict[int, list[StandingEvent]]:
    """All events of a list by institution, in their order; corrected ones too."""
    found: dict[int, list[StandingEvent]] = {}
    events = StandingEvent.objects.filter(institution__in=ids, kind=STANDING[ListKind(kind)])
    for event in events.order_by("effective_on", "recorded_at", "pk"):
        found.setdefault(event.institution_id, []).append(event)
    return found


def _believed(events: list[StandingEvent], known_at: datetime) -> list[StandingEvent]:
    """Those believed when the edition was made (``DatedEventQuerySet.believed``, for many editions at once)."""
    known = [event for event in events if event.recorded_at <= known_at]
    replaced = {event.replaces_id for event in known}
    return [event for event in known if event.pk not in replaced and not event.withdrawn]


def _reason(change: EditionChange, events: list[StandingEvent]) -> str:
    """Why a line came: the reason of its event; why it went: that of the event that ended it, or its term."""
    if change.change == Change.ADDED:
        own = [event for event in events if event.value and event.effective_on == change.since]
        return own[-1].reason if own else ""
    after = [event for event in events if event.effective_on >= change.since and not event.value]
    if after:
        return after[-1].reason
    day = local_date(change.edition.cut_off)
    return "期限届满" if change.until and change.until < day else "内容更正或机构已终止"
