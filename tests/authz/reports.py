"""Who reads KPIs: those who see aggregates of a whole bureau, and narrowed posts of what they may see; how rates are
printed, a bureau's second persons decide.
"""

from __future__ import annotations

from tests.authz.people import OFFICERS, READERS
from tests.authz.policies import OfOwnOrgan, Policy, Rows, register

VIEWERS = frozenset({"officer", "second_officer", "leader", "neighbour", "other_city", "city", "province"})
#: They see numbers of the records that they may see.
NARROWED = frozenset({"town", "culture"})
DECIDERS = frozenset({"leader", "city"})
#: A report speaks of a whole bureau: narrowed posts see none. It is kept and reviewed within its own organ.
REPORT_READERS = READERS - {"town", "culture"}
KEEPERS = OfOwnOrgan(
    view=REPORT_READERS,
    homes=dict.fromkeys(["officer", "second_officer"], frozenset({"own", "other_town", "other_category"}))
    | {role: frozenset({role}) for role in ("neighbour", "other_city", "city")},
)
OWN_DECIDERS = {"leader": frozenset({"own", "other_town", "other_category"}), "city": frozenset({"city"})}
REVIEWERS = OfOwnOrgan(view=REPORT_READERS, homes=OWN_DECIDERS)

REPORTS: dict[str, Policy] = {
    **register(
        "reports_ratiostyle",
        view=VIEWERS | NARROWED,
        pages={
            "set-style": DECIDERS,
            **dict.fromkeys(["dashboard", "board", "rows"], Rows(view=VIEWERS | NARROWED, post="405")),
            "take": VIEWERS | {"culture"},
        },
    ),
    **register(
        "reports_report",
        view=REPORT_READERS,
        pages={
            **dict.fromkeys(["prepare", "compose"], OFFICERS | {"city"}),
            "compare": Rows(view=REPORT_READERS, post="405"),
        }
        | {"workbook": REPORT_READERS, "revise": Rows(view=REPORT_READERS, roles=set())}
        | dict.fromkeys(["approve", "return"], REVIEWERS)
        | dict.fromkeys(["recount", "withdraw", "issue"], KEEPERS),
    ),
    **register("reports_reportplan", view=REPORT_READERS, pages={"set": DECIDERS, "end": REVIEWERS}),
}
