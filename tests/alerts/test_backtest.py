"""The back-test: our score against the fixed-line rule, over invented lives that were written before the rules.

``script/prove backtest`` replays 200 institutions over 12 months with 20 runaways; other runs a tenth of them.
"""

from __future__ import annotations

import os
import sys

import pytest

from tests.alerts.generated import lives, shown
from tests.alerts.replay import by_kind, replay

FULL = os.environ.get("PROVE_FULL") == "1"
SIZE = {"institutions": 200, "runaways": 20} if FULL else {"institutions": 24, "runaways": 4}


@pytest.mark.prove
def test_backtest_against_the_fixed_line():
    made = lives(**SIZE)
    found = replay(made)
    told = [f"{outcome.line()}\n  lead by kind: {by_kind(made, outcome)}" for outcome in found.values()]
    sys.stdout.write("\n".join(["", *shown(made), *told, ""]))
    ours, warned, fixed = found["red"], found["orange"], found["fixed"]
    assert sum(lead is not None for lead in warned.leads) == SIZE["runaways"]
    assert sum(lead is not None for lead in ours.leads) >= SIZE["runaways"] * 0.7
    assert sum(lead is not None for lead in ours.leads) > sum(lead is not None for lead in fixed.leads)
    assert ours.wrong <= ours.healthy * 0.15
