"""nginx as we ship it, before granian with the real portal, on a database of the file's own."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from stack import nginx as shipped
from stack.family import Child, Family
from stack.layout import passing_dir
from stack.ports import pick

from tests import databases
from tests.browser.conftest import drop_when_free
from tests.cast import Cast, build_cast

ROOT = Path(__file__).resolve().parents[2]
NAME = "localhost"
TEMPLATE = shipped.CONFIGURATION.read_text(encoding="utf-8")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)) and "nginx" in item.path.name:
            item.add_marker(pytest.mark.slow)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def one(self, name: str) -> str:
        values = self.all(name)
        return values[0] if values else ""

    @property
    def age(self) -> float:
        """Seconds since the portal began to make this answer."""
        return time.time() - float(self.one("X-Made"))


@dataclass
class Front:
    """One running nginx."""

    server: shipped.Nginx

    @contextmanager
    def _connected(self, source: str) -> Iterator[http.client.HTTPSConnection]:
        context = ssl.create_default_context(cafile=str(self.server.certificate))
        raw = socket.create_connection(("127.0.0.1", self.server.https), timeout=40, source_address=(source, 0))
        link = http.client.HTTPSConnection(NAME, self.server.https, timeout=40)
        link.sock = context.wrap_socket(raw, server_hostname=NAME)
        try:
            yield link
        finally:
            link.close()

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | None = None, source: str = "127.0.0.1", **headers: str
    ) -> Answer:
        """One request on a connection of its own; header names with hyphens as underscores, ``x__y`` for ``x_y``."""
        named = {key.replace("__", "\0").replace("_", "-").replace("\0", "_"): value for key, value in headers.items()}
        with self._connected(source) as link:
            link.request(method, path, body=body, headers={"Host": NAME, **named})
            return answer_of(link.getresponse())

    def many(self, path: str, number: int) -> list[Answer]:
        """The same request again and again on one connection."""
        answers = []
        with self._connected("127.0.0.1") as link:
            for _ in range(number):
                link.request("GET", path, headers={"Host": NAME})
                answers.append(answer_of(link.getresponse()))
        return answers


def answer_of(response: http.client.HTTPResponse) -> Answer:
    return Answer(response.status, response.getheaders(), response.read())


@dataclass
class Site:
    """The portal behind nginx."""

    home: Path
    port: int
    family: Family
    front: Front
    people: Cast
    fronts: int = field(default=0)

    def order(self, **orders: object) -> None:
        fresh = self.home / "orders.new"
        fresh.write_text(json.dumps(orders), encoding="utf-8")
        fresh.replace(self.home / "orders.json")

    def arrived(self) -> list[dict]:
        """What reached the portal since the last question."""
        record = self.home / "record.jsonl"
        lines = record.read_text(encoding="utf-8").splitlines()
        record.write_text("", encoding="utf-8")
        return [json.loads(line) for line in lines]

    @contextmanager
    def variant(self, *changes: tuple[str, str], upstream: str = "") -> Iterator[Front]:
        """Another nginx whose configuration differs from the shipped one: a protection that is off."""
        text = TEMPLATE
        for old, new in changes:
            assert old in text, f"not in nginx.conf: {old}"
            text = text.replace(old, new)
        self.fronts += 1
        server = make_nginx(self.home / f"variant{self.fronts}", upstream or f"127.0.0.1:{self.port}", self.home)
        server.write(text)
        child = server.start(self.family)
        yield Front(server)
        self.family.stop(child)


def make_nginx(folder: Path, upstream: str, home: Path) -> shipped.Nginx:
    return shipped.Nginx(
        folder, name=NAME, upstream=upstream, static=home / "static", http=pick(None), https=pick(None)
    )


def need_nginx() -> None:
    if shipped.find() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no nginx: .ci/run should have installed it")
        pytest.skip("no nginx on this machine (Debian: apt-get install nginx-light)")


def portal_environment(home: Path, database: str) -> dict[str, str]:
    """What granian and manage.py need to serve a database with production's settings."""
    login = settings.DATABASES["default"]
    address = f"postgresql://{login['USER']}:{login['PASSWORD']}@{login['HOST']}:{login['PORT']}/{database}"
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    return {
        **kept, "DJANGO_SETTINGS_MODULE": "tests.operations.production", "DATABASE_URL": address,
        "ALLOWED_HOSTS": NAME, "CSRF_TRUSTED_ORIGINS": f"https://{NAME}", "NUM_PROXIES": "1", "DEMO_MODE": "0",
        "MEDIA_ROOT": str(home / "media"), "TEST_STATIC_ROOT": str(home / "static"),
        "TEST_ORDERS": str(home / "orders.json"), "TEST_RECORD": str(home / "record.jsonl"),
    }  # fmt: skip


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[Site]:
    """Static files collected, granian with two workers, nginx before it; the cast of the tests in the database."""
    need_nginx()
    home = Path(tempfile.mkdtemp(prefix="shuanjian-nginx-", dir=passing_dir()))
    family = Family()
    with django_db_blocker.unblock():
        name = databases.clone(databases.template(), "commit")
        with databases.pointed_at(name):
            people = build_cast()
            try:
                yield serve(home, family, name, people)
            finally:
                family.stop_all()
                shutil.rmtree(home)
        drop_when_free(name)


def serve(home: Path, family: Family, database: str, people: Cast) -> Site:
    environment, port = portal_environment(home, database), pick(None)
    (home / "record.jsonl").touch()
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    server = make_nginx(home / "nginx", f"127.0.0.1:{port}", home)
    server.write()
    site = Site(home, port, family, Front(server), people)
    site.order()
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "tests.operations.faulty:application"]
    web += [
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "2",
        "--blocking-threads",
        "8",
        "--log-level",
        "error",
    ]
    family.start(Child("web", web, env=environment, cwd=ROOT, log=home / "web.log"))
    server.start(family)
    give_up = time.monotonic() + 60
    while site.front.ask("/healthz").status != 200:
        assert time.monotonic() < give_up, (home / "web.log").read_text(encoding="utf-8")
        time.sleep(0.1)
    return site


@pytest.fixture
def fresh(site: Site) -> Iterator[Site]:
    """The site without faults, with an empty record and an empty cache (a file that is gone counts as a miss)."""
    site.order()
    for kept in (site.front.server.home / "cache" / "public").rglob("*"):
        if kept.is_file():
            kept.unlink(missing_ok=True)
    site.arrived()
    yield site
    site.order()
