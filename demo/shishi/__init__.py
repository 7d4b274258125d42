"""泉州市石狮市: “四应四尽”. From the day of the opinion until today, in date order, at the scale of the case.

Subject institutions 81 to 7; 6 banks, 55 institutions, 668 人次 and 350 人; 2,051 人次, 337 家, 68 notices; 87,082 of
91,350 pupils, 167 providers. What each figure is made of stands in the module that makes it.
"""

from __future__ import annotations

from ..case_diary import Tell
from ..organs import Login
from . import checks, draws, money, nets, published, register, schools
from .county import County


def load(tell: Tell) -> list[Login]:
    """Replay the case; returns the logins that it made. With reference data alone or on top of the base demo."""
    county = County()
    places = register.plan(county)
    register.supervise(county, places)
    nets.plan(county, places)
    rounds = checks.plan(county, places)
    draws.plan(rounds)
    money.plan(county, places)
    schools.plan(county, places)
    published.plan(rounds)
    county.diary.run(tell)
    return county.here.logins
