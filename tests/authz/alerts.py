"""Who may do what with warnings: county officers deal with them, leaders hold and set figures, the city sees."""

from __future__ import annotations

from tests.authz.funds import BANKS_OF, KEEPERS, LEADER
from tests.authz.people import READERS
from tests.authz.policies import Policy, Rows, register

VIEWERS = KEEPERS | {"leader", "city"}
#: Regulators read numbers by county, and no rows.
COUNTERS = VIEWERS | {"finance"}
SETTERS = frozenset({"leader", "city"})
#: What a city set is read in its counties.
ABOVE_TOO = {role: reach for role, reach in BANKS_OF.items() if role != "discipline"}

ALERTS: dict[str, Policy] = {
    **register(
        "alerts_alert",
        view=VIEWERS,
        pages=dict.fromkeys(["take", "close", "send-visit", "disagree"], KEEPERS)
        | {"hold": LEADER, "month": Rows(view=VIEWERS, post="405")},
    ),
    **register("alerts_scoreday", view=COUNTERS, pages={"counts": Rows(view=COUNTERS, post="405")}),
    **register("alerts_sign", view=VIEWERS, pages={"strike": KEEPERS}),
    **register(
        "alerts_runaway",
        view=VIEWERS,
        pages={"add": KEEPERS, "strike": KEEPERS, "proof": Rows(view=VIEWERS, post="405")},
    ),
    **register("alerts_search", view=VIEWERS, pages={"add": KEEPERS}),
    **register("alerts_threshold", view=VIEWERS, reach=ABOVE_TOO, pages={"add": SETTERS}),
    "admin:institutions_institution_risk-sign": Rows(view=READERS, roles=KEEPERS),
}
