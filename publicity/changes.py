"""What changed since: institutions by the instant, lists by their edition; both by place, never by counting."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from institutions import changes as feed
from institutions.models import Institution
from institutions.public_ids import ALPHABET
from listings.enums import Change
from listings.models import EditionChange

from . import editions
from .moments import moment_of
from .rows import rows_of
from .shown import Change as ShownChange
from .shown import Row

GONE = (("withdrawn", "登记已撤回"), ("merged", "已并入其他机构"))
PLACE = re.compile(rf"([0-9]{{20}})-([{ALPHABET.decode()}]{{12}})")
PLACE_OF_LIST = re.compile(rf"([1-9][0-9]{{0,8}})-({'|'.join(Change.values)})-([{ALPHABET.decode()}]{{12}})")


class OddPlace(ValueError):
    """A place that no page named."""


class Feed(NamedTuple):
    """A page of changed institutions: all of them, the rows of those that are still public, and where to go on."""

    changes: list[feed.Changed]
    rows: list[Row]
    after: str
    next_since: datetime


def institutions_since(since: datetime, *, after: str, size: int) -> Feed:
    """Institutions of which something public changed at ``since`` or later, the earliest first. Raises OddPlace.

    ``next_since`` goes back before the last change by as long as a transaction may take, so that what commits late is
    not missed; it stands still while nothing changes.
    """
    start, last = _place(after) if after else (since, 0)
    found = feed.changed_since(start, last=last, size=size + 1)
    page = found[:size]
    rows = {row.public_id: row for row in rows_of([each.id for each in page if not each.gone], moment_of({}))}
    begun = page[-1].changed_at if page else start
    return Feed(
        changes=page,
        rows=[rows[each.public_id] for each in page if each.public_id in rows],
        after=f"{page[-1].changed_at.astimezone(UTC):%Y%m%d%H%M%S%f}-{page[-1].public_id}" if len(found) > size else "",
        next_since=max(since, begun - feed.LATEST_COMMIT),
    )


def _place(after: str) -> tuple[datetime, int]:
    match = PLACE.fullmatch(after)
    row = Institution.objects.filter(public_id=match[2]).values_list("pk", flat=True).first() if match else None
    if match is None or row is None:
        raise OddPlace(after)
    try:
        return datetime.strptime(match[1], "%Y%m%d%H%M%S%f").replace(tzinfo=UTC), row
    except ValueError:
        raise OddPlace(after) from None


def of_list(kind: str, *, since: int, upto: int | None = None, after: str, size: int) -> tuple[list[ShownChange], str]:
    """(what the editions after ``since`` changed, in the order in which it happened; the place after it or "").

    Within an edition what went comes before what came. Raises OddPlace. At most six queries.
    """
    numbers = {"no__gt": since} | ({"no__lte": upto} if upto is not None else {})
    chosen = editions.numbered(kind, **numbers)
    found = EditionChange.objects.filter(edition__in=chosen).select_related("edition", "institution").order_by("pk")
    if after:
        found = found.filter(pk__gt=_place_of_list(kind, after))
    page = list(found[: size + 1])
    end = page[size - 1] if len(page) > size else None
    return (
        editions.explained(page[:size]),
        f"{end.edition.no}-{end.change}-{end.institution.public_id}" if end else "",
    )


def _place_of_list(kind: str, after: str) -> int:
    match = PLACE_OF_LIST.fullmatch(after)
    found: Iterable[int] = ()
    if match:
        places = EditionChange.objects.filter(edition__kind=kind, edition__no=match[1], change=match[2])
        found = places.filter(institution__public_id=match[3]).values_list("pk", flat=True)[:1]
    for pk in found:
        return pk
    raise OddPlace(after)
