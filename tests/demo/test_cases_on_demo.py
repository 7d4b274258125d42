"""On top of the base demo and of each other the cases say the same as alone: nothing of another counts among theirs."""

from __future__ import annotations

import os

import pytest

from demo.casebook import CASES, case_of, load_case
from foundation.core import clock
from tests.journeys import bulletin, test_jimei, test_lianjiang, test_quanzhou, test_sanyuan, test_xiapu
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


#: Of the cases that stand on the dates of their stories: who reads its figures.
DATED = {
    "xiapu": (test_xiapu, "xiapu.jingban"),
    "sanyuan": (test_sanyuan, "sanyuan.jingban"),
    "jimei": (test_jimei, "jimei.jingban"),
    "lianjiang": (test_lianjiang, "lianjiang.jingban"),
    "quanzhou": (test_quanzhou, "quanzhou.guanli"),
}


def test_all_seven_in_another_order_say_what_each_says_alone(demo_db, settings):
    settings.DEMO_MODE = True
    for case in reversed(CASES):
        load_case(case, tell=lambda done, of: None)
    now = clock.now()
    for module, username in DATED.values():
        for figure in module.BULLETIN.values():
            Reader(username, module.NOW).finds(figure)
    for figures, username in ((bulletin.xiamen(), "xiamen.guanli"), (bulletin.shishi(), "shishi.jingban")):
        for figure in figures.values():
            Reader(username, now).finds(figure)
