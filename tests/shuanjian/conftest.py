"""What the tests of the start checks share."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from foundation.core.management.commands import doctor


@pytest.fixture
def portal_only(monkeypatch):
    """The doctor without what other tests of this process defined: models and registers in ``tests`` are not ours."""

    def found(**given):
        return [message for message in run_checks(**given) if not _of_a_test(message.obj)]

    monkeypatch.setattr(doctor, "run_checks", found)


def _of_a_test(subject: object) -> bool:
    owner = getattr(subject, "model", subject)
    kind = owner if isinstance(owner, type) else type(owner)
    return kind.__module__.startswith("tests.")
