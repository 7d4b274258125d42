"""Who may do what with warnings: county officers deal with them, leaders hold and set figures, the city sees."""

from __future__ import annotations

from tests.authz.funds import BANK_CHOOSERS, BANKS_OF, KEEPERS, LEADER
from tests.authz.people import READERS
from tests.authz.policies import OfOwnOrgan, Policy, Rows, register

VIEWERS = KEEPERS | {"leader", "city"}
#: Regulators read numbers by county, and no rows.
COUNTERS = VIEWERS | {"finance"}
#: What a city set is read in its counties.
ABOVE_TOO = {role: reach for role, reach in BANKS_OF.items() if role != "discipline"}
DECIDED = OfOwnOrgan(view=VIEWERS, reach=ABOVE_TOO, homes=BANK_CHOOSERS.homes)

ALERTS: dict[str, Policy] = {
    **register(
        "alerts_alert",
        view=VIEWERS,
        pages=dict.fromkeys(["take", "close", "send-visit", "disagree"], KEEPERS)
        | {"hold": LEADER, "export": VIEWERS, "month": Rows(view=VIEWERS, post="405")},
    ),
    **register("alerts_scoreday", view=COUNTERS, pages={"counts": Rows(view=COUNTERS, post="405")}),
    **register("alerts_sign", view=VIEWERS, pages={"strike": KEEPERS}),
    **register(
        "alerts_runaway",
        view=VIEWERS,
        pages={"add": KEEPERS, "strike": KEEPERS, "proof": Rows(view=VIEWERS, post="405"), "export": VIEWERS},
    ),
    **register("alerts_search", view=VIEWERS, pages={"add": KEEPERS}),
    **register(
        "alerts_threshold",
        view=VIEWERS,
        reach=ABOVE_TOO,
        pages={"add": VIEWERS, **dict.fromkeys(["approve", "refuse"], DECIDED)},
    ),
    "admin:institutions_institution_risk-sign": Rows(view=READERS, roles=KEEPERS),
}
