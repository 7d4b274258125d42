"""The matrix of what judges collected evidence: lists, ratings, the annual check."""

from __future__ import annotations

from tests.authz.people import DECIDERS, PROPOSERS, READERS
from tests.authz.policies import Policy, Rows, register

#: Rows that lie nowhere: published, or how the lists are kept.
EVERYWHERE = dict.fromkeys(READERS, frozenset({"own"}))

JUDGING: dict[str, Policy] = {
    **register(
        "listings_listentry",
        view=READERS,
        pages={
            **dict.fromkeys(["notify", "serve", "defence", "waive", "close-window"], PROPOSERS),
            **dict.fromkeys(["repair", "pass-repair", "refuse-repair", "propose-removal"], PROPOSERS),
            **dict.fromkeys(["approve", "reject", "approve-removal", "reject-removal", "approve-many"], DECIDERS),
        },
    ),
    **register("listings_edition", view=READERS, reach=EVERYWHERE),
    **register("listings_listrule", view=READERS, reach=EVERYWHERE, pages={"set": DECIDERS | {"province"}}),
    **{
        f"admin:institutions_institution_propose-{what}": Rows(view=READERS, roles=PROPOSERS)
        for what in ("white", "black", "other", "white-many")
    },
}
