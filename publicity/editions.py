"""Earlier editions of the lists: what each changed and why, and all that it said, to be checked against its hash."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db import connection

from institutions.models import Institution, StandingEvent
from listings.enums import STANDING, Change, ListKind
from listings.models import Edition

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
    return [as_issue(edition) for edition in Edition.objects.filter(kind=kind).order_by("-no")]


def find(kind: str, no: int) -> Edition | None:
    """An edition of a list by its number."""
    return Edition.objects.filter(kind=kind, no=no).first()


def lines(edition: Edition) -> Iterator[EditionLine]:
    """All lines of an edition, in the order in which its hash takes them."""
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"kind": edition.kind, "no": edition.no})
        while rows := cursor.fetchmany(2000):
            yield from (EditionLine(*row) for row in rows)


def changes(edition: Edition, *, most: int = SHOWN) -> list[ShownChange]:
    """What an edition changed and why, those who came first; ``most`` at most. Three queries."""
    found = list(edition.changes.select_related("institution").order_by("change", "institution__name", "pk")[:most])
    events = _events(edition, {change.institution_id for change in found})
    visible = set(
        Institution.objects.current()
        .filter(pk__in={change.institution_id for change in found})
        .values_list("pk", flat=True)
    )
    return [
        ShownChange(
            public_id=change.institution.public_id,
            name=change.institution.name,
            came=change.change == Change.ADDED,
            since=change.since,
            until=change.until,
            reason=_reason(change, edition, events.get(change.institution_id, [])),
            shown=change.institution_id in visible,
        )
        for change in found
    ]


def _events(edition: Edition, ids: set[int]) -> dict[int, list[StandingEvent]]:
    """The events known when the edition was made, by institution, in their order."""
    found: dict[int, list[StandingEvent]] = {}
    kind = STANDING[ListKind(edition.kind)]
    events = StandingEvent.objects.filter(institution__in=ids, kind=kind).believed(edition.cut_off)
    for event in events.order_by("effective_on", "recorded_at", "pk"):
        found.setdefault(event.institution_id, []).append(event)
    return found


def _reason(change, edition: Edition, events: list[StandingEvent]) -> str:
    """Why a line came: the reason of its event; why it went: that of the event that ended it, or its term."""
    if change.change == Change.ADDED:
        own = [event for event in events if event.value and event.effective_on == change.since]
        return own[-1].reason if own else ""
    after = [event for event in events if event.effective_on >= change.since and not event.value]
    if after:
        return after[-1].reason
    day = edition.cut_off.date()
    return "期限届满" if change.until and change.until < day else "内容更正或机构已终止"
