"""``script/bench submit``: a visit with four photos of about 1 MB through the real view, beside bare handling of the
same bytes: the form parsed, each file hashed (SHA-256) and written durably (fsync).

Both in one process and in turn, the same body each time but for its ids. Small statements of ours are counted with
the view: session, actor, checklist, visit, findings, audit trail. The goal is a ratio of at most 2.5 (performance.md,
P1); the parts of the last visit's time are printed with it.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import io
import json
import os
import pstats
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.uploadhandler import load_handler  # noqa: E402
from django.http.multipartparser import MultiPartParser  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from PIL import Image  # noqa: E402

from bench import place  # noqa: E402
from bench.measured import keep, machine, ratios, spread  # noqa: E402
from foundation.core import clock  # noqa: E402
from tests.cast import build_cast  # noqa: E402
from tests.institutions.factories import institution  # noqa: E402
from tests.phone.sending import VISITS, draft, logged_in, photographed  # noqa: E402

PHOTOS = 4
#: Where the time of a visit may go, by the functions that it goes to.
PARTS = {
    "parsing the form": ("multipartparser.py", "parse"),
    "photos judged, hashed, sealed, written": ("intake.py", "take"),
    "the operation, with its photos' rows": ("visits.py", "file_visit"),
    "all statements of the database": ("utils.py", "_execute"),
    "session and actor": ("middleware.py", "_actor"),
}


def main() -> None:
    """Entry of the benchmark."""
    parser = argparse.ArgumentParser(prog="script/bench submit", description=__doc__.split("\n\n")[0])
    parser.add_argument("--repeats", type=int, default=15, help="visits and bare handlings (15)")
    options = parser.parse_args()
    setup_test_environment()
    place.prepare()
    pictures = [picture(number) for number in range(PHOTOS)]
    with place.fresh_database(), tempfile.TemporaryDirectory(dir=settings.BASE_DIR) as folder:
        with override_settings(MEDIA_ROOT=Path(folder)):
            times, parts = measured(pictures, Path(folder), options.repeats)
            facts: dict[str, Any] = {"machine": machine(), "photos": [len(each) for each in pictures], **times}
    facts["ratio"], facts["parts"] = ratios(times["view"], times["bare"]), parts
    show(facts)
    print(f"\nkept in {keep('submit', facts)}")


def picture(number: int) -> bytes:
    """A photo of about 1 MB, as big as the phone sends it: noise in it, so that it does not shrink."""
    out = io.BytesIO()
    noise = Image.effect_noise((1600, 1200), 60 + number)
    Image.merge("RGB", [noise, noise.rotate(90).resize(noise.size), noise.rotate(180)]).save(out, "JPEG", quality=80)
    return out.getvalue()


def measured(pictures: list[bytes], folder: Path, repeats: int) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Milliseconds of both contenders, in turn; the parts of one visit more."""
    cast = build_cast()
    client = logged_in(cast.supervisor)
    times: dict[str, list[float]] = {"view": [], "bare": []}
    for turn in range(repeats + 1):
        body = form(cast.supervisor, institution(cast.officer), pictures)
        for name in ("view", "bare") if turn % 2 else ("bare", "view"):
            began = time.perf_counter()
            _file(client, body) if name == "view" else bare(body, folder)
            if turn:  # the first one warms up
                times[name].append(1000 * (time.perf_counter() - began))
    profile = cProfile.Profile()
    body = form(cast.supervisor, institution(cast.officer), pictures)
    profile.runcall(_file, client, body)
    return times, parts_of(profile)


def form(actor, subject, pictures: list[bytes]) -> bytes:
    """The body of one visit, with new ids."""
    report = draft(
        actor, subject, visited_on=f"{clock.today()}", started_at=None, ended_at=None, client_id=f"{uuid4()}"
    )
    files = photographed(report, *pictures)
    return encode_multipart(BOUNDARY, {"report": json.dumps(report), **files})


def _file(client: Client, body: bytes) -> None:
    response = client.generic("POST", VISITS, body, content_type=MULTIPART_CONTENT)
    if response.status_code != 201:
        raise SystemExit(f"the visit was refused: {response.status_code} {response.content.decode()[:400]}")


def bare(body: bytes, folder: Path) -> None:
    """The same bytes without a portal: the form parsed, each file hashed, written and synced, and its folder too."""
    meta = {"CONTENT_TYPE": MULTIPART_CONTENT, "CONTENT_LENGTH": str(len(body))}
    handlers = [load_handler(path, None) for path in settings.FILE_UPLOAD_HANDLERS]
    _, files = MultiPartParser(meta, io.BytesIO(body), handlers).parse()
    for name, upload in files.items():
        content = upload.read()
        hashlib.sha256(content).hexdigest()
        with (folder / f"bare-{name}").open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def parts_of(profile: cProfile.Profile) -> dict[str, float]:
    """Milliseconds under the profiler by part; a profiled visit is slower, the shares count."""
    found = dict.fromkeys(["all", *PARTS], 0.0)
    stats = pstats.Stats(profile)
    found["all"] = 1000 * stats.total_tt  # type: ignore[attr-defined]
    for (path, _, function), (_, _, _, cumulative, _) in stats.stats.items():  # type: ignore[attr-defined]
        for name, (file, wanted) in PARTS.items():
            if path.endswith(file) and function == wanted:
                found[name] = max(found[name], 1000 * cumulative)
    return found


def show(facts: dict[str, Any]) -> None:
    """Both times, their ratio, and where a visit's time goes."""
    print(
        f"a visit with {PHOTOS} photos of {', '.join(f'{size / 1e6:.2f}' for size in facts['photos'])} MB, milliseconds"
    )
    print(f"  the view {spread(facts['view'], '.1f')}   bare {spread(facts['bare'], '.1f')}")
    print(f"  the view / bare = {spread(facts['ratio'])} (goal <= 2.5)")
    print("of one visit under the profiler (cumulative, parts overlap):")
    for name, value in facts["parts"].items():
        print(f"  {name:42}{value:8.1f} ms")


if __name__ == "__main__":
    main()
