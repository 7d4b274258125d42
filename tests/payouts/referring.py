"""What of releases refers to an institution: made through the operations, for whoever asks whether it may go."""

from __future__ import annotations

from datetime import timedelta

from foundation.core import clock
from payouts.operations.holds import hold_releases
from tests.cast import Cast


def held(row, cast: Cast) -> object:
    until = clock.today() + timedelta(days=9)
    return hold_releases(institution=row, until_on=until, reason="核实", by=cast.leader, at=clock.now())


REFERRING = {("payouts.Hold", "institution"): held}
