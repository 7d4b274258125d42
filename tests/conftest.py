"""The suite's surroundings: real PostgreSQL as the site's login, a hostile Django, no network beyond loopback."""

from __future__ import annotations

import pytest

from tests import databases
from tests.cast import Cast, build_cast


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """A clone of the migrated template for this process; dropped afterwards."""
    with django_db_blocker.unblock():
        name = databases.clone(databases.template(), "run")
        with databases.pointed_at(name):
            yield
        databases.drop(name)


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker):
    """A database of the test's own, where commits are real: for races, crashes, workers and browsers."""
    with django_db_blocker.unblock():
        name = databases.clone(databases.template(), "commit")
        with databases.pointed_at(name):
            yield name
        databases.drop(name)


@pytest.fixture
def cast(db) -> Cast:
    """Own county, neighbour county, city, province, other department, bank, supervisor, grid worker, auditor."""
    return build_cast()


def pytest_terminal_summary(terminalreporter) -> None:
    """How many questions the authorization matrix asked; properties of tests also come back from xdist's workers."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties:
            if name == "authz_cells":
                terminalreporter.write_line(f"authorization matrix: {value} cells asked in {report.duration:.1f} s")
