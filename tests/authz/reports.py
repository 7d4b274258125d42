"""Who reads KPIs: those who see aggregates of a whole bureau; how rates are printed, its second persons decide."""

from __future__ import annotations

from tests.authz.policies import Policy, Rows, register

VIEWERS = frozenset({"officer", "second_officer", "leader", "neighbour", "other_city", "city", "province"})
DECIDERS = frozenset({"leader", "city"})

REPORTS: dict[str, Policy] = {
    **register(
        "reports_ratiostyle",
        view=VIEWERS,
        pages={
            "set-style": DECIDERS,
            "dashboard": Rows(view=VIEWERS, post="405"),
            "board": Rows(view=VIEWERS, post="405"),
            "rows": Rows(view=VIEWERS, post="405"),
            "take": VIEWERS,
        },
    ),
}
