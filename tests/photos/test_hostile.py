"""At least sixty hostile uploads: none is shown as it was received, none keeps a word of what it brought along."""

from __future__ import annotations

import resource
import time
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import RequestFactory
from django.urls import reverse
from PIL import Image

from foundation.core.errors import InvalidInput
from foundation.photos import containers, intake
from foundation.photos.drawing import Undrawable, draw
from foundation.photos.enums import FileKind, PhotoState
from foundation.photos.models import PhotoFile

from .crafting import CANARY, exif, segment, with_segments
from .factories import drawn, encoded, jpeg, kept, scene
from .hostile import LET_IN, REFUSED, UNDRAWABLE

#: Markers of a JPEG that hold pictures and nothing else: JFIF's head, tables, frames, scans.
PURE = {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA, 0xDD}


def segments_of(data: bytes) -> list[tuple[int, bytes]]:
    """(marker, body) of every segment; raises when the file is not one JPEG from its first to its last byte."""
    assert (data[:2], data[-2:]) == (b"\xff\xd8", b"\xff\xd9")
    at, found = 2, []
    while at < len(data) - 2:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        assert data[at] == 0xFF
        found.append((marker, data[at + 4 : at + 2 + length]))
        at += 2 + length
        if marker == 0xDA:
            at = next(n for n in range(at, len(data)) if data[n] == 0xFF and data[n + 1] not in {0, *range(0xD0, 0xD8)})
    return found


def assert_pure(data: bytes) -> None:
    """Nothing but a picture: no application's segment but an empty JFIF head, no comment, nothing behind the end."""
    found = segments_of(data)
    assert {marker for marker, _ in found} <= PURE
    assert [body[:5] for marker, body in found if marker == 0xE0] == [b"JFIF\0"]
    assert [body[-2:] for marker, body in found if marker == 0xE0] == [b"\0\0"]  # no thumbnail in it
    assert CANARY not in data
    with Image.open(BytesIO(data)) as picture:
        assert not set(picture.info) - {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert not picture.getexif()


def test_there_are_enough_of_them():
    assert len(REFUSED) + len(UNDRAWABLE) + len(LET_IN) >= 110
    assert len(REFUSED) >= 60


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_never_touches_our_disk(db, name, private_media):
    make, code = REFUSED[name]
    with pytest.raises(InvalidInput) as refusal:
        intake.take(BytesIO(make()))
    assert refusal.value.code == code
    assert not [path for path in private_media.rglob("*") if path.is_file()]


def test_refusals_are_quick_and_take_no_memory(db, capsys):
    """The time is printed, not asserted: other work runs beside."""
    slowest, before = (0.0, ""), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, (make, _) in REFUSED.items():
        data = make()
        began = time.perf_counter()
        with pytest.raises(InvalidInput):
            intake.take(BytesIO(data))
        slowest = max(slowest, (time.perf_counter() - began, name))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    with capsys.disabled():
        print(f"\nslowest of {len(REFUSED)} refusals: {slowest[0] * 1000:.0f} ms ({slowest[1]}); memory: +{grown} MB")  # noqa: T201
    assert grown <= 100


@pytest.mark.parametrize("name", LET_IN)
def test_what_comes_in_is_shown_only_as_we_draw_it(cast, login, name, private_media):
    received = LET_IN[name]()
    photo = drawn(cast.supervisor, received)
    assert (photo.state, photo.reason) == (PhotoState.READY, "")
    for kind in (FileKind.DISPLAY, FileKind.THUMB):
        answer = login(cast.officer).get(reverse(f"photos:{kind}", args=[photo.public_id]))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert answer.content != received
        assert_pure(answer.content)
    for path in private_media.rglob("*"):
        assert not path.is_file() or CANARY not in path.read_bytes(), path


@pytest.mark.parametrize("name", UNDRAWABLE)
def test_what_cannot_be_decoded_is_not_shown(cast, login, name, private_media):
    photo = drawn(cast.supervisor, UNDRAWABLE[name]())
    assert photo.state == PhotoState.REFUSED
    assert photo.reason == "照片内容已损坏，无法显示。"
    assert [file.kind for file in PhotoFile.objects.all()] == [FileKind.ORIGINAL]
    assert len([path for path in private_media.rglob("*") if path.is_file()]) == 1
    answer = login(cast.supervisor).get(reverse("photos:display", args=[photo.public_id]))
    assert answer.status_code == 404
    assert "照片内容已损坏" in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/cron.d/x.jpg",
        "..\\..\\x.jpg",
        "照片\u202egpj.exe",
        "现场\0.php",
        "x" * 300 + ".jpg",
        "a.jpg.html",
        "",
    ],
)
def test_names_are_never_used(cast, name, private_media):
    """Through a real form, as the phone sends it."""
    body = b"\r\n".join(
        [
            b"--b",
            f'Content-Disposition: form-data; name="photo"; filename="{name or "x"}"'.encode(),
            b"Content-Type: text/html",
            b"",
            jpeg(),
            b"--b--",
            b"",
        ]
    )
    request = RequestFactory().generic("POST", "/", body, content_type="multipart/form-data; boundary=b")
    uploads = request.FILES.getlist("photo")
    with intake.taking(uploads) as taken:
        stored = [str(path.relative_to(private_media)) for path in private_media.rglob("*") if path.is_file()]
        assert stored == [one.file.path for one in taken]
        assert all(part.isalnum() for path in stored for part in path.removesuffix(".sealed").split("/"))


