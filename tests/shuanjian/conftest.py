"""What the tests of the start checks share."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from foundation.core.management.commands import doctor


@pytest.fixture
def portal_only(monkeypatch):
    """The doctor without what other tests of this process left: models and registers in ``tests``, a variable."""
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)  # set while a browser of the tests is open

    def found(**given):
        return [message for message in run_checks(**given) if not _of_a_test(message.obj)]

    monkeypatch.setattr(doctor, "run_checks", found)


def _of_a_test(subject: object) -> bool:
    owner = getattr(subject, "model", subject)
    kind = owner if isinstance(owner, type) else type(owner)
    return kind.__module__.startswith("tests.")
