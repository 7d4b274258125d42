"""The matrix of contracts and payments: the bureaus' own people; never banks, regulators, towns or departments."""

from __future__ import annotations

from tests.authz.people import DECIDERS, GIVERS, OFFICERS, READERS
from tests.authz.policies import Policy, Rows, register
from tests.authz.relations import Objects
from tests.contracts import placed

#: Counties' officers and leaders, the city, the province: whoever reads contracts also sets limits, or decides on them.
READ = GIVERS

CONTRACTS: dict[str, Policy] = {
    **register(
        "contracts_contractlimit",
        view=READ,
        pages=dict.fromkeys(["propose", "approve", "refuse"], READ) | {"here": Rows(view=READ, post="405")},
    ),
    **register(
        "contracts_contract",
        view=READ,
        pages=dict.fromkeys(["end", "terminate", "ask-party", "destroy-party"], OFFICERS)
        | dict.fromkeys(["record-payment", "record-invoice", "record-lesson"], OFFICERS)
        | {"coverage": Rows(view=READ, post="405"), "export": READ},
    ),
    **register("contracts_payment", view=READ, pages={"link": OFFICERS, "export": READ}),
    **register("contracts_invoice", view=READ, pages={"export": READ}),
    **register("contracts_lesson", view=READ),
    **register("contracts_contractfinding", view=READ),
    **register(
        "contracts_partyopening",
        view=READ,
        pages={**dict.fromkeys(["allow", "refuse"], DECIDERS), "read": set()},  # only whoever asked may read
    ),
    "admin:institutions_institution_sign-contract": Rows(view=READERS, roles=OFFICERS),
}

OBJECTS: dict[str, Objects] = {
    "admin:contracts_contractlimit": Objects(placed.limit),
    "admin:contracts_contract": Objects(placed.contract),
    "admin:contracts_contract_destroy-party": Objects(placed.closed_contract),
    "admin:contracts_partyopening": Objects(placed.opening),
    "admin:contracts_payment": Objects(placed.payment),
    "admin:contracts_payment_link": Objects(placed.loose_payment),
    "admin:contracts_invoice": Objects(placed.invoice),
    "admin:contracts_lesson": Objects(placed.lesson),
    "admin:contracts_contractfinding": Objects(placed.finding),
}
