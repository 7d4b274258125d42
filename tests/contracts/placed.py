"""Limits, contracts and payments for the authorization matrix: put somewhere, by nobody of the cast."""

from __future__ import annotations

from datetime import date

from contracts.enums import LimitCode, LimitMeasure
from contracts.models import ContractLimit
from foundation.accounts.models import User
from foundation.core import clock
from tests.authz.relations import Place
from tests.cast import OWN as OWN_CODE
from tests.cast import organ


def somebody() -> User:
    """Who did it: nobody of the cast."""
    made = {"name": "别人", "organ": organ(OWN_CODE), "password": "!"}
    return User.objects.get_or_create(username="contracts-somebody", defaults=made)[0]


def limit(place: Place) -> ContractLimit:
    return ContractLimit.objects.create(
        code=LimitCode.LESSONS_CAP,
        jurisdiction=place.jurisdiction,
        value=40,
        measure=LimitMeasure.LESSON,
        source="文件",
        reason="统一标准",
        effective_from=date(2027, 1, 1),
        proposed_by=somebody(),
        state_at=clock.now(),
    )
