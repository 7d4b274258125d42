"""The empty form of visits, as the service worker keeps it: its files with their hashes, and the version they make.

The files go by their plain names, not by those of ``collectstatic``: the modules import each other by these, and the
worker checks each one against the hash given here, so that files of two versions are never mixed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

PAGE = "/m/visit/"
STYLES = ("tokens.css", "phone.css", "phone/visit.css")
#: Classic script that runs before anything is drawn.
EARLY = "phone/early.js"
MAIN = "phone/main.js"
#: Modules that ``main.js`` imports, directly or not; a test compares them with what the files say.
MODULES = tuple(
    f"phone/{name}.js"
    for name in (
        *(
            "api",
            "blur",
            "draft",
            "files",
            "head",
            "html",
            "outbox",
            "person",
            "photos",
            "pick",
            "receipt",
            "scan",
            "section",
        ),
        *("store", "summary", "today", "vault"),
    )
)
FILES = (*STYLES, "favicon.svg", EARLY, MAIN, *MODULES)
#: Files that only some browsers need: fetched when they do, then kept like the others.
LATER = ("vendor/jsqr/jsQR.js",)
WORKER = "phone/worker.js"


@dataclass(frozen=True)
class Shell:
    """(address, hash) of all that the form needs, and of what is kept ``later``; ``version`` changes with each.

    ``page`` says its version, so that a page can tell when the worker has gone on to another.
    """

    version: str
    page: str
    files: tuple[tuple[str, str], ...]
    later: tuple[tuple[str, str], ...]


def address_of(name: str) -> str:
    """The address of a static file under its plain name."""
    return f"{settings.STATIC_URL}{name}"


def _page(version: str = "") -> str:
    """The shell's page. It depends on the settings alone: neither on who asks nor on a session."""
    given = {"site_info": settings.SITE_INFO, "demo_mode": settings.DEMO_MODE, "version": version}
    files = {"styles": STYLES, "early": EARLY, "main": MAIN, "modules": MODULES}
    return render_to_string("phone/visit.html", given | {"files": files})


def shell() -> Shell:
    """The shell as it is now; hashed anew only when a file changed."""
    paths = tuple(_path(name) for name in (*FILES, *LATER))
    return _hashed(_page(), tuple((path, Path(path).stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=2)
def _hashed(html: str, paths: tuple[tuple[str, int], ...]) -> Shell:
    hashed = [
        (address_of(name), _integrity(Path(path).read_bytes()))
        for name, (path, _) in zip((*FILES, *LATER), paths, strict=True)
    ]
    version = hashlib.sha256(json.dumps([html, hashed]).encode()).hexdigest()[:16]
    page = _page(version)
    files = ((PAGE, _integrity(page.encode())), *hashed[: len(FILES)])
    return Shell(version, page, files, tuple(hashed[len(FILES) :]))


def worker() -> str:
    """The service worker's source, with the shell that it has to keep."""
    known = shell()
    facts = json.dumps({"version": known.version, "files": known.files, "later": known.later})
    return f"const SHELL = {facts};\n{Path(_path(WORKER)).read_text(encoding='utf-8')}"


def _path(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return found


def _integrity(content: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()
