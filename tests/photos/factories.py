"""Photos for tests: invented scenes, taken in, kept and drawn."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from foundation.accounts.models import User
from foundation.core import outbox, private_files
from foundation.core.actor import Actor
from foundation.photos import intake
from foundation.photos.enums import FileKind, PhotoKind, PhotoState
from foundation.photos.models import Photo, PhotoFile
from foundation.photos.operations import keep_photo
from tests.cast import OWN, jurisdiction

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@cache
def scene(number: int = 1, width: int = 800, height: int = 600) -> Image.Image:
    """A picture that looks like no other number's: thirty shapes in many colours, with some grain."""
    draw_from = random.Random(number)
    small = Image.new("RGB", (400, 300), _colour(draw_from))
    pen = ImageDraw.Draw(small)
    for _ in range(30):
        x, y, w, h = (draw_from.randrange(low, high) for low, high in ((0, 400), (0, 300), (20, 160), (20, 160)))
        shape = pen.rectangle if draw_from.random() < 0.5 else pen.ellipse
        shape((x, y, x + w, y + h), fill=_colour(draw_from))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def _colour(draw_from: random.Random) -> tuple[int, int, int]:
    return draw_from.randrange(256), draw_from.randrange(256), draw_from.randrange(256)


def encoded(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@cache
def jpeg(number: int = 1, width: int = 800, height: int = 600) -> bytes:
    return encoded(scene(number, width, height), quality=85)


def taken(data: bytes | None = None) -> intake.Taken:
    return intake.take(BytesIO(jpeg() if data is None else data))


def kept(by: Actor, data: bytes | None = None, *, code: str = OWN, at: datetime = AT, **given) -> Photo:
    """A photo in its row, its copies not drawn yet."""
    given.setdefault("client_id", uuid.uuid4())
    return keep_photo(taken=taken(data), jurisdiction=jurisdiction(code), by=by, at=at, **given)


def drawn(by: Actor, data: bytes | None = None, *, at: datetime = AT, **given) -> Photo:
    """The same after the worker came by."""
    photo = kept(by, data, at=at, **given)
    outbox.deliver_all(at=at)
    photo.refresh_from_db()
    return photo


def copy_of(photo: Photo, kind: FileKind = FileKind.DISPLAY) -> bytes:
    file = photo.files.get(kind=kind)
    return private_files.fetch(file.path, sha256=file.sha256)


def placed(place) -> dict[str, object]:
    """A photo with its copies at a place of the authorization matrix, taken by nobody of the cast."""
    user, _ = User.objects.get_or_create(
        username="photographer", defaults={"name": "拍摄人", "organ_id": User.objects.first().organ_id}
    )
    facts = {"kind": PhotoKind.JPEG, "sha256": "0" * 64, "size": 1, "width": 320, "height": 240}
    photo = Photo.objects.create(
        client_id=uuid.uuid4(),
        public_id=uuid.uuid4().hex,
        jurisdiction=place.jurisdiction,
        taken_by=user,
        received_at=AT,
        state=PhotoState.READY,
        state_at=AT,
        **facts,
    )
    for kind in (FileKind.DISPLAY, FileKind.THUMB):
        stored = private_files.write(private_files.new_path("photos/test", "jpg"), [jpeg(1, 320, 240)])
        PhotoFile.objects.create(
            photo=photo, kind=kind, path=stored.path, sha256=stored.sha256, size=stored.size, width=320, height=240,
            made_at=AT,
        )  # fmt: skip
    return {"public_id": photo.public_id}


def upload(number: int = 1, *, data: bytes | None = None) -> SimpleUploadedFile:
    """A photo as a form sends it."""
    return SimpleUploadedFile(f"{number}.jpg", jpeg(number) if data is None else data, content_type="image/jpeg")
