"""Photos that were taken in become rows."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from foundation.audit.record import record_many
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import check_fields
from foundation.core.errors import Conflict
from foundation.core.operation import authorize, operation
from foundation.photos import events, notices, rules
from foundation.photos.enums import FileKind
from foundation.photos.intake import Taken
from foundation.photos.models import Photo, PhotoFile
from foundation.photos.places import CoarsePlace
from foundation.photos.sending import Sent
from foundation.regions.models import Jurisdiction

CLOCKS_DIFFER = timedelta(minutes=10)


@operation
def keep_photo(
    *,
    taken: Taken,
    client_id: UUID,
    jurisdiction: Jurisdiction,
    taken_at: datetime | None = None,
    place: CoarsePlace | None = None,
    by: Actor,
    at: datetime,
) -> Photo:
    """Keep one photo, as ``keep_photos`` does. Raises NotAllowed, Conflict."""
    sent = Sent(taken, client_id, taken_at, place)
    return keep_photos(sent=[sent], jurisdiction=jurisdiction, by=by, at=at)[0]


@operation
def keep_photos(*, sent: Sequence[Sent], jurisdiction: Jurisdiction, by: Actor, at: datetime) -> list[Photo]:
    """Keep photos that ``intake.take`` stored, in the order given; their copies are drawn after the commit. To be
    called in the operation that the photos belong to.

    A photo that the same person sent before (same ``client_id``, same bytes) is the row that is there already, and
    nothing is recorded. What the phone says of time and place goes before what the file says; a time that has not come
    yet counts as not said. Raises NotAllowed, Conflict (an id with other bytes, or somebody else's).
    """
    authorize(by, rules.can_keep, jurisdiction)
    rows = {one.client_id: _row(one, jurisdiction, by=by, at=at) for one in sent}
    there = _inserted(rows)
    for one in sent:
        photo = there[one.client_id]
        if (photo.sha256, photo.taken_by_id) != (one.taken.sha256, by.user_id):
            raise Conflict("这个编号的照片已经上传过，但内容不同。请删除后重新拍摄。", code="photo_differs")
    ours = {row.public_id for row in rows.values()}
    new = {one.client_id: one for one in sent if there[one.client_id].public_id in ours}
    PhotoFile.objects.bulk_create([_original(there[one.client_id], one.taken, at=at) for one in new.values()])
    kept = [there[client_id] for client_id in new]
    record_many(events.PHOTO_KEPT, ((photo, {"sha256": [None, photo.sha256]}) for photo in kept), by=by, at=at)
    outbox.put_all(notices.DRAW, ({"photo_id": photo.pk} for photo in kept), at=at)
    return [there[one.client_id] for one in sent]


def _inserted(rows: dict[UUID, Photo]) -> dict[UUID, Photo]:
    """The rows of these client_ids after inserting those that are not there; waits for who inserts one right now."""
    for row in rows.values():
        check_fields(row, only=["taken_at", "latitude", "longitude"])  # what the phone said; the rest is our own
    in_order = [rows[client_id] for client_id in sorted(rows)]  # two requests never wait for each other
    Photo.objects.bulk_create(in_order, ignore_conflicts=True)
    return {photo.client_id: photo for photo in Photo.objects.filter(client_id__in=rows)}


def _row(one: Sent, jurisdiction: Jurisdiction, *, by: Actor, at: datetime) -> Photo:
    place = one.place or one.taken.place
    return Photo(
        client_id=one.client_id,
        public_id=secrets.token_hex(16),
        jurisdiction=jurisdiction,
        taken_by_id=by.user_id,
        received_at=at,
        taken_at=next((t for t in (one.taken_at, one.taken.taken_at) if t and t <= at + CLOCKS_DIFFER), None),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        kind=one.taken.kind,
        sha256=one.taken.sha256,
        size=one.taken.size,
        width=one.taken.width,
        height=one.taken.height,
        state_at=at,
    )


def _original(photo: Photo, taken: Taken, *, at: datetime) -> PhotoFile:
    return PhotoFile(
        photo=photo,
        kind=FileKind.ORIGINAL,
        path=taken.file.path,
        sha256=taken.file.sha256,
        size=taken.file.size,
        width=taken.width,
        height=taken.height,
        made_at=at,
    )
