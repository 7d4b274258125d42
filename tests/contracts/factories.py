"""Fee limits, contracts and payments for tests, made through the operations as a bureau's people would."""

from __future__ import annotations

from datetime import date

from contracts.enums import LimitCode
from contracts.models import ContractLimit
from contracts.operations.limits import Wanted, approve_limit, propose_limit
from foundation.core.actor import Actor
from foundation.regions.models import Jurisdiction
from tests.cast import OWN, Cast
from tests.institutions.factories import AT

WANTED = Wanted(code=LimitCode.LESSONS_CAP, value=40, effective_from=date(2026, 12, 1), source="思教〔2026〕8号第三条")


def limit_proposed(by: Actor, wanted: Wanted = WANTED, *, place: str = OWN) -> ContractLimit:
    home = Jurisdiction.objects.get(code=place)
    return propose_limit(jurisdiction=home, wanted=wanted, reason="家长反映课时过多", by=by, at=AT)


def limit_in_force(cast: Cast, wanted: Wanted = WANTED) -> ContractLimit:
    return approve_limit(limit=limit_proposed(cast.officer, wanted), by=cast.leader, at=AT)