def test_a_large_upload_goes_to_the_disk_while_it_arrives(cast):
    data = jpeg() + bytes(3 * 2**20)
    body = b'--b\r\nContent-Disposition: form-data; name="p"; filename="p.jpg"\r\n\r\n' + data + b"\r\n--b--\r\n"
    request = RequestFactory().generic("POST", "/", body, content_type="multipart/form-data; boundary=b")
    upload = request.FILES["p"]
    assert TemporaryFileUploadHandler in {type(handler) for handler in request.upload_handlers}
    assert hasattr(upload, "temporary_file_path")
    with upload, intake.taking([upload]) as (taken,):
        assert (taken.size, taken.width) == (len(data), 800)


# -- what is worth knowing is kept inside --------------------------------------------------------------------------
def test_time_and_coarse_place_are_kept_inside(cast):
    photo = kept(cast.supervisor, with_segments(segment(0xE1, exif())))
    assert photo.taken_at == datetime(2026, 3, 1, 2, 20, 30, tzinfo=UTC)
    assert photo.place == (2448, 11809)
    assert (kept(cast.supervisor).taken_at, kept(cast.supervisor).place) == (None, None)


def test_exif_of_a_noisy_camera_says_nothing(cast):
    for block in (b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", exif()[:60], b"Exif\0\0" + exif()[6:40] * 20):
        photo = kept(cast.supervisor, with_segments(segment(0xE1, block)))
        assert (photo.taken_at, photo.place) == (None, None)


# -- upright -------------------------------------------------------------------------------------------------------
TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_picture_is_upright(orientation, kind):
    """The camera lay as ``orientation`` says: the stored pixels are turned, the copy is as the eye saw it."""
    seen = Image.new("RGB", (600, 400), "red")
    seen.paste("lime", (300, 0, 600, 200))
    seen.paste("blue", (0, 200, 300, 400))
    turn = TURNS[orientation]
    stored = seen if turn is None else seen.transpose(turn)
    data = encoded(stored, kind, exif=exif(orientation))
    copy = Image.open(BytesIO(draw(data).display.data))
    assert copy.size == (600, 400)
    corners = [copy.getpixel(at) for at in ((9, 9), (590, 9), (9, 390))]
    assert [("red", "green", "blue")[pixel.index(max(pixel))] for pixel in corners] == ["red", "green", "blue"]


# -- controls: each protection taken away must show ----------------------------------------------------------------
def test_control_the_pure_ones_are_told_from_others():
    assert_pure(encoded(scene()))
    for dirty in (with_segments(segment(0xFE, b"x")), encoded(scene(), exif=exif()), jpeg() + b"x"):
        with pytest.raises(AssertionError):
            assert_pure(dirty)


def test_control_without_the_bare_file_and_the_fresh_canvas_comments_come_through(monkeypatch):
    received = LET_IN["php in a comment"]()
    whole = property(lambda container: received)
    monkeypatch.setattr(containers.Container, "pixels", whole)
    assert_pure(draw(received).display.data)  # the canvas alone holds
    monkeypatch.setattr("foundation.photos.drawing.Image.new", lambda mode, size: _Kept())
    monkeypatch.setattr("foundation.photos.drawing._encoded", lambda canvas, side: canvas.encoded())
    with pytest.raises(AssertionError):
        assert_pure(draw(received).display)


class _Kept:
    """A canvas that is not fresh: it takes the picture over with all that hangs on it."""

    def paste(self, picture: Image.Image) -> None:
        self.picture = picture

    @property
    def size(self) -> tuple[int, int]:
        return self.picture.size

    def resize(self, *args, **kwargs):
        return self

    def convert(self, mode: str):
        return self.picture.convert(mode)

    def encoded(self) -> bytes:
        return encoded(self.picture)


def test_control_without_the_look_at_the_header_a_bomb_would_be_decoded(monkeypatch, cast):
    monkeypatch.setattr(containers, "_require_size", lambda found: None)
    taken = intake.take(BytesIO(REFUSED["png of 48 kB and 400 megapixels"][0]()))
    assert taken.width * taken.height == 400_000_000
    with pytest.raises(Undrawable):  # Pillow's own limit is the last line
        draw(REFUSED["png of 48 kB and 400 megapixels"][0]())


def test_control_without_the_look_behind_the_end_archives_come_in(monkeypatch, db):
    monkeypatch.setattr(containers, "is_harmless", lambda rest, kind: True)
    assert intake.take(BytesIO(REFUSED["jpeg and zip"][0]())).size > len(jpeg())


def test_control_without_the_seal_the_disk_shows_everything(monkeypatch, cast, private_media):
    monkeypatch.setattr("foundation.photos.intake.sealed_files.sealed_pieces", lambda data, path: [data])
    kept(cast.supervisor, LET_IN["php in a comment"]())
    assert [path for path in private_media.rglob("*.sealed") if CANARY in path.read_bytes()]


def test_a_picture_that_takes_too_long_is_given_up():
    with pytest.raises(Undrawable, match="过于复杂"):
        draw(jpeg(), seconds=-1)
