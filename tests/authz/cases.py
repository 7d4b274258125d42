"""Who may do what in cases: prepared by the officers of the organ, reviewed by its lawyers, approved by its head."""

from __future__ import annotations

from tests.authz.people import CLUE_HANDLERS, CLUE_READERS, OFFICERS, READERS
from tests.authz.policies import COUNTY, OfOwnOrgan, Policy, Rows, register

VIEWERS = COUNTY | {"neighbour", "other_city", "city", "discipline"}
_OWN = frozenset({"own", "other_town", "other_category"})
HANDLED = OfOwnOrgan(
    view=VIEWERS,
    homes=dict.fromkeys(["officer", "second_officer"], _OWN)
    | {role: frozenset({role}) for role in ("neighbour", "other_city")},
)
APPROVED = OfOwnOrgan(view=VIEWERS, homes={"leader": _OWN})
REVIEWED = OfOwnOrgan(view=VIEWERS, homes={"legal": _OWN})

#: The law is the same for everybody.
ANYWHERE = dict.fromkeys(VIEWERS | {"province"}, frozenset({"own"}))

CASES: dict[str, Policy] = {
    **{
        f"admin:{label}_case": Rows(view=READERS, roles=OFFICERS)
        for label in (
            "inspections_visit",
            "enforcement_order",
            "institutions_institution",
            "institutions_unlicensedsite",
        )
    },
    "admin:clues_clue_case": Rows(view=CLUE_READERS, roles=OFFICERS & CLUE_READERS),
    **register(
        "cases_case",
        view=VIEWERS,
        pages={
            "export": VIEWERS,
            **dict.fromkeys(["approve", "decline", "decide", "send-back", "close", "keep-open", "extend"], APPROVED),
            **dict.fromkeys(["pass", "return"], REVIEWED),
            **dict.fromkeys(["sheet", "evidence", "question", "preserve", "dispose", "conclude"], HANDLED),
            **dict.fromkeys(["notify", "serve", "statement", "answer", "call-hearing", "hold-hearing"], HANDLED),
            **dict.fromkeys(["slip", "stop-slip"], HANDLED),
            **dict.fromkeys(["end-say", "propose", "reopen", "decision-paper", "fulfil", "ask-close"], HANDLED),
            **dict.fromkeys(["archive", "publish", "unpublish", "overturn", "officer", "tag"], HANDLED),
        },
    ),
    # -- matters: whoever reads a record reads its matter --------------------------------------------------------------
    "admin:clues_clue_matter": Rows(view=CLUE_READERS, post="405"),
    "admin:clues_clue_link-check": Rows(view=CLUE_READERS, roles=CLUE_HANDLERS),
    "admin:cases_case_matter": Rows(view=VIEWERS, post="405"),
    **dict.fromkeys(
        [
            *("admin:inspections_visit_matter", "admin:enforcement_order_matter"),
            *("admin:listings_listentry_matter", "admin:documents_document_matter"),
        ],
        Rows(view=READERS, post="405"),
    ),
    **register("cases_evidencefile", view=VIEWERS, pages={"take": VIEWERS}),
    **register("cases_violation", view=VIEWERS | {"province"}, reach=ANYWHERE, pages={"word": {"province"}}),
}
