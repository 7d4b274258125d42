"""The figures of the bulletin for 厦门 and 石狮, in one place: what each says and the question that it answers.

Both cases end on the day on which they are loaded, so their periods end today.
"""

from __future__ import annotations

from datetime import date

from demo.shishi.schools import Spring, spring_of
from foundation.core import clock
from tests.journeys.figures import Figure

SINCE = date(2021, 7, 24)


def xiamen() -> dict[str, Figure]:
    period = {"place": "350200", "first": SINCE, "last": clock.today()}
    return {
        "appointed": Figure(says="12人", kpi="supervisors", **period),
        "visits": Figure(says="162家次", kpi="supervisor_visits", **period),
        "each": Figure(says="13.5家次/人", kpi="visits_per_supervisor", **period),
    }


def shishi() -> dict[str, Figure]:
    period = {"place": "350581", "first": SINCE, "last": clock.today()}
    spring = Spring(spring_of(clock.today()))
    term = {"place": "350581", "first": spring.starts, "last": spring.ends}
    return {
        "base": Figure(says="81家", kpi="subject_base", **period),
        "left": Figure(says="7家", kpi="subject_now", **period),
        "reduction": Figure(says="91.35%", kpi="reduction_rate", **period),
        "unlicensed": Figure(says="0家", kpi="unlicensed_open", **period),
        "banks": Figure(says="6家", kpi="banks", **period),
        "supervised": Figure(says="55家", kpi="supervised", **period),
        "released": Figure(says="668人次", kpi="releases", **period),
        "released_sum": Figure(says="380,128.00元", kpi="released_fen", **period),
        "refunded": Figure(says="350人", kpi="coordinated", **period),
        "refunded_sum": Figure(says="993,992.00元", kpi="coordinated_fen", **period),
        "runaways": Figure(says="0起", kpi="runaways", **period),
        "went": Figure(says="2051人次", kpi="person_times", **period),
        "sites": Figure(says="337家", kpi="sites", **period),
        "notices": Figure(says="68份", kpi="rectification_notices", **period),
        "put_right": Figure(says="100.00%", kpi="rectified_rate", **period),
        "joined": Figure(says="87082人", kpi="afterschool_joined", **term),
        "share": Figure(says="95.3%", kpi="afterschool_rate", **term),
        "providers": Figure(says="167家", kpi="afterschool_providers", **term),
    }
