"""The case of a module, loaded once on reference data; what a test of it writes is undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from tests import databases


@pytest.fixture(scope="module")
def case_db(request, django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database with the module's ``CASE`` in it; in demo mode, else its accounts could not log in."""
    with django_db_blocker.unblock():
        name = databases.clone(databases.template(), "commit")
        with databases.pointed_at(name), override_settings(DEMO_MODE=True):
            with transaction.atomic():
                request.module.CASE.load(lambda done, of: None)
            yield name
        databases.drop(name)


@pytest.fixture
def case(case_db) -> Iterator[str]:
    """The loaded case for one test."""
    with transaction.atomic():
        yield case_db
        transaction.set_rollback(True)
