"""Real Chromium against a real server: the portal in a thread, as the site's login, where commits are real."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright
from psycopg2.errors import InsufficientPrivilege

from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import User
from foundation.core.actor import Actor
from tests import databases
from tests.cast import Cast, build_cast

DESKTOP, PHONE = (1366, 768), (390, 844)
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--lang=zh-CN"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; without one the tests are skipped, unless REQUIRE_BROWSER says that they may not be."""
    path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set, but there is no Chromium (CHROMIUM_PATH or chromium on PATH)")
        pytest.skip("no Chromium on this machine")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def browser_db(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database for the tests of one file; what they commit stays in it and goes with it."""
    with django_db_blocker.unblock():
        name = databases.clone(databases.template(), "commit")
        with databases.pointed_at(name):
            yield name
        drop_when_free(name)


def drop_when_free(name: str) -> None:
    """The server's last threads close their connections by themselves; the owner may not cut the site's login off."""
    for _ in range(100):
        try:
            return databases.drop(name)
        except InsufficientPrivilege:
            time.sleep(0.1)
    return databases.drop(name)


@pytest.fixture(scope="module")
def people(browser_db) -> Cast:
    return build_cast()


@pytest.fixture(scope="module")
def address(browser_db) -> Iterator[str]:
    """Where the portal listens."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@dataclass
class Visit:
    """A page with what the browser complained about since it was opened."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self._note("error", str(error)))

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(f"{self.page.url.removeprefix(self.address)}: {text}")

    def open(self, path: str) -> int:
        """Go there and return the status; 0 for a download, which leaves the page where it was."""
        try:
            return self.page.goto(f"{self.address}{path}").status
        except Error as error:
            if "Download is starting" not in error.message:
                raise
            return 0


@pytest.fixture
def visit(chromium, address) -> Iterator[Callable[..., Visit]]:
    """``visit(actor, size)`` opens a page as somebody, without the login form; None is the public.

    ``script=False`` is a browser in which scripts are switched off.
    """
    contexts: list[BrowserContext] = []

    def make(actor: Actor | None, size: tuple[int, int] = DESKTOP, *, script: bool = True) -> Visit:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=script,
        )
        contexts.append(context)
        if actor is not None:
            context.add_cookies([cookie_of(actor, address)])
        return Visit(context.new_page(), address)

    yield make
    for context in contexts:
        context.close()


def cookie_of(actor: Actor, address: str) -> dict[str, str]:
    """What a browser carries after this person logged in there."""
    return {"name": settings.SESSION_COOKIE_NAME, "value": session_of(actor), "url": address}


def session_of(actor: Actor) -> str:
    """The key of a new session in which this person works in this post."""
    user = User.objects.get(pk=actor.user_id)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[POST_KEY] = actor.post_id
    session.create()
    return session.session_key
