"""The case of a module, loaded once on reference data; what a test of it writes is undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from demo.casebook import without_savepoints
from tests import databases


@pytest.fixture(scope="module")
def case_db(request, django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database with the module's ``CASE`` in it; in demo mode, else its accounts could not log in."""
    case = request.module.CASE

    def fill() -> None:
        with transaction.atomic(), without_savepoints():
            case.load(lambda done, of: None)

    with django_db_blocker.unblock(), override_settings(DEMO_MODE=True):
        kind = case.__name__.rsplit(".", 1)[-1]
        name = databases.clone(databases.derived(kind, databases.code_hash(), fill), "commit")
        with databases.pointed_at(name):
            yield name
        databases.drop(name)


@pytest.fixture
def case(case_db) -> Iterator[str]:
    """The loaded case for one test."""
    with transaction.atomic():
        yield case_db
        transaction.set_rollback(True)
