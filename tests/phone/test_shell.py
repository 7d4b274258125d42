"""The empty form: the same bytes for everybody, all its files named and hashed, small enough for a weak network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from phone import shell
from tests.phone.sending import START, logged_in

pytestmark = pytest.mark.django_db
FOLDER = settings.BASE_DIR / "static" / "phone"
VENDORED = settings.BASE_DIR / "static" / "vendor"
IMPORT = re.compile(r'^import .*? from "\./([a-z]+)\.js";$', re.M)
BUDGET = 150 * 1024  # bytes before photos, not compressed (users.md 5b)
#: Modules of other pages, and what is no module.
ELSEWHERE = {"leave", "warm", "worker", "early"}


def imports_of(name: str) -> set[str]:
    return set(IMPORT.findall((FOLDER / f"{name}.js").read_text(encoding="utf-8")))


def reached_from(name: str) -> set[str]:
    found, open_ = {name}, {name}
    while open_:
        open_ = set().union(*map(imports_of, open_)) - found
        found |= open_
    return found


def test_every_module_that_is_imported_is_in_the_shell_and_no_other():
    assert {f"phone/{name}.js" for name in reached_from("main")} == {*shell.MODULES, shell.MAIN}
    assert {path.stem for path in FOLDER.glob("*.js")} - reached_from("main") == ELSEWHERE


def test_pages_beside_the_shell_import_what_it_holds():
    """Their modules are already on the phone when the form is."""
    assert (reached_from("warm") | reached_from("leave")) - {"warm", "leave"} <= reached_from("main")


def test_the_form_opens_without_a_session_and_is_the_same_for_everybody(client, cast):
    nobody = client.get(shell.PAGE)
    somebody = logged_in(cast.supervisor).get(shell.PAGE)
    assert (nobody.status_code, nobody.content) == (200, somebody.content)
    assert nobody.cookies == {}
    assert cast.supervisor.name not in somebody.content.decode()
    assert "<noscript>" in nobody.content.decode()


def test_nothing_on_the_page_runs_but_files_of_ours(client):
    html = client.get(shell.PAGE).content.decode()
    assert re.findall(r"<script(?![^>]*src=)", html) == []
    assert re.findall(r"\son\w+=|style=", html) == []
    assert "worker-src 'self'" in client.get(shell.PAGE).headers["Content-Security-Policy"]


def kept_by_the_worker(client) -> dict:
    source = client.get("/m/sw.js").content.decode()
    return json.loads(re.match(r"const SHELL = (.*);\n", source).group(1))


def test_the_worker_names_every_file_with_its_hash(client):
    response = client.get("/m/sw.js")
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    known = dict(kept_by_the_worker(client)["files"])
    assert set(known) == {shell.PAGE, *map(shell.address_of, shell.FILES)}
    assert known.pop(shell.PAGE) == hash_of(client.get(shell.PAGE).content)
    for address, integrity in known.items():
        assert integrity == hash_of(Path(finders.find(address.removeprefix(settings.STATIC_URL))).read_bytes())


def test_what_is_kept_later_has_its_hash_and_is_the_registrys_own_file(client):
    """The file of others stands in the list with its licence and sum, and has not been touched."""
    [[address, integrity]] = kept_by_the_worker(client)["later"]
    name = address.removeprefix(settings.STATIC_URL)
    assert (name, integrity) == (shell.LATER[0], hash_of(Path(finders.find(name)).read_bytes()))
    rows = re.findall(r"^\| `([\w./]+)` .*\| ([0-9a-f]{64}) \|$", (VENDORED / "README.md").read_text(), re.M)
    sums = {path.relative_to(VENDORED).as_posix(): sha256(path) for path in VENDORED.glob("*/*")}
    assert dict(rows) == sums
    assert f"{VENDORED.name}/jsqr/jsQR.js" == name


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hash_of(content: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def test_another_page_makes_another_version(client, settings):
    before = kept_by_the_worker(client)["version"]
    assert kept_by_the_worker(client)["version"] == before
    settings.DEMO_MODE = not settings.DEMO_MODE
    assert kept_by_the_worker(client)["version"] != before


def test_the_first_visit_fits_a_weak_network(client, cast, record_property):
    """Page, styles, scripts, worker and start, as they are before anything compresses them."""
    files = sum(Path(finders.find(name)).stat().st_size for name in shell.FILES)
    pages = sum(len(client.get(path).content) for path in (shell.PAGE, "/m/sw.js"))
    start = max(len(logged_in(actor).get(START).content) for actor in (cast.supervisor, cast.officer))
    record_property("bytes", {"files": files, "pages": pages, "start": start})
    assert files + pages + start <= BUDGET


@pytest.mark.parametrize(("who", "words"), [("supervisor", "监督检查"), ("officer", "现场检查"), ("grid", "")])
def test_today_leads_to_the_form(cast, who, words):
    html = logged_in(getattr(cast, who)).get("/m/").content.decode()
    assert ('href="/m/visit/"' in html, not words or words in html) == (bool(words), True)
