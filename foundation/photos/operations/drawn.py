"""What the portal itself does with a photo: keep the copies that it drew, or say that there can be none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.photos import events, likeness, rules, workflow
from foundation.photos.models import Photo, PhotoFile


@operation
def keep_copies(
    *, photo: Photo, copies: Iterable[PhotoFile], picture_hash: int | None, by: Actor, at: datetime
) -> Photo:
    """The copies are there: the photo can be shown. ``copies`` are unsaved rows whose files lie on the disk.

    Raises NotAllowed, IllegalTransition (another worker was first).
    """
    photo = lock(Photo, photo.pk)
    authorize(by, rules.can_draw)
    fields = advance(photo, workflow.DRAW, at=at)
    photo.picture_hash = picture_hash
    photo.picture_bands = [] if picture_hash is None else likeness.bands(picture_hash)
    for copy in copies:
        copy.photo, copy.made_at = photo, at
        insert(copy)
    changes = update(photo, *fields, "picture_hash", "picture_bands")
    record(events.PHOTO_DRAWN, subject=photo, by=by, at=at, changes={"state": changes["state"]})
    return photo


@operation
def refuse_photo(*, photo: Photo, reason: str, by: Actor, at: datetime) -> Photo:
    """No copy can be drawn; the sealed original stays. Raises NotAllowed, IllegalTransition."""
    photo = lock(Photo, photo.pk)
    authorize(by, rules.can_draw)
    fields = advance(photo, workflow.REFUSE, at=at)
    photo.reason = reason[:200]
    record(events.PHOTO_REFUSED, subject=photo, by=by, at=at, changes=update(photo, *fields, "reason"), reason=reason)
    return photo
