"""On top of the base demo 厦门 and 石狮 say the same as alone: nothing of it counts among theirs."""

from __future__ import annotations

import os

import pytest

from demo.casebook import case_of, load_case
from foundation.core import clock
from tests.journeys import bulletin
from tests.journeys.figures import Reader

pytestmark = [
    pytest.mark.slow,
    pytest.mark.prove,
    pytest.mark.skipif(os.environ.get("PROVE_FULL") != "1", reason="minutes: script/prove cases_on_demo"),
]


def test_the_same_figures_on_top_of_the_base_demo(demo_db, settings):
    settings.DEMO_MODE = True
    for code in ("shishi", "xiamen"):
        load_case(case_of(code), tell=lambda done, of: None)
    now = clock.now()
    for figures, username in ((bulletin.xiamen(), "xiamen.guanli"), (bulletin.shishi(), "shishi.jingban")):
        for figure in figures.values():
            Reader(username, now).finds(figure)
