"""Who may do what in fund supervision: kept by county officers, approved by their leaders, banks chosen above too."""

from __future__ import annotations

from tests.authz.people import OFFICERS, READERS
from tests.authz.policies import OfOwnOrgan, Policy, Rows, register
from tests.authz.relations import CITY, NEIGHBOUR, OTHER_CATEGORY, OTHER_CITY, OTHER_TOWN, OWN

KEEPERS = OFFICERS
LEADER = frozenset({"leader"})
VIEWERS = KEEPERS | {"leader", "city", "discipline"}
#: The rates are read with aggregates alone, by county and without rows.
RATE_READERS = VIEWERS | {"province", "finance"}
_COUNTY = frozenset({OWN, OTHER_TOWN, OTHER_CATEGORY})
_CITY = _COUNTY | {NEIGHBOUR, CITY}
#: What a city chose is seen in its counties.
BANKS_OF = {
    **dict.fromkeys(["officer", "second_officer", "leader"], _COUNTY | {CITY}),
    "neighbour": frozenset({NEIGHBOUR, CITY}),
    "other_city": frozenset({OTHER_CITY}),
    **dict.fromkeys(["city", "discipline"], _CITY),
}
BANK_CHOOSERS = OfOwnOrgan(view=VIEWERS, reach=BANKS_OF, homes={"leader": _COUNTY, "city": _CITY})
BANK_KEEPERS = OfOwnOrgan(
    view=VIEWERS,
    reach=BANKS_OF,
    homes=BANK_CHOOSERS.homes
    | dict.fromkeys(["officer", "second_officer"], _COUNTY)
    | {"neighbour": frozenset({NEIGHBOUR}), "other_city": frozenset({OTHER_CITY})},
)
#: The door of a bank's clerk: what lies with the own bank (the account of ``own``), and nothing else.
AT_OWN_BANK = {"bank": frozenset({OWN})}

FUNDS: dict[str, Policy] = {
    "admin:institutions_institution_funds": Rows(view=READERS, roles=VIEWERS, post="405"),
    **{
        f"admin:institutions_institution_{slug}": Rows(view=READERS, roles=KEEPERS)
        for slug in ("account", "mode", "minimum", "exemption", "tripartite", "flag", "unflag", "obstacle")
    },
    **register(
        "funds_supervisedaccount",
        view=VIEWERS | {"bank"},
        reach=AT_OWN_BANK,
        pages={"close": KEEPERS, "flag-many": KEEPERS, "export": VIEWERS}
        | dict.fromkeys(["overview", "institutions"], Rows(view=VIEWERS | {"bank"}, roles=VIEWERS, post="405")),
    ),
    **register(
        "funds_agreement",
        view=VIEWERS | {"bank"},
        reach=AT_OWN_BANK,
        pages=dict.fromkeys(["paper", "sign", "renew", "terminate"], KEEPERS) | {"export": VIEWERS},
    ),
    **register("funds_fundsfile", view=VIEWERS | {"bank"}, reach=AT_OWN_BANK, pages={"take": VIEWERS | {"bank"}}),
    **register(
        "funds_flagevent",
        view=RATE_READERS,
        reach=dict.fromkeys(["province", "finance"], frozenset()),
        pages={
            "rates": Rows(view=RATE_READERS, post="405"),
            "institutions": Rows(view=RATE_READERS, roles=VIEWERS, post="405"),
            "push": KEEPERS | {"leader", "city"},
            "strike": KEEPERS,
            "export": RATE_READERS - {"finance"},
        },
    ),
    # -- the books: read, never written
    "admin:institutions_institution_books": Rows(view=READERS, roles=VIEWERS, post="405"),
    **register("ledger_purse", view=VIEWERS),
    **register("ledger_entry", view=VIEWERS, pages={"roots": Rows(view=VIEWERS, post="405")}),
    **register("funds_push", view=VIEWERS),
    **register(
        "funds_obstacle",
        view=VIEWERS,
        pages={"add": KEEPERS, "close": KEEPERS, "by-kind": Rows(view=VIEWERS, post="405"), "export": VIEWERS},
    ),
    **register("funds_admintraining", view=VIEWERS, pages={"add": VIEWERS - {"discipline"}}),
    **register("funds_minimumbalance", view=VIEWERS, pages=dict.fromkeys(["approve", "refuse"], LEADER)),
    **register(
        "funds_exemption", view=VIEWERS, pages=dict.fromkeys(["approve", "refuse", "end"], LEADER) | {"export": VIEWERS}
    ),
    **register(
        "funds_bank",
        view=VIEWERS,
        reach=BANKS_OF,
        pages={"add": VIEWERS - {"discipline"}, "edit": BANK_KEEPERS, "status": BANK_CHOOSERS},
    ),
}
