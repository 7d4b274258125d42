"""Reading photos: what is shown of them, and the same picture elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, F, Func, IntegerField, Q, Value
from django.db.models.lookups import LessThanOrEqual

from foundation.core.actor import Actor
from foundation.core.errors import Conflict
from foundation.core.private_files import fetch
from foundation.core.sealed_files import opened
from foundation.documents.pictures import original_source, picture_source

from . import likeness, rules
from .enums import FileKind, PhotoState
from .models import Photo, PhotoFile


@dataclass(frozen=True)
class Repeat:
    """Another photo that shows the same: ``exact`` when the files are equal to the byte, else the picture is alike."""

    photo: Photo
    exact: bool


class _Differing(Func):
    """How many bits of two 64-bit numbers differ (PostgreSQL 14)."""

    template = "bit_count((%(expressions)s)::bit(64))"
    arg_joiner = " # "
    output_field = IntegerField()


def copy_for(actor: Actor, public_id: str, wanted: FileKind) -> tuple[Photo, PhotoFile | None] | None:
    """The photo of an address and the asked copy; no copy while it is being made; None for who may not see it."""
    photo = Photo.objects.filter(public_id=public_id).first()
    if photo is None or not rules.can_see(actor, photo):
        return None
    return photo, photo.files.filter(kind=wanted).exclude(kind=FileKind.ORIGINAL).first()


def original_of(photo: Photo) -> bytes:
    """The bytes as they were received, for the job that draws copies. Raises Conflict, Unreadable."""
    file = photo.files.get(kind=FileKind.ORIGINAL)
    return opened(fetch(file.path, sha256=file.sha256), path=file.path)


def copy_hash(photo: Photo | None) -> str:
    """The hash of the photo's small copy, by which a document names it; "" without a copy."""
    if photo is None or photo.state != PhotoState.READY:
        return ""
    return photo.files.get(kind=FileKind.THUMB).sha256


@picture_source
def copy_with(sha256: str) -> bytes | None:
    """The small copy with this hash, for a document that shows it."""
    file = PhotoFile.objects.filter(kind=FileKind.THUMB, sha256=sha256).order_by("pk").first()
    return fetch(file.path, sha256=file.sha256) if file else None


@original_source
def shown_of(sha256: str) -> bytes | None:
    """Our copy of the photo with this original, for a paper that proves something by it.

    Raises Conflict while it is being made: whoever prints the paper comes again.
    """
    photos = list(Photo.objects.filter(sha256=sha256).order_by("pk"))
    file = PhotoFile.objects.filter(photo__in=photos, kind=FileKind.DISPLAY).order_by("pk").first()
    if file is not None:
        return fetch(file.path, sha256=file.sha256)
    if any(photo.state == PhotoState.NEW for photo in photos):
        raise Conflict("照片的副本正在生成，请稍后再试。", code="picture_new")
    return b"" if photos else None


def same_picture(photo: Photo, *, actor: Actor) -> list[Repeat]:
    """Other photos in the actor's sight with the same bytes or, at most 4 of 64 bits apart, the same picture.

    A hint to look, never a finding: two honest photos of one wall can be alike. Newest first.
    """
    return same_pictures([photo], actor=actor).get(photo.pk, [])


def same_pictures(photos: Iterable[Photo], *, actor: Actor) -> dict[int, list[Repeat]]:
    """The same for all photos of a page in one query: {photo's id: its repeats}; photos without any are left out."""
    photos = list(photos)
    if not photos or not rules.can_compare(actor):
        return {}
    wanted = Q(pk__in=[])
    for photo in photos:
        wanted |= _shows_the_same(photo)
    others = Photo.objects.visible_to(actor).filter(wanted).select_related("taken_by")
    found: dict[int, list[Repeat]] = defaultdict(list)
    for other in others.order_by("-received_at", "-pk"):
        for photo in photos:
            if repeat := _compared(photo, other):
                found[photo.pk].append(repeat)
    return dict(found)


def _shows_the_same(photo: Photo) -> Q:
    same = Q(sha256=photo.sha256)
    if photo.picture_hash is not None:
        apart = _Differing(F("picture_hash"), Value(photo.picture_hash, output_field=BigIntegerField()))
        same |= Q(picture_bands__overlap=photo.picture_bands) & Q(LessThanOrEqual(apart, likeness.NEAR))
    return same & ~Q(pk=photo.pk)


def _compared(photo: Photo, other: Photo) -> Repeat | None:
    if other.pk == photo.pk:
        return None
    if other.sha256 == photo.sha256:
        return Repeat(other, exact=True)
    if photo.picture_hash is None or other.picture_hash is None:
        return None
    alike = likeness.distance(photo.picture_hash, other.picture_hash) <= likeness.NEAR
    return Repeat(other, exact=False) if alike else None
