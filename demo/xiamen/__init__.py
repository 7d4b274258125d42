"""厦门: 首批12名市级社会监督员, through the operations that people use, each at its own moment.

15 persons from six districts, three of them rejected with reasons, five working days of publicity with one objection
that proves wrong, twelve appointed with letter and card, trained and tested, and 162 家次 in the nine months since.
"""

from __future__ import annotations

from datetime import timedelta

from foundation.accounts.enums import Role
from foundation.core import clock
from foundation.deadlines.calendars import add_months

from ..case_diary import Tell
from ..case_people import CasePlace
from ..organs import SIMING, XIAMEN, Login
from .appointing import appoint_twelve, recruit, train
from .duties import MONTHS, ask_to_look, make_visits, other_duties, report_on
from .facts import DISTRICTS
from .places import VISITED, district_of, register_sites
from .steps import office_day

STEPS, SEED = 5, 350200


def load(tell: Tell) -> list[Login]:
    """Replay the case so that today lies in the tenth month of office; the clock is set to each step's moment.

    It makes what it needs: with reference data alone or on top of the base demo. Returns the logins that it made.
    """
    now = clock.now()
    first = add_months(clock.local_date(now).replace(day=1), -MONTHS)
    begun = office_day(first - timedelta(days=75))
    with clock.set_to(begun):
        here = CasePlace.of(XIAMEN, "xiamen", at=begun, seed=SEED)
        here.post("guanli", Role.CITY_MANAGER)
        known = here.post("jiandu", Role.SUPERVISOR)
        districts = {code: district_of(code, word, begun) for code, word in DISTRICTS.items()}
        sites = [site for code in VISITED for site in register_sites(districts[code], begun)]
    officers = {code: district.acts("jingban") for code, district in districts.items()}
    city = here.acts("guanli")
    tell(1, STEPS)
    recruitment = recruit(city, officers, known.user.name, first)
    tell(2, STEPS)
    supervisors = appoint_twelve(here, city, recruitment, known, first)
    train(city, supervisors, first)
    tell(3, STEPS)
    make_visits(supervisors, sites, first)
    tell(4, STEPS)
    other_duties(city, supervisors, sites[0], first)
    ask_to_look(officers[SIMING], supervisors[0], now)
    report_on(city, supervisors[0], now)
    tell(STEPS, STEPS)
    return [login for each in (here, *districts.values()) for login in each.logins]
