"""Limits, contracts and payments for the authorization matrix: put somewhere, by nobody of the cast."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from contracts.enums import ContractState, LimitCode, LimitMeasure
from contracts.models import Consent, Contract, ContractLimit, PartyOpening
from contracts.people import sealed_party
from foundation.accounts.models import User
from foundation.core import clock
from tests.authz.register import institution
from tests.authz.relations import Place
from tests.cast import OWN as OWN_CODE
from tests.cast import organ
from tests.contracts.factories import PEOPLE, terms


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


def contract(place: Place, **given) -> Contract:
    """With its consent and its people."""
    at = clock.now()
    number = f"HT-{place.relation}-{Contract.objects.count()}"
    row = Contract.objects.create(
        jurisdiction=place.jurisdiction,
        institution=institution(place),
        state_at=at,
        recorded_at=at,
        **asdict(terms(number)) | given,
    )
    Consent.objects.create(
        contract=row, guardian_masked="陈某", text_version="2026-1", text_hash="0" * 64, given_on=row.signed_on,
        way="paper", recorded_on=row.signed_on, recorded_at=at,
    )  # fmt: skip
    sealed_party(row, PEOPLE).save(force_insert=True)
    return row


def closed_contract(place: Place) -> Contract:
    return contract(place, state=ContractState.ENDED, closed_on=date(2026, 11, 1))


def opening(place: Place) -> PartyOpening:
    at = clock.now()
    return PartyOpening.objects.create(
        contract=contract(place), purpose="核对退费收款人", asked_by=somebody(), asked_at=at, state_at=at
    )
