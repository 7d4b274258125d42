"""Sealing: link what is committed and not yet linked; once a day put a Merkle root over the links.

Rows are inserted without a chain, so no two operations wait for each other. A sealer takes the stream's advisory lock,
looks for rows without a link, and appends links in id order of each pass. A row that commits late is linked later.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef

from foundation.core.canonical import merkle_root, sha256
from foundation.core.clock import local_date

from .models import DailyRoot, Link
from .streams import Stream

GENESIS = "0" * 64
BATCH = 2000
# Transactions are cut off long before this (statement and idle timeouts), so nothing commits further back.
LOOK_BACK = timedelta(hours=24)


def unsealed(stream: Stream, *, since: datetime | None = None):
    """Rows of the stream without a link, recorded since ``since`` (None = ever)."""
    linked = Link.objects.filter(stream=stream.name, row_id=OuterRef("pk"))
    rows = stream.model._base_manager.filter(~Exists(linked))
    return rows if since is None else rows.filter(**{f"{stream.recorded}__gte": since})


def seal(stream: Stream, *, everything: bool = False) -> int:
    """Link all committed rows that have none; returns how many. ``everything`` looks back without limit."""
    sealed = 0
    while True:
        with transaction.atomic():
            _take_turn(stream)
            ids = list(
                unsealed(stream, since=None if everything else _since(stream))
                .order_by("pk")
                .values_list("pk", flat=True)[:BATCH]
            )
            _append(stream, ids)
        sealed += len(ids)
        if len(ids) < BATCH:
            return sealed


def _take_turn(stream: Stream) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"seal:{stream.name}"])


def _since(stream: Stream) -> datetime | None:
    last = Link.objects.filter(stream=stream.name).order_by("-no").values_list("row_id", flat=True).first()
    row = stream.model._base_manager.filter(pk=last).values_list(stream.recorded, flat=True).first() if last else None
    return row - LOOK_BACK if row else None


def _append(stream: Stream, ids: list[int]) -> None:
    head = Link.objects.filter(stream=stream.name).order_by("-no").first()
    no, previous = (head.no, head.hash) if head else (0, GENESIS)
    rows = stream.rows(ids)
    links = []
    for row_id in ids:
        no, previous = no + 1, sha256(bytes.fromhex(previous), rows[row_id])
        links.append(Link(stream=stream.name, no=no, row_id=row_id, hash=previous))
    Link.objects.bulk_create(links)


def close_day(stream: Stream, *, day: date, at: datetime) -> DailyRoot | None:
    """Put the Merkle root over the links since the last root; None when the day has one already or is not over."""
    if day >= local_date(at):
        return None
    seal(stream, everything=True)
    with transaction.atomic():
        _take_turn(stream)
        if DailyRoot.objects.filter(stream=stream.name, day__gte=day).exists():
            return None
        before = DailyRoot.objects.filter(stream=stream.name).aggregate(last=Max("last_no"))["last"] or 0
        hashes = list(
            Link.objects.filter(stream=stream.name, no__gt=before).order_by("no").values_list("hash", flat=True)
        )
        return DailyRoot.objects.create(
            stream=stream.name,
            day=day,
            first_no=before + 1,
            last_no=before + len(hashes),
            root=merkle_root(hashes),
            made_at=at,
        )
