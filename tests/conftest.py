"""The suite's surroundings: real PostgreSQL as the site's login, a hostile Django, no network beyond loopback."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import User
from foundation.core import clock, throttle
from foundation.core.actor import Actor
from tests import databases, sampling, surroundings
from tests.cast import Cast, cast_again

#: Files of few tests that take long, the longest first: begun last, one of three processes waits for them.
LONGEST = (
    "authz/test_matrix.py", "browser/test_staff.py", "operations/test_recovery.py", "clues/test_canary.py",
    "stack/test_server.py", "publicity/test_check_demo.py", "imports/test_corpus.py",
    "publicity/test_api_contract.py", "institutions/test_withdrawn.py", "browser/test_phone_visit.py",
    "browser/test_tip_to_removal.py", "journeys/test_jimei.py", "journeys/test_shishi.py", "journeys/test_xiamen.py",
    "journeys/test_lianjiang.py",
    "operations/test_nginx_freshness.py",
    "browser/test_public_board.py", "browser/test_imports.py", "demo/test_base_demo.py",
    "publicity/test_check_columns.py", "inspections/test_bulk.py", "imports/test_underway.py",
    "browser/test_public.py",
)  # fmt: skip


def _place(item: pytest.Item) -> int:
    name = "/".join(item.path.parts[-2:])
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, some by turns; tests that would flush tables are refused before anything runs."""
    items.sort(key=_place)
    for item in items:
        turns = item.get_closest_marker("turns")
        if turns and os.environ.get("CI") and not sampling.taken(item.nodeid, one_of=turns.args[0]):
            item.add_marker(pytest.mark.skip(reason="another commit's turn"))
    refused = [f"{item.nodeid}: {why}" for item in items if (why := surroundings.reason_to_refuse(item))]
    if refused:
        raise pytest.UsageError("use the committed_db fixture instead of\n  " + "\n  ".join(refused))


def pytest_report_header() -> str:
    return f"sample {sampling.turn()}: SAMPLE={sampling.turn()} script/test takes the same part of the long walks"


def pytest_collection_finish() -> None:
    """Half a million objects of Django and of the collected tests live to the end: no need to look for garbage there.

    Rarer collections on top of it: a twelfth of a worker's time went into them.
    """
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.fixture(scope="session", autouse=True)
def hostile() -> Iterator[None]:
    """No network, no undefined variables, no order by luck, no wide locks: for every test of the run."""
    with (
        surroundings.loopback_only(),
        surroundings.strict_templates(),
        surroundings.hostile_database(),
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    """A clone of the migrated template for this process, used as the site's login; dropped afterwards."""
    with django_db_blocker.unblock():
        name = databases.clone(databases.template(), "run")
        with databases.pointed_at(name):
            _assert_site_login()
            yield
        databases.drop(name)


def _assert_site_login() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (settings.DATABASES["default"]["USER"], False)
    assert settings.DATABASES["default"]["USER"] != settings.DATABASES["owner"]["USER"], "the suite needs two logins"


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database of the test's own, where commits are real: for races, crashes, workers and browsers."""
    with django_db_blocker.unblock():
        name = databases.clone(databases.template(), "commit")
        with databases.pointed_at(name):
            yield name
        databases.drop(name)


@pytest.fixture
def demo_db(django_db_setup, django_db_blocker) -> Iterator[str]:
    """Like committed_db, with the small demo loaded: for journeys and browsers."""
    with django_db_blocker.unblock():
        name = databases.clone(databases.demo_template(), "commit")
        with databases.pointed_at(name):
            yield name
        databases.drop(name)


@pytest.fixture
def cast(db) -> Cast:
    """Own county, neighbour county, city, province, other department, bank, supervisor, grid worker, auditor."""
    return cast_again()


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    """What earlier tests asked of this process counts for nobody."""
    throttle.counted_here.clear()


@pytest.fixture
def enter(client: Client) -> Callable[[Actor], Client]:
    """Log the client in as a member of the cast, in the post that the actor acts in."""

    def log_in(actor: Actor) -> Client:
        client.force_login(User.objects.get(pk=actor.user_id))
        session = client.session
        session[POST_KEY] = actor.post_id
        session.save()
        return client

    return log_in


@pytest.fixture
def at_work() -> Iterator[None]:
    """Ten in the morning of today: what is told goes out at once, whatever hour the suite runs (quiet hours)."""
    with clock.set_to(timezone.localtime().replace(hour=10, minute=0)):
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many questions the authorization matrix asked; properties of tests also come back from xdist's workers."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties:
            if name == "authz_cells":
                terminalreporter.write_line(f"authorization matrix: {value} cells asked in {report.duration:.1f} s")
