"""Who may do what with bank files: handed in by the bank's clerk or the bureau that chose the bank."""

from __future__ import annotations

from tests.authz.funds import AT_OWN_BANK, BANK_CHOOSERS, BANK_KEEPERS, KEEPERS, LEADER, VIEWERS
from tests.authz.policies import Policy, Public, register

HANDERS_IN = KEEPERS | {"leader", "city", "bank"}

BANKING: dict[str, Policy] = {
    **register(
        "banking_bankfile",
        view=VIEWERS | {"bank"},
        reach=AT_OWN_BANK,
        pages={"hand-in": HANDERS_IN, "take": HANDERS_IN, "export": VIEWERS},
    ),
    **register("banking_accountday", view=VIEWERS | {"bank"}, reach=AT_OWN_BANK),
    **register("banking_bankline", view=VIEWERS | {"bank"}, reach=AT_OWN_BANK, pages={"export": VIEWERS}),
    **register("banking_monthstatement", view=VIEWERS | {"bank"}, reach=AT_OWN_BANK),
    "admin:funds_bank_file-layout": BANK_KEEPERS,
    **register(
        "banking_difference", view=VIEWERS, pages=dict.fromkeys(["tie", "explain"], KEEPERS) | {"export": VIEWERS}
    ),
    **register("banking_daycheck", view=VIEWERS, pages=dict.fromkeys(["sign", "sign-many"], LEADER)),
    "admin:funds_bank_callback-key": BANK_CHOOSERS,
    "admin:funds_bank_end-callback-keys": BANK_CHOOSERS,
    "banking:callbacks": Public(get="405", post="login"),  # the signature decides: 401 without
}
