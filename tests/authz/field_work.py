"""The matrix of those who go out and look: clues, inspections, supervisors."""

from __future__ import annotations

from tests.authz.cases import CASES
from tests.authz.people import (
    ASKED_BY_CITY,
    BELOW,
    CALLED_BY_TOWN,
    CITY_ALONE,
    CLUE_HANDLERS,
    CLUE_READERS,
    DECIDERS,
    DESK,
    DRAWERS,
    EVERYWHERE,
    LAYERS,
    OFFICERS,
    OWN_INTERESTS,
    PLANNERS,
    READ_BELOW,
    READERS,
    RUNNERS,
    SUPERVISOR_READERS,
    TASKS,
)
from tests.authz.policies import OfOwnOrgan, Policy, Rows, register

LED_BY_OWN_ORGAN = OfOwnOrgan(
    view=READERS,
    homes=dict.fromkeys(["officer", "second_officer"], frozenset({"own", "other_town", "other_category"}))
    | {role: frozenset({role}) for role in ("neighbour", "other_city", "city")},
)

FIELD_WORK: dict[str, Policy] = {
    # -- clues -----------------------------------------------------------------------------------------------------
    **register(
        "clues_clue",
        view=CLUE_READERS,
        pages={"export": CLUE_READERS, "evidence": Rows(view=CLUE_READERS, get="404", post="405")}
        | dict.fromkeys(["take-in", "start-checking", "close", "points"], CLUE_HANDLERS)
        | dict.fromkeys(["accept", "refuse", "hand-over", "give-back", "merge", "ask-check"], CLUE_HANDLERS)
        | dict.fromkeys(["answer-sender", "ask-sender", "call-back"], CLUE_HANDLERS)
        | dict.fromkeys(["tag", "tag-many", "untag"], CLUE_READERS),
    ),
    **register(
        "clues_senderopening",
        view=CLUE_READERS,
        pages={**dict.fromkeys(["allow", "refuse"], DECIDERS), "read": set()},  # only whoever asked may read
    ),
    **register(
        "clues_whistle",
        view=TASKS,
        reach=CALLED_BY_TOWN,
        pages={"blow": {"town"}, "report-in": {"culture"}, "end": {"town"}, "withdraw": {"town"}},
    ),
    **register(
        "clues_sighting",
        view=CLUE_READERS,
        pages={
            "screen": CLUE_HANDLERS,
            "export": CLUE_READERS,
            **dict.fromkeys(["remove", "remove-many"], CLUE_HANDLERS),
        },
    ),
    "admin:clues_clue_describe-advert": Rows(view=CLUE_READERS, roles=CLUE_HANDLERS),
    **register(
        "clues_advertrule",
        view=CLUE_READERS | {"province"},
        reach=EVERYWHERE,
        pages={"add-rule": {"province"}, "revise": {"province"}, "end": {"province"}},
    ),
    "admin:institutions_institution_report-clue": Rows(view=READERS, roles=OFFICERS | {"city", "town", "culture"}),
    "admin:institutions_unlicensedsite_report-clue": Rows(view=READERS, roles=OFFICERS | {"city", "town", "culture"}),
    # -- inspections -----------------------------------------------------------------------------------------------
    **register(
        "inspections_visit",
        view=READERS,
        pages={
            "coverage": Rows(view=READERS, post="405"),
            "analysis": Rows(view=READERS, post="405"),
            "unvisited": Rows(view=READERS, post="405"),
            "export": READERS - {"town"},
            "void": {"leader", "city"},
            "site-record": LED_BY_OWN_ORGAN,
            **dict.fromkeys(["tag", "tag-many", "untag"], DESK | {"city"}),
            "joint-outcome": PLANNERS,
        },
    ),
    **register(
        "inspections_finding",
        view=READERS,
        pages={"export": READERS - {"town"}, **dict.fromkeys(["confirm", "dismiss"], OFFICERS | {"city"})},
    ),
    "admin:institutions_institution_visit": Rows(view=READERS, roles=DESK),
    "admin:institutions_unlicensedsite_visit": Rows(view=READERS, roles=DESK),
    **register("inspections_checklist", view=READERS, reach=BELOW, pages={"add": LAYERS, "next-version": LAYERS}),
    **register(
        "inspections_checklistversion",
        view=READERS,
        reach=BELOW,
        pages=dict.fromkeys(["publish", "item", "section"], LAYERS),
    ),
    **register("inspections_checklistitem", view=READERS, reach=BELOW, pages=dict.fromkeys(["edit", "remove"], LAYERS)),
    # -- inspections: draws ----------------------------------------------------------------------------------------
    **register(
        "inspections_draw",
        view=READERS,
        pages=dict.fromkeys(["plan", "edit", "exclude", "include", "freeze", "discard", "draw"], DRAWERS)
        | dict.fromkeys(["finish-check", "publish-results", "close", "ask-void", "redraw"], DRAWERS)
        | {"notice": OFFICERS}  # in the name of the bureau that drew
        | dict.fromkeys(["agree-void", "refuse-void"], DECIDERS),
    ),
    **register("inspections_drawnobject", view=READERS, pages=dict.fromkeys(["result", "pair"], DRAWERS)),
    **register("inspections_interestdeclaration", view=READERS, reach=OWN_INTERESTS, pages={"end": DRAWERS}),
    "admin:institutions_institution_declare-interest": Rows(
        view=READERS, roles=DRAWERS | {"leader", "town", "culture"}
    ),
    # -- inspections: totals ---------------------------------------------------------------------------------------
    **register(
        "inspections_historicaltotal",
        view=READERS - {"town", "culture"},  # a total speaks of a whole bureau: narrowed posts see none
        pages={
            "enter": OFFICERS | {"city"},
            "export": READERS - {"town", "culture"},
            **dict.fromkeys(["confirm", "return", "void"], DECIDERS),
            **dict.fromkeys(["resubmit", "withdraw"], OFFICERS | {"city"}),
        },
    ),
    # -- inspections: campaigns and patrols ------------------------------------------------------------------------
    **register(
        "inspections_campaign",
        view=READERS,
        reach=BELOW,
        pages={
            **dict.fromkeys(["draft", "start", "close", "unit", "paper", "edit", "list-targets"], RUNNERS),
            "return": OFFICERS,  # by the organ that leads it or takes part
            "sheet": OFFICERS | {"city"},
            "rows": Rows(view=READERS, reach=BELOW, post="405"),
            "statistics": READERS - {"town"},
        },
    ),
    **register(
        "inspections_campaigntarget",
        view=READERS,
        pages={"recheck": DESK | {"city"}, "drop": RUNNERS, "restore": RUNNERS},
    ),
    **register("inspections_campaignunit", view=READERS, reach=BELOW, pages={"end": RUNNERS}),
    **register("inspections_campaignpaper", view=READERS, reach=BELOW, pages={"attach": RUNNERS}),
    **register("inspections_paperfile", view=READERS, reach=BELOW, pages={"take": READERS}),
    "admin:institutions_institution_name-target": Rows(view=READERS, roles=RUNNERS),
    "admin:institutions_unlicensedsite_name-target": Rows(view=READERS, roles=RUNNERS),
    **register(
        "inspections_shift",
        view=READERS,
        pages={
            "plan": PLANNERS | {"town"},
            "calendar": Rows(view=READERS, post="405"),
            "ledger": READERS - {"town"},
            **dict.fromkeys(["begin", "finish", "add-group", "edit", "cancel"], PLANNERS),
        },
    ),
    **register(
        "inspections_patrolgroup",
        view=READERS,
        pages={"visit": OFFICERS, **dict.fromkeys(["edit", "remove", "attendance"], PLANNERS)},
    ),
    # -- enforcement -----------------------------------------------------------------------------------------------
    **{
        f"admin:inspections_visit_order-{kind}": Rows(view=READERS, roles=OFFICERS | {"city"})
        for kind in ("rectify", "stop", "on-spot")
    },
    **register(
        "enforcement_order",
        view=READERS,
        pages={"export": READERS - {"town"}, "void": LED_BY_OWN_ORGAN, "recheck-record": LED_BY_OWN_ORGAN}
        | dict.fromkeys(["serve", "proof", "accept", "refuse", "extend", "escalate", "tag"], OFFICERS | {"city"})
        | dict.fromkeys(["slip", "stop-slip"], OFFICERS | {"city"}),
    ),
    **register(
        "enforcement_interview",
        view=READERS,
        pages={"plan": OFFICERS | {"city"}, **dict.fromkeys(["hold", "cancel"], LED_BY_OWN_ORGAN)},
    ),
    **register(
        "enforcement_interviewparty",
        view=READERS,
        pages={"export": READERS - {"town"}, "drop": LED_BY_OWN_ORGAN}
        | dict.fromkeys(["fixed", "slip", "stop-slip", "report"], OFFICERS | {"city"}),
    ),
    **register("enforcement_studyvisit", view=READERS),
    **register(
        "enforcement_removalitem",
        view=READERS,
        pages={
            "figures": Rows(view=READERS, post="405"),
            "export": READERS - {"town"},
            **dict.fromkeys(["tag", "void"], LED_BY_OWN_ORGAN),
        },
    ),
    **dict.fromkeys(
        [f"admin:institutions_institution_{slug}" for slug in ("flag-adverts", "unflag-adverts")],
        Rows(view=READERS, roles=OFFICERS),
    ),
    **dict.fromkeys(
        [f"admin:institutions_institution_{slug}" for slug in ("summon", "summon-many", "study-visit")],
        Rows(view=READERS, roles=OFFICERS | {"city"}),
    ),
    **CASES,
    # -- supervisors -----------------------------------------------------------------------------------------------
    **register(
        "supervisors_supervisor",
        view=SUPERVISOR_READERS,
        pages={
            "overview": Rows(view=SUPERVISOR_READERS, post="405"),
            "visits": Rows(view=SUPERVISOR_READERS, post="405"),
            "month": Rows(view=SUPERVISOR_READERS, post="405"),
            "export": SUPERVISOR_READERS,
        }
        | dict.fromkeys(["report", "review", "renew", "area", "resign", "dismiss"], CITY_ALONE),
    ),
    **register("supervisors_monthlyduty", view=SUPERVISOR_READERS, pages={"export": SUPERVISOR_READERS}),
    **register(
        "supervisors_recruitment",
        view=SUPERVISOR_READERS,
        reach=ASKED_BY_CITY,
        pages={"open": {"city"}, "nominate": {"officer", "second_officer"}}
        | dict.fromkeys(["quotas", "duty", "end-nomination", "start-publicity", "finish", "cancel"], CITY_ALONE),
    ),
    **register(
        "supervisors_candidate",
        view=SUPERVISOR_READERS,
        pages={"withdraw": OFFICERS, "portrait": OFFICERS | {"city"}, "export": SUPERVISOR_READERS}
        | dict.fromkeys(["pass", "reject", "appoint", "objection", "strike"], CITY_ALONE),
    ),
    **register(
        "supervisors_objection",
        view={"city"},
        pages={"uphold": {"city"}, "dismiss": {"city"}},
        reach={"city": frozenset({"own"})},
    ),
    **register(
        "supervisors_feedback",
        view=SUPERVISOR_READERS,
        pages={"answer": OFFICERS | {"city"}, "convert": OFFICERS | {"city"}, "export": SUPERVISOR_READERS},
    ),
    **register(
        "supervisors_proposal", view=SUPERVISOR_READERS, pages={"decide": {"city"}, "export": SUPERVISOR_READERS}
    ),
    **register("supervisors_cluetask", view=CLUE_READERS, pages={"cancel": CLUE_READERS - {"leader"}}),
    "admin:clues_clue_assign-supervisor": Rows(view=CLUE_READERS, roles=CLUE_HANDLERS),
    **register("supervisors_publicityactivity", view=SUPERVISOR_READERS, pages={"export": SUPERVISOR_READERS}),
    **register("supervisors_training", view=SUPERVISOR_READERS, pages={"hold": {"city"}, "attendance": {"city"}}),
    **register("supervisors_quiz", view=SUPERVISOR_READERS, pages={"make": {"city"}}),
    **register("supervisors_libraryitem", view=SUPERVISOR_READERS, reach=READ_BELOW, pages={"publish": {"city"}}),
}
