"""A photo that was taken in becomes a row."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert
from foundation.core.errors import Conflict
from foundation.core.operation import authorize, operation
from foundation.photos import events, notices, rules
from foundation.photos.enums import FileKind
from foundation.photos.intake import Taken
from foundation.photos.models import Photo, PhotoFile
from foundation.photos.places import CoarsePlace
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
    """Keep a photo that ``intake.take`` stored; its copies are drawn after the commit. To be called in the operation
    that the photo belongs to.

    Sent again by the same person (same ``client_id``, same bytes) it is the row that is there already, and nothing is
    recorded. What the phone says of time and place goes before what the file says; a time that has not come yet counts
    as not said. Raises NotAllowed, Conflict (this id with other bytes, or somebody else's).
    """
    authorize(by, rules.can_keep, jurisdiction)
    place = place or taken.place
    photo = Photo(
        client_id=client_id,
        public_id=secrets.token_hex(16),
        jurisdiction=jurisdiction,
        taken_by_id=by.user_id,
        received_at=at,
        taken_at=next((t for t in (taken_at, taken.taken_at) if t and t <= at + CLOCKS_DIFFER), None),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        kind=taken.kind,
        sha256=taken.sha256,
        size=taken.size,
        width=taken.width,
        height=taken.height,
        state_at=at,
    )
    there = _there_already(photo, by)
    if there is not None:
        return there
    _insert_original(photo, taken, at=at)
    record(events.PHOTO_KEPT, subject=photo, by=by, at=at, changes={"sha256": [None, photo.sha256]})
    outbox.put(notices.DRAW, at=at, key=f"{notices.DRAW}:{photo.pk}", photo_id=photo.pk)
    return photo


def _there_already(photo: Photo, by: Actor) -> Photo | None:
    """The row of this client_id, if there is one or another request was faster; else the new row is in."""
    there = Photo.objects.filter(client_id=photo.client_id).first()
    if there is None:
        try:
            with transaction.atomic():
                insert(photo)
            return None
        except IntegrityError:
            there = Photo.objects.filter(client_id=photo.client_id).first()
            if there is None:
                raise
    if (there.sha256, there.taken_by_id) != (photo.sha256, by.user_id):
        raise Conflict("这个编号的照片已经上传过，但内容不同。请删除后重新拍摄。", code="photo_differs")
    return there


def _insert_original(photo: Photo, taken: Taken, *, at: datetime) -> None:
    insert(
        PhotoFile(
            photo=photo,
            kind=FileKind.ORIGINAL,
            path=taken.file.path,
            sha256=taken.file.sha256,
            size=taken.file.size,
            width=taken.width,
            height=taken.height,
            made_at=at,
        )
    )
