"""Who may do what in after-school services: schools and counties report, counties select, terms come from above."""

from __future__ import annotations

from tests.authz.people import OFFICERS, READERS
from tests.authz.policies import Policy, Rows, register
from tests.authz.relations import OWN

VIEWERS = OFFICERS | {"leader", "city", "province", "discipline"}
LEADER = frozenset({"leader"})
TERM_KEEPERS = frozenset({"city", "province"})
#: Terms are the same for everybody.
ALL_TERMS = dict.fromkeys(VIEWERS, frozenset({OWN}))

AFTERSCHOOL: dict[str, Policy] = {
    "admin:institutions_institution_afterschool": Rows(view=READERS, roles=OFFICERS),
    **register(
        "afterschool_participation",
        view=VIEWERS,
        pages={"record": OFFICERS, "overview": Rows(view=VIEWERS, post="405"), "export": VIEWERS}
        | dict.fromkeys(["correct", "strike"], OFFICERS),
    ),
    **register("afterschool_offering", view=VIEWERS, pages={"offer": OFFICERS, "void": OFFICERS, "export": VIEWERS}),
    **register("afterschool_block", view=VIEWERS, pages=dict.fromkeys(["add", "rename", "close"], OFFICERS)),
    **register("afterschool_term", view=VIEWERS, pages={"register": TERM_KEEPERS}, reach=ALL_TERMS),
    **register("afterschool_provider", view=VIEWERS, pages=dict.fromkeys(["add", "propose"], OFFICERS)),
    **register(
        "afterschool_selection",
        view=VIEWERS,
        pages=dict.fromkeys(["approve", "refuse", "end"], LEADER) | {"export": VIEWERS},
    ),
    **register("afterschool_selectionround", view=VIEWERS, pages={"open": OFFICERS}),
}
