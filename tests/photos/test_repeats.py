"""The same picture again: found after shrinking and saving anew, not invented between honest ones, by an index."""

from __future__ import annotations

import random
import uuid

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageDraw, ImageEnhance

from foundation.core.bulk import copy_rows
from foundation.photos import likeness
from foundation.photos.drawing import draw
from foundation.photos.enums import PhotoKind, PhotoState
from foundation.photos.models import Photo
from foundation.photos.queries import same_picture, same_pictures
from tests.cast import NEIGHBOUR, OWN, build_cast, jurisdiction

from .factories import AT, drawn, encoded, jpeg, kept, scene

AGAIN = {
    "half as large": lambda image: encoded(image.resize((600, 450)), quality=75),
    "saved badly": lambda image: encoded(image, quality=25),
    "as WebP": lambda image: encoded(image, "WEBP", quality=60),
    "as PNG": lambda image: encoded(image, "PNG"),
    "sent through a chat": lambda image: encoded(image.resize((640, 480)), quality=45),
    "grey": lambda image: encoded(image.convert("L"), quality=70),
    "a little brighter": lambda image: encoded(ImageEnhance.Brightness(image).enhance(1.08), quality=80),
    "with another time written on it": lambda image: encoded(_marked(image, "2026-03-29 17:08"), quality=80),
}


def _marked(image: Image.Image, text: str) -> Image.Image:
    """The phone writes time and place into a corner."""
    copy = image.copy()
    ImageDraw.Draw(copy).text((12, image.height - 30), text, "white", font_size=24)
    return copy


def fingerprint(data: bytes) -> int | None:
    return draw(data).picture_hash


@pytest.mark.parametrize("way", AGAIN)
def test_planted_repeats_are_found(way):
    for number in range(1, 9):
        image = scene(number, 1200, 900)
        before = encoded(_marked(image, "2026-03-02 10:00"), quality=90)
        apart = likeness.distance(fingerprint(before), fingerprint(AGAIN[way](image)))
        assert apart <= likeness.NEAR, (number, apart)


def test_honest_different_pictures_are_not_alike():
    found = [fingerprint(jpeg(number, 640, 480)) for number in range(1, 61)]
    apart = min(likeness.distance(one, other) for at, one in enumerate(found) for other in found[:at])
    assert apart > 2 * likeness.NEAR


@pytest.mark.parametrize("colour", ["black", "white", (90, 120, 200)])
def test_a_picture_of_nothing_has_no_fingerprint(colour):
    assert fingerprint(encoded(Image.new("RGB", (800, 600), colour))) is None


def test_alike_pictures_share_a_band():
    """Whatever four bits differ: the index never misses one."""
    drawn_from = random.Random(4)
    for _ in range(2000):
        one = drawn_from.getrandbits(64) - (1 << 63)
        other = one
        for place in drawn_from.sample(range(63), drawn_from.randrange(likeness.NEAR + 1)):
            other ^= 1 << place
        assert likeness.distance(one, other) <= likeness.NEAR
        assert set(likeness.bands(one)) & set(likeness.bands(other))


def test_bands_are_told_apart_by_their_number():
    assert likeness.bands(0) == [0, 1 << 13, 2 << 13, 3 << 13, 4 << 13]
    assert len(set(likeness.bands(-1))) == likeness.BANDS
    assert [likeness.distance(*pair) for pair in ((0, 0), (0, -1), (-1, -2), (1 << 62, 0))] == [0, 64, 1, 1]


# -- in the database -----------------------------------------------------------------------------------------------
def test_the_same_picture_is_found_in_ones_own_sight_only(cast):
    first = drawn(cast.supervisor, jpeg(5, 1200, 900))
    again = drawn(cast.officer, AGAIN["half as large"](scene(5, 1200, 900)))
    equal = drawn(cast.neighbour, jpeg(5, 1200, 900), code=NEIGHBOUR)
    drawn(cast.officer, jpeg(6))

    def seen(actor, photo=first):
        return {(repeat.photo.pk, repeat.exact) for repeat in same_picture(photo, actor=actor)}

    assert seen(cast.officer) == {(again.pk, False)}
    assert seen(cast.city) == {(again.pk, False), (equal.pk, True)}
    assert seen(cast.neighbour) == {(equal.pk, True)}
    assert seen(cast.other_city) == set()
    assert seen(cast.officer, again) == {(first.pk, False)}
    for nobody in (cast.supervisor, cast.grid, cast.bank, cast.auditor, cast.public):
        assert seen(nobody) == set()


def test_bytes_are_compared_before_copies_are_drawn(cast):
    first, second = kept(cast.supervisor, jpeg(5)), kept(cast.officer, jpeg(5))
    assert [(r.photo.pk, r.exact) for r in same_picture(first, actor=cast.officer)] == [(second.pk, True)]


def test_a_page_of_photos_asks_once(cast, django_assert_num_queries):
    photos = [drawn(cast.supervisor, jpeg(number)) for number in (1, 2, 3, 1)]
    with django_assert_num_queries(1):
        found = same_pictures(photos, actor=cast.officer)
    assert {pk: [repeat.photo.pk for repeat in repeats] for pk, repeats in found.items()} == {
        photos[0].pk: [photos[3].pk],
        photos[3].pk: [photos[0].pk],
    }
    with django_assert_num_queries(0):
        assert same_pictures([], actor=cast.officer) == {}
        assert same_pictures(photos, actor=cast.supervisor) == {}


COLUMNS = ("client_id", "public_id", "jurisdiction_id", "taken_by_id", "received_at", "kind", "sha256", "size", "width")
COLUMNS += ("height", "state", "state_at", "reason", "picture_hash", "picture_bands")


@pytest.mark.slow
def test_a_hundred_thousand_photos_are_not_read_one_by_one(committed_db, capsys):
    """The plan is asserted; the milliseconds are printed."""
    cast = build_cast()
    photo, place, drawn_from = drawn(cast.officer, jpeg(5)), jurisdiction(OWN).pk, random.Random(3)

    def rows():
        for _ in range(100_000):
            bits = drawn_from.getrandbits(64) - (1 << 63)
            name = uuid.UUID(int=drawn_from.getrandbits(128)).hex
            bands = "{" + ",".join(map(str, likeness.bands(bits))) + "}"
            yield (
                *(str(uuid.UUID(name)), name, place, cast.officer.user_id, AT, PhotoKind.JPEG.value, name * 2, 1, 1),
                *(1, PhotoState.READY.value, AT, "", bits, bands),
            )

    copy_rows(Photo, COLUMNS, rows())
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE photos_photo")
    again = drawn(cast.supervisor, AGAIN["saved badly"](scene(5)))
    assert [repeat.photo.pk for repeat in same_picture(photo, actor=cast.officer)] == [again.pk]
    plan = _plan(lambda: same_picture(photo, actor=cast.officer))
    assert "photo_by_bands" in plan, plan
    assert "Seq Scan on photos_photo" not in plan
    with capsys.disabled():
        print("\n100,000 photos:", plan.splitlines()[-1].strip())  # noqa: T201


def _plan(ask) -> str:
    """The plan, with times, of the one statement that ``ask`` runs."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF) {asked.captured_queries[0]['sql']}")
        return "\n".join(row for (row,) in cursor.fetchall())
