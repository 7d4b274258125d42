"""Fee limits, contracts and payments for tests, made through the operations as a bureau's people would."""

from __future__ import annotations

from datetime import date

from contracts.enums import BoughtVia, ConsentWay, Delivery, FeeCategory, LimitCode
from contracts.models import Contract, ContractFinding, ContractLimit, Invoice, Lesson, PartyOpening, Payment
from contracts.operations.contracts import Agreed, Terms, sign_contract
from contracts.operations.limits import Wanted, approve_limit, propose_limit
from contracts.operations.money import Invoiced, Paid, Taken, record_invoice, record_lesson, record_payment
from contracts.operations.parties import allow_party, ask_for_party
from contracts.people import People
from foundation.core.actor import Actor
from foundation.regions.models import Jurisdiction
from institutions.models import Institution
from tests.cast import OWN, Cast
from tests.institutions.factories import AT

WANTED = Wanted(code=LimitCode.LESSONS_CAP, value=40, effective_from=date(2026, 12, 1), source="思教〔2026〕8号第三条")


def limit_proposed(by: Actor, wanted: Wanted = WANTED, *, place: str = OWN) -> ContractLimit:
    home = Jurisdiction.objects.get(code=place)
    return propose_limit(jurisdiction=home, wanted=wanted, reason="家长反映课时过多", by=by, at=AT)


def limit_in_force(cast: Cast, wanted: Wanted = WANTED) -> ContractLimit:
    return approve_limit(limit=limit_proposed(cast.officer, wanted), by=cast.leader, at=AT)


def terms(number: str = "HT001", **given) -> Terms:
    """Dance for primary pupils: 30 lessons of 80 yuan, lump sum, from next week on."""
    facts = {
        "number": number, "course_name": "少儿舞蹈", "category": FeeCategory.NON_SUBJECT,
        "delivery": Delivery.OFFLINE, "lessons": 30, "unit_price_fen": 8000, "total_fen": 240000,
        "signed_on": date(2026, 10, 20), "starts_on": date(2026, 11, 7), "ends_on": date(2027, 1, 30),
        "on_model_contract": True, "bought_via": BoughtVia.APP, "refund_window_days": 7, **given,
    }  # fmt: skip
    return Terms(**facts)


PEOPLE = People(
    pupil="陈小满", guardian="陈大志", phone="13900000001", relation="父亲", school="演示小学", grade="三年级"
)
AGREED = Agreed(version="2026-1", given_on=date(2026, 10, 20), way=ConsentWay.PAPER)


def signed(by: Actor, home: Institution, number: str = "HT001", *, people: People = PEOPLE, **given) -> Contract:
    return sign_contract(institution=home, terms=terms(number, **given), people=people, agreed=AGREED, by=by, at=AT)


def opening_allowed(cast: Cast, contract: Contract, *, hours: int = 2) -> PartyOpening:
    opening = ask_for_party(contract=contract, purpose="核对退费收款人", by=cast.officer, at=AT)
    return allow_party(opening=opening, hours=hours, by=cast.leader, at=AT)


def paid(by: Actor, home: Institution, *, contract: Contract | None = None, **given) -> Payment:
    """The whole price by the guardian, on the day of signing."""
    facts = {
        "payer": PEOPLE.guardian, "amount_fen": 240000, "paid_on": date(2026, 10, 20), "lessons": 30,
        "reference": f"LS{Payment.objects.count() + 1}", "contract_no": contract.number if contract else "", **given,
    }  # fmt: skip
    return record_payment(institution=home, paid=Paid(**facts), by=by, at=AT)


def invoiced(by: Actor, home: Institution, *, contract: Contract | None = None, **given) -> Invoice:
    facts = {
        "buyer": PEOPLE.guardian, "amount_fen": 240000, "issued_on": date(2026, 10, 21),
        "number": f"FP{Invoice.objects.count() + 1}", "contract_no": contract.number if contract else "", **given,
    }  # fmt: skip
    return record_invoice(institution=home, invoiced=Invoiced(**facts), by=by, at=AT)


def taught(by: Actor, contract: Contract, **given) -> Lesson:
    return record_lesson(contract=contract, taken=Taken(**{"held_on": date(2026, 11, 1), **given}), by=by, at=AT)


def found_late(by: Actor, home: Institution) -> ContractFinding:
    """A payment without contract or invoice for longer than it may be."""
    return ContractFinding.objects.get(payment=paid(by, home))
