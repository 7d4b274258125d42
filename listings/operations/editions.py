"""Numbering what the lists say: a new edition whenever a list differs from its latest edition."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert
from foundation.core.operation import authorize, operation
from listings import events, queries, rules
from listings.enums import Change, ListKind
from listings.models import Edition, EditionChange


@operation
def make_edition(*, kind: str, by: Actor, at: datetime) -> Edition | None:
    """Publish the present lines of a list as its next edition; None when nothing changed. Raises NotAllowed.

    Editions of a list are made one after the other: an advisory lock, because published editions cannot be locked.
    """
    authorize(by, rules.can_make_edition)
    _take_turn(kind)
    latest = queries.latest_edition(kind)
    before = set(queries.lines_of(latest)) if latest else set()
    now = queries.lines_on(kind, on=local_date(at))
    added, removed = set(now) - before, before - set(now)
    if not added and not removed:
        return None
    edition = insert(
        Edition(
            kind=ListKind(kind),
            no=latest.no + 1 if latest else 1,
            cut_off=at,
            entries=len(now),
            added=len(added),
            removed=len(removed),
            content_sha256=queries.content_hash(now),
        )
    )
    EditionChange.objects.bulk_create(
        EditionChange(
            edition=edition, institution_id=line.institution_id, change=change, since=line.since, until=line.until
        )
        for change, lines in ((Change.REMOVED, removed), (Change.ADDED, added))
        for line in sorted(lines)
    )
    changes = {"entries": [latest.entries if latest else 0, len(now)], "content_sha256": [None, edition.content_sha256]}
    record(events.EDITION_MADE, subject=edition, by=by, at=at, changes=changes)
    return edition


def _take_turn(kind: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"listings.edition:{kind}"])
