"""Limits, contracts and payments for the authorization matrix: put somewhere, by nobody of the cast."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from contracts.enums import ContractState, LimitCode, LimitMeasure
from contracts.models import Consent, Contract, ContractFinding, ContractLimit, Invoice, Lesson, PartyOpening, Payment
from contracts.people import seal_name, sealed_party
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
    number = f"合-{place.relation}-{Contract.objects.count()}"
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


def payment(place: Place) -> Payment:
    return _paid(contract(place))


def loose_payment(place: Place) -> Payment:
    row = payment(place)
    row.contract = None
    row.save()
    return row


def _paid(of: Contract) -> Payment:
    row = Payment(
        jurisdiction=of.jurisdiction, institution=of.institution, contract=of, amount_fen=100, paid_on=of.signed_on,
        channel="other", told_by="bank", reference=f"LS-{Payment.objects.count()}", recorded_at=clock.now(),
    )  # fmt: skip
    seal_name(row, PEOPLE.guardian)
    row.save()
    return row


def invoice(place: Place) -> Invoice:
    of = contract(place)
    row = Invoice(
        jurisdiction=of.jurisdiction, institution=of.institution, contract=of, amount_fen=100, issued_on=of.signed_on,
        number=f"FP-{Invoice.objects.count()}", recorded_at=clock.now(),
    )  # fmt: skip
    seal_name(row, PEOPLE.guardian)
    row.save()
    return row


def lesson(place: Place) -> Lesson:
    of = contract(place)
    return Lesson.objects.create(
        jurisdiction=of.jurisdiction, institution=of.institution, contract=of, held_on=of.signed_on,
        recorded_at=clock.now(),
    )  # fmt: skip


def finding(place: Place) -> ContractFinding:
    of = contract(place)
    return ContractFinding.objects.create(
        jurisdiction=of.jurisdiction, institution=of.institution, contract=of, about=f"contract:{of.pk}", code="V12",
        level="yellow", words="合同比许可长", remedy="续办许可", found_on=of.signed_on,
    )  # fmt: skip
