"""A clock that also moves the standard library's time, for limits kept by allauth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine


@pytest.fixture
def time_machine_at():
    """``with time_machine_at(minutes):`` stands still so many minutes after a fixed start."""
    start = datetime.now(tz=UTC)
    return lambda minutes: time_machine.travel(start + timedelta(minutes=minutes), tick=False)
