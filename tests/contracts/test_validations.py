"""V01-V06, V09, V10, V12, V13 on hand-worked examples: each just inside and just outside its limit."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, time, timedelta

import pytest

from contracts.enums import Delivery, FeeCategory, FindingCode, LimitCode, Verdict
from contracts.limits import LimitBook
from contracts.models import Contract, ContractFinding, Lesson, Payment
from contracts.operations.contracts import end_contract
from contracts.operations.limits import Wanted
from contracts.operations.money import link_payment
from contracts.people import People
from contracts.validations import Case, found_in
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.deadlines import working_days
from foundation.regions.models import Jurisdiction
from institutions.operations.premises import add_permit
from tests.cast import OWN
from tests.contracts.factories import invoiced, limit_in_force, paid, signed, taught, terms
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
SUBJECT = {"category": FeeCategory.SUBJECT}
FUZHOU = "350102"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def case(contract=None, *, place: str = OWN, payments=(), lessons=(), siblings=(), **given) -> Case:
    """A contract of these terms with these payments and lessons, none of it stored."""
    home = Jurisdiction.objects.get(code=place)
    row = Contract(pk=1, jurisdiction=home, **asdict(terms(**(contract or {}))))
    others = [Contract(pk=n, jurisdiction=home, **asdict(terms(f"X{n}", **each))) for n, each in enumerate(siblings, 2)]
    money = [
        Payment(pk=n, **{"paid_on": date(2026, 10, 20), "amount_fen": 1, **each}) for n, each in enumerate(payments)
    ]
    taken = [Lesson(**each) for each in lessons]
    facts = {"book": LimitBook.opened(), "calendar": working_days.calendar(), "today": AT.date(), **given}
    return Case(row, payments=money, lessons=taken, siblings=others, **facts)


def codes(found_case: Case) -> list[str]:
    return [str(found.code) for found in found_in(found_case)]


def pay(**given) -> dict:
    return {"payments": [given]}


@pytest.mark.parametrize(
    ("contract", "given", "expected"),
    [
        # A2: calendar months, not 90 days: 30 Nov + 3 months is 28 Feb; 1 Jul to 1 Oct are 92 days and three months
        ({}, pay(covers_from=date(2026, 11, 30), covers_to=date(2027, 2, 28)), []),
        ({}, pay(covers_from=date(2026, 11, 30), covers_to=date(2027, 3, 1)), ["V01"]),
        ({}, pay(covers_from=date(2026, 7, 1), covers_to=date(2026, 10, 1)), []),
        ({}, pay(covers_from=date(2026, 7, 1), covers_to=date(2026, 10, 2)), ["V01"]),
        ({}, pay(months=3), []),
        ({}, pay(months=4), ["V01"]),
        # A2: by lessons on lessons, both when both are known
        ({}, pay(lessons=60), []),
        ({}, pay(lessons=61), ["V02"]),
        ({}, pay(months=4, lessons=61), ["V01", "V02"]),
        ({"gift_lessons": 10}, pay(lessons=60), []),  # gifts stand apart
        # neither said: as many as the price buys (80 yuan each)
        ({}, pay(amount_fen=480000), []),
        ({}, pay(amount_fen=488000), ["V02"]),
        ({}, pay(amount_fen=488000, months=3), []),  # set by the month: not converted
        # A3: the cap is for one collection of a non-subject course
        ({}, pay(amount_fen=500000, lessons=50), []),
        ({}, pay(amount_fen=500001, lessons=50), ["V03"]),
        (SUBJECT, pay(amount_fen=500001, lessons=50), []),
        ({}, {"payments": [{"amount_fen": 300000, "lessons": 30}, {"amount_fen": 300000, "lessons": 30}]}, []),
        # before the cap held there was none
        ({}, pay(amount_fen=600000, lessons=50, paid_on=date(2022, 12, 28)), ["V06"]),
        # first lesson 7 November: from 7 October on
        ({}, pay(paid_on=date(2026, 10, 7)), []),
        ({}, pay(paid_on=date(2026, 10, 6)), ["V06"]),
        ({"first_lesson_on": date(2026, 11, 10)}, pay(paid_on=date(2026, 10, 9)), ["V06"]),
        ({}, pay(verdict=Verdict.DIFFERS, edit="重开发票"), ["V09"]),
        # seven days for the invoice: today is 2 November
        ({}, pay(verdict=Verdict.NO_INVOICE, paid_on=date(2026, 10, 26)), []),
        ({}, pay(verdict=Verdict.NO_INVOICE, paid_on=date(2026, 10, 25)), ["V10"]),
        ({}, {"permit_until": date(2027, 1, 30)}, []),
        ({}, {"permit_until": date(2027, 1, 29)}, ["V12"]),
    ],
)
def test_one_contract(contract, given, expected):
    assert codes(case(contract, **given)) == expected


@pytest.mark.parametrize(
    ("contract", "siblings", "expected"),
    [
        ({}, [], []),
        ({}, [{}], []),  # 60 lessons and 4,800 yuan together
        ({"lessons": 31}, [{}], ["V04"]),  # 61
        ({"total_fen": 260001}, [{}], ["V04"]),  # 5,000.01
        ({"total_fen": 600000}, [{}], []),  # breaks the cap by itself: V03 of its payment says so
        ({**SUBJECT, "total_fen": 260001}, [SUBJECT], []),  # no cap on the sum for subject courses
        ({"lessons": 31}, [SUBJECT], []),  # another kind of course is another order
    ],
)
def test_split_orders(contract, siblings, expected):
    assert codes(case(contract, siblings=siblings)) == expected


@pytest.mark.parametrize(
    ("contract", "place", "expected"),
    [
        # Fuzhou offline, 10 pupils: 50 yuan per 45 minutes, at most 55
        ({"unit_price_fen": 5500, "pupils": 10}, FUZHOU, []),
        ({"unit_price_fen": 5501, "pupils": 10}, FUZHOU, ["V05"]),
        ({"unit_price_fen": 5500, "pupils": 11}, FUZHOU, ["V05"]),  # 40 x 1.1 = 44
        # pro rata: 60 minutes at 50/45 are 66.67, times 1.1 are 73.33
        ({"unit_price_fen": 7333, "pupils": 10, "lesson_minutes": 60}, FUZHOU, []),
        ({"unit_price_fen": 7334, "pupils": 10, "lesson_minutes": 60}, FUZHOU, ["V05"]),
        # online in all of Fujian: 30 minutes at 16, 12, 8
        ({"unit_price_fen": 1320, "pupils": 35, "lesson_minutes": 30, "delivery": Delivery.ONLINE}, OWN, []),
        ({"unit_price_fen": 1321, "pupils": 35, "lesson_minutes": 30, "delivery": Delivery.ONLINE}, OWN, ["V05"]),
        ({"unit_price_fen": 99900, "pupils": 10}, OWN, []),  # no guide price known offline in Xiamen
    ],
)
def test_guide_prices(contract, place, expected):
    assert codes(case({**SUBJECT, **contract}, place=place)) == expected


@pytest.mark.parametrize(
    ("contract", "lessons", "expected"),
    [
        ({}, [(date(2026, 11, 1), time(20, 30))], []),
        ({}, [(date(2026, 11, 1), time(20, 31))], ["V13"]),
        ({"delivery": Delivery.ONLINE}, [(date(2026, 11, 1), time(21, 0))], []),
        ({"delivery": Delivery.ONLINE}, [(date(2026, 11, 1), time(21, 1))], ["V13"]),
        ({}, [(date(2026, 11, 1), None)], []),  # a Sunday is free to dance
        (SUBJECT, [(date(2026, 11, 1), None)], ["V13"]),
        (SUBJECT, [(date(2026, 10, 30), time(19, 0))], []),  # a Friday
        (SUBJECT, [(date(2025, 10, 1), time(9, 0))], ["V13"]),  # national day
        (SUBJECT, [(date(2025, 9, 28), time(9, 0))], []),  # a Sunday that is worked (调休)
    ],
)
def test_hours_and_days(contract, lessons, expected):
    taken = [{"held_on": day, "ends_time": end} for day, end in lessons]
    assert codes(case(contract, lessons=taken)) == expected


def test_a_finding_says_figures_clause_and_way_out():
    [found] = found_in(case({"gift_lessons": 5}, **pay(lessons=72)))
    assert found.words == "一次收费72课时，最多60课时，另赠5课时"
    assert found.remedy == "退回12课时的费用（960.00元），其余用完后再收"
    assert found.figures == {"lessons": 72, "cap": 60, "gift": 5}
    assert "60课时" in found.clause


def test_the_place_s_own_limit_is_the_measure_from_its_day_on(cast):
    limit_in_force(cast, Wanted(code=LimitCode.LESSONS_CAP, value=20, effective_from=date(2026, 10, 1), source="文件"))
    before, after = pay(lessons=30, paid_on=date(2026, 9, 30)), pay(lessons=30)
    start = {"starts_on": date(2026, 10, 10)}
    assert (codes(case(start, **before)), codes(case(start, **after))) == ([], ["V02"])


# -- kept as findings ----------------------------------------------------------------------------------------------
def open_codes() -> list[str]:
    return sorted(ContractFinding.objects.filter(cleared_on__isnull=True).values_list("code", flat=True))


def test_findings_open_and_clear_as_facts_change(cast):
    home = institution(cast.officer)
    row = paid(cast.officer, home, contract_no="HT001")
    assert (row.contract, open_codes()) == (None, ["V10"])  # nobody knows the contract
    contract = signed(cast.officer, home)
    row.refresh_from_db()
    assert (row.contract, row.verdict, open_codes()) == (contract, Verdict.NO_INVOICE, ["V10"])
    wrong = invoiced(cast.officer, home, contract=contract, buyer="林远")
    assert open_codes() == ["V09"]
    wrong.delete()
    invoiced(cast.officer, home, contract=contract)
    row.refresh_from_db()
    assert (row.verdict, open_codes()) == (Verdict.AGREES, [])
    assert ContractFinding.objects.filter(cleared_on=AT.date()).count() == 2
    assert Event.objects.filter(kind="contracts.found").count() == 2


def test_a_second_contract_of_the_same_pupil_shows_on_both_until_one_ends(cast):
    home = institution(cast.officer)
    first, second = signed(cast.officer, home, lessons=40), signed(cast.officer, home, "HT002", lessons=40)
    signed(cast.officer, home, "HT003", people=People(pupil="林小鹿", guardian="林大山"), lessons=40)
    signed(cast.officer, institution(cast.officer), "HT004", lessons=40)
    found = ContractFinding.objects.filter(code=FindingCode.V04, cleared_on__isnull=True)
    assert set(found.values_list("contract", flat=True)) == {first.pk, second.pk}
    end_contract(contract=first, closed_on=AT.date(), by=cast.officer, at=AT)
    assert not found.exists()


def test_a_permit_and_lessons_are_looked_at_too(cast):
    home = institution(cast.officer)
    add_permit(
        institution=home, kind="non_subject", number="许1", issuer="思明区教育局", valid_from=date(2024, 1, 1),
        valid_to=date(2026, 12, 31), by=cast.officer, at=AT,
    )  # fmt: skip
    contract = signed(cast.officer, home)
    taught(cast.officer, contract, ends_time=time(21, 10))
    assert open_codes() == ["V12", "V13"]


def test_time_alone_makes_wrong_and_the_nightly_job_finds_it_once(cast):
    home = institution(cast.officer)
    contract = signed(cast.officer, home)
    paid(cast.officer, home, contract=contract, paid_on=date(2026, 10, 30))
    paid(cast.officer, home, paid_on=date(2026, 10, 30))
    assert open_codes() == []
    later = AT + timedelta(days=5)
    with clock.set_to(later):
        for _ in range(2):
            outbox.put("contracts.check", at=later)
            outbox.deliver_all(at=later)
    assert open_codes() == ["V10", "V10"]


def test_a_limit_from_a_past_day_measures_what_ran_since(cast):
    home = institution(cast.officer)
    paid(cast.officer, home, contract=signed(cast.officer, home), lessons=30)
    limit_in_force(cast, Wanted(code=LimitCode.LESSONS_CAP, value=20, effective_from=date(2026, 10, 1), source="文件"))
    assert "V02" not in open_codes()
    outbox.deliver_all(at=AT)
    assert "V02" in open_codes()


def test_a_renewed_permit_clears_what_it_caused(cast):
    home = institution(cast.officer)
    permit = {"institution": home, "kind": "non_subject", "issuer": "思明区教育局", "by": cast.officer, "at": AT}
    add_permit(number="许1", valid_from=date(2024, 1, 1), valid_to=date(2026, 12, 31), **permit)
    signed(cast.officer, home)
    add_permit(number="许2", valid_from=date(2027, 1, 1), valid_to=date(2029, 12, 31), **permit)
    assert open_codes() == ["V12"]
    outbox.put("contracts.check", at=AT)
    outbox.deliver_all(at=AT)
    assert open_codes() == []


def test_a_payment_is_linked_to_its_contract_by_hand(cast):
    home = institution(cast.officer)
    contract, row = signed(cast.officer, home), paid(cast.officer, home)
    with pytest.raises(NotAllowed):
        link_payment(payment=row, contract=contract, by=cast.neighbour, at=AT)
    with pytest.raises(InvalidInput):
        link_payment(payment=row, contract=signed(cast.officer, institution(cast.officer)), by=cast.officer, at=AT)
    row = link_payment(payment=row, contract=contract, by=cast.officer, at=AT)
    row.refresh_from_db()
    assert (row.contract, row.verdict) == (contract, Verdict.NO_INVOICE)
    with pytest.raises(Conflict):
        link_payment(payment=row, contract=contract, by=cast.officer, at=AT)


@pytest.mark.parametrize(
    "wrong",
    [{"payer": " "}, {"paid_on": date(2026, 11, 3)}, {"amount_fen": 0}, {"reference": "LS0"}],
)
def test_wrong_payments_are_refused(cast, wrong):
    home = institution(cast.officer)
    paid(cast.officer, home, reference="LS0")
    with pytest.raises(InvalidInput):
        paid(cast.officer, home, **wrong)
    assert Payment.objects.count() == 1
