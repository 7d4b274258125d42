"""The matrix of contracts and payments: the bureaus' own people; never banks, regulators, towns or departments."""

from __future__ import annotations

from tests.authz.people import GIVERS
from tests.authz.policies import Policy, register
from tests.authz.relations import Objects
from tests.contracts import placed

#: Counties' officers and leaders, the city, the province: whoever reads contracts also sets limits, or decides on them.
READ = GIVERS

CONTRACTS: dict[str, Policy] = {
    **register(
        "contracts_contractlimit", view=READ, pages=dict.fromkeys(["here", "propose", "approve", "refuse"], READ)
    ),
}

OBJECTS: dict[str, Objects] = {
    "admin:contracts_contractlimit": Objects(placed.limit),
}
