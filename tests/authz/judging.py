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
            "file": PROPOSERS,
            **dict.fromkeys(["slip", "stop-slip", "repair-slip", "stop-repair-slip"], PROPOSERS),
            **dict.fromkeys(["repair", "pass-repair", "refuse-repair", "propose-removal"], PROPOSERS),
            **dict.fromkeys(["approve", "reject", "approve-removal", "reject-removal", "approve-many"], DECIDERS),
        },
    ),
    **register("listings_edition", view=READERS, reach=EVERYWHERE, pages={"notice": PROPOSERS}),
    **register(
        "listings_rating",
        view=READERS,
        pages={
            **dict.fromkeys(["confirm", "object", "confirm-many"], PROPOSERS | DECIDERS),
            **dict.fromkeys(["propose-grade", "publish", "propose-many"], DECIDERS),
            **dict.fromkeys(["again", "file", "dispute", "slip", "stop-slip", "slips"], PROPOSERS),
            "answer-dispute": PROPOSERS | DECIDERS,
        },
    ),
    **register("listings_ratingrun", view=READERS, pages={"start": PROPOSERS}),
    **register("listings_rubric", view=READERS, reach=EVERYWHERE, pages={"make": DECIDERS | {"province"}}),
    **register("listings_checkyear", view=READERS, pages={"open": PROPOSERS}),
    **register(
        "listings_annualcheck",
        view=READERS,
        pages=dict.fromkeys(["report", "review", "send-back", "visit", "conclude", "finish"], PROPOSERS)
        | dict.fromkeys(["slip", "stop-slip", "slips"], PROPOSERS)
        | dict.fromkeys(["announce", "reconsider"], DECIDERS),
    ),
    **register("listings_listrule", view=READERS, reach=EVERYWHERE, pages={"set": DECIDERS | {"province"}}),
    **{
        f"admin:institutions_institution_propose-{what}": Rows(view=READERS, roles=PROPOSERS)
        for what in ("white", "black", "other", "white-many")
    },
}
