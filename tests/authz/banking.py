"""Who may do what with bank files: handed in by the bank's clerk or the bureau that chose the bank."""

from __future__ import annotations

from tests.authz.funds import AT_OWN_BANK, BANK_KEEPERS, KEEPERS, VIEWERS
from tests.authz.policies import Policy, register

HANDERS_IN = KEEPERS | {"leader", "city", "bank"}

BANKING: dict[str, Policy] = {
    **register(
        "banking_bankfile",
        view=VIEWERS | {"bank"},
        reach=AT_OWN_BANK,
        pages={"hand-in": HANDERS_IN, "take": HANDERS_IN},
    ),
    **register("banking_accountday", view=VIEWERS | {"bank"}, reach=AT_OWN_BANK),
    **register("banking_bankline", view=VIEWERS | {"bank"}, reach=AT_OWN_BANK),
    "admin:funds_bank_file-layout": BANK_KEEPERS,
}
