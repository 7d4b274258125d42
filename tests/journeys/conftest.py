"""The case of a module, loaded once on reference data; what a test of it writes is undone."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from demo.casebook import without_savepoints
from tests import databases, sampling

#: Five minutes of loading: a run of CI takes one case, the next commit another one (``sampling``); run alone, or under
#: ``script/prove CASE``, each is always taken.
TURNS = ("jimei", "xiapu", "shishi", "sanyuan", "lianjiang", "xiamen", "quanzhou")


def is_left_out(kind: str) -> bool:
    """Whether it is another one's turn."""
    return bool(os.environ.get("CI")) and kind != TURNS[sampling.turn() % len(TURNS)]


@pytest.fixture(scope="module")
def case_db(request, django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database with the module's ``CASE`` in it; in demo mode, else its accounts could not log in."""
    case = request.module.CASE
    if is_left_out(case.__name__.rsplit(".", 1)[-1]):
        pytest.skip("another commit's turn: script/prove takes it always")

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
