"""How people make each row of fund supervision refer to an institution, by the foreign key."""

from __future__ import annotations

from foundation.core import clock
from funds.enums import ExemptionKind, SupervisionMode
from funds.operations.accounts import set_mode
from funds.operations.proposals import propose_exemption, propose_minimum
from institutions.models import Institution
from tests.cast import Cast
from tests.funds.factories import agreed, opened


def _given(row: Institution, cast: Cast) -> dict[str, object]:
    return {"institution": row, "by": cast.officer, "at": clock.now(), "reason": "核实"}


REFERRING = {
    ("funds.SupervisedAccount", "institution"): lambda row, cast: opened(
        row, cast.officer, on=clock.today(), at=clock.now()
    ),
    ("funds.ModeEvent", "institution"): lambda row, cast: set_mode(
        mode=SupervisionMode.DEPOSIT, deposit_fen=100, effective_on=clock.today(), **_given(row, cast)
    ),
    ("funds.Agreement", "institution"): lambda row, cast: agreed(row, cast.officer, at=clock.now()),
    ("funds.MinimumBalance", "institution"): lambda row, cast: propose_minimum(
        amount_fen=100, effective_on=clock.today(), **_given(row, cast)
    ),
    ("funds.Exemption", "institution"): lambda row, cast: propose_exemption(
        kind=ExemptionKind.NO_FEES, from_on=clock.today(), until_on=clock.today(), **_given(row, cast)
    ),
}
