"""Who may do what with releases and refunds: officers prepare, their leader agrees, the bank sees what it is to pay."""

from __future__ import annotations

from functools import partial

from tests.authz.contracts import READ
from tests.authz.funds import AT_OWN_BANK, KEEPERS, VIEWERS
from tests.authz.people import READERS
from tests.authz.policies import Policy, Rows, register

LEADER = frozenset({"leader"})
PAYERS = KEEPERS | {"bank"}
KEPT, DECIDED = partial(Rows, view=VIEWERS, roles=KEEPERS), partial(Rows, view=VIEWERS, roles=LEADER)
#: Nothing was deposited for the contracts of the matrix, and no days of silence are over.
NOT_YET = "409"
_REFUND_STEPS = ("agree", "object", "settle", "decline", "pay", "withdraw")

PAYOUTS: dict[str, Policy] = {
    **register(
        "payouts_consumption",
        view=VIEWERS,
        pages=dict.fromkeys(("reached", "dispute", "uphold", "cancel"), KEPT()) | {"confirm": KEPT(post=NOT_YET)},
    ),
    **register(
        "payouts_release",
        view=VIEWERS | {"bank"},
        reach=AT_OWN_BANK,
        pages={"approve": LEADER, "refuse": LEADER, "pay": PAYERS, "fail": PAYERS, "export": VIEWERS},
    ),
    **register(
        "payouts_refund",
        view=VIEWERS,
        pages=dict.fromkeys(_REFUND_STEPS, KEPT())
        | {"silence": KEPT(post=NOT_YET), "approve": DECIDED(post=NOT_YET), "export": VIEWERS},
    ),
    **register("payouts_hold", view=VIEWERS, pages={"end": LEADER, "export": VIEWERS}),
    **dict.fromkeys(
        [f"admin:contracts_contract_{slug}" for slug in ("tell-lessons", "ask-refund", "money-slips")],
        Rows(view=READ, roles=KEEPERS),
    ),
    # no fee lies on an account, no slip was given: there is nothing to issue or stop
    **dict.fromkeys(
        [f"admin:contracts_contract_{slug}" for slug in ("money-slip", "stop-money-slip")], Rows(view=READ, roles=set())
    ),
    "admin:contracts_payment_deposit": Rows(view=READ, roles=KEEPERS),
    "admin:institutions_institution_release": Rows(view=READERS, roles=KEEPERS, post=NOT_YET),
    "admin:institutions_institution_hold-releases": Rows(view=READERS, roles=LEADER),
}
