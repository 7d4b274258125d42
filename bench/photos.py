"""What photos cost: a form with four of them against the least that any server does with the same bytes, and copies.

    script/bench photos

The floor parses the form, hashes each file and writes it durably, nothing more. Ours judges it, seals it, and has row,
trace and promised job in a committed transaction. Copies are drawn from one scaled decode; beside it stands the same by
a full decode, for both copies and for the thumbnail alone.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import tempfile
import time
import uuid
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from PIL import Image  # noqa: E402

from bench import measured, place  # noqa: E402
from foundation.core import clock  # noqa: E402
from foundation.photos import drawing, intake  # noqa: E402
from foundation.photos.operations import Sent, keep_photos  # noqa: E402
from tests.cast import OWN, build_cast, jurisdiction  # noqa: E402

PHOTOS, FORMS = 4, 10
SIZES = {"as the camera took it": (4000, 3000), "as the phone shrinks it": (1600, 1200)}


def photo(number: int, size: tuple[int, int]) -> bytes:
    """An invented scene with a camera's grain, so that its bytes are as many as a photo's."""
    drawn_from = random.Random(number)
    small = Image.new("RGB", (80, 60))
    small.putdata([tuple(drawn_from.randrange(256) for _ in range(3)) for _ in range(80 * 60)])
    smooth = small.resize(size, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(size, 40).convert("RGB")
    file = BytesIO()
    Image.blend(smooth, grain, 0.15).save(file, "JPEG", quality=88)
    return file.getvalue()


def form(photos: list[bytes]) -> bytes:
    parts = [
        b'--b\r\nContent-Disposition: form-data; name="photos"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        + data
        + b"\r\n"
        for data in photos
    ]
    return b"".join(parts) + b"--b--\r\n"


def parsed(body: bytes) -> list:
    request = RequestFactory().generic("POST", "/", body, content_type="multipart/form-data; boundary=b")
    return request.FILES.getlist("photos")


def floor(body: bytes, folder: Path) -> None:
    """Parse, hash, write and fsync."""
    for upload in parsed(body):
        hashed = hashlib.sha256()
        with open(folder / uuid.uuid4().hex, "xb") as file:
            for piece in upload.chunks():
                hashed.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        upload.close()


def ours(body: bytes, bureau: Any, actor: Any) -> None:
    uploads = parsed(body)
    with intake.taking(uploads) as taken, transaction.atomic():
        sent = [Sent(one, uuid.uuid4()) for one in taken]
        keep_photos(sent=sent, jurisdiction=bureau, by=actor, at=clock.now())
    for upload in uploads:
        upload.close()


def _seconds(act: Callable[[], object], times: int) -> float:
    """How long it takes once, of so many in a row."""
    began = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - began) / times


def submits(repeats: int) -> dict[str, Any]:
    """Both ways in turn, ten forms each time."""
    found: dict[str, Any] = {}
    for name, size in SIZES.items():
        body = form([photo(number, size) for number in range(PHOTOS)])
        with place.fresh_database(), tempfile.TemporaryDirectory(dir=measured.ROOT / ".state") as folder:
            settings.MEDIA_ROOT = Path(folder)
            bureau, actor = _people()
            ways = {"ours": partial(ours, body, bureau, actor), "floor": partial(floor, body, Path(folder))}
            ways["ours"]()
            runs: dict[str, list[float]] = {"ours": [], "floor": []}
            for repeat in range(repeats):
                for way in sorted(ways, reverse=bool(repeat % 2)):
                    runs[way].append(_seconds(ways[way], FORMS))
        times = measured.ratios(runs["ours"], runs["floor"])
        print(f"  form with {PHOTOS} photos of {len(body) // PHOTOS // 1000} kB, {name}:", flush=True)
        print(f"    ours {measured.spread([1000 * s for s in runs['ours']], '.1f')} ms,", end=" ")
        print(f"floor {measured.spread([1000 * s for s in runs['floor']], '.1f')} ms,", end=" ")
        print(f"ours / floor {measured.spread(times)}", flush=True)
        found[name] = {**runs, "ratio": times, "bytes": len(body)}
    return found


def _people() -> tuple[Any, Any]:
    cast = build_cast()
    return jurisdiction(OWN), cast.supervisor


def full_pair(data: bytes) -> None:
    """Both copies by decoding every pixel of the original."""
    with Image.open(BytesIO(data)) as picture:
        display = picture.resize(drawing._within(picture.size, drawing.DISPLAY_SIDE), Image.Resampling.LANCZOS)
        thumb = picture.resize(drawing._within(picture.size, drawing.THUMB_SIDE), Image.Resampling.LANCZOS)
    display.save(BytesIO(), "JPEG", quality=82, progressive=True)
    thumb.save(BytesIO(), "JPEG", quality=76)


def thumb_only(data: bytes, *, scaled: bool) -> None:
    with Image.open(BytesIO(data)) as picture:
        size = drawing._within(picture.size, drawing.THUMB_SIDE)
        if scaled:
            picture.draft(None, size)
        picture.resize(size, Image.Resampling.LANCZOS).save(BytesIO(), "JPEG", quality=76)


def copies(repeats: int) -> dict[str, Any]:
    data = photo(1, SIZES["as the camera took it"])
    ways = {
        "both copies, ours": partial(drawing.draw, data),
        "both copies, full decode": partial(full_pair, data),
        "thumbnail, scaled decode": partial(thumb_only, data, scaled=True),
        "thumbnail, full decode": partial(thumb_only, data, scaled=False),
    }
    runs: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, act in ways.items():
            runs[name].append(_seconds(act, 5))
    for name, times in runs.items():
        print(f"  {name}: {measured.spread([1 / s for s in times], '.1f')} photos a second", flush=True)
    both = measured.ratios(runs["both copies, full decode"], runs["both copies, ours"])
    alone = measured.ratios(runs["thumbnail, full decode"], runs["thumbnail, scaled decode"])
    print(f"  full decode / ours: both copies {measured.spread(both)}, thumbnail alone {measured.spread(alone)}")
    return {**runs, "both": both, "thumbnail": alone}


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench photos", description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    place.prepare()
    print(f"form with {PHOTOS} photos: judged, sealed, kept / parsed, hashed, written durably (goal: at most 2.5)")
    facts: dict[str, Any] = {"submits": submits(repeats)}
    print("copies of a 12-megapixel photo, on one core (goal: thumbnails at least 3 times a full decode)")
    facts["copies"] = copies(repeats)
    with place.fresh_database():
        facts["machine"] = measured.machine()
    print(f"kept in {measured.keep('photos', facts)}")


if __name__ == "__main__":
    main()
