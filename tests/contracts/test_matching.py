"""三一致 on values: which invoice is for which payment, what agrees, the smallest edit where it does not."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.enums import Verdict
from contracts.matching import Side, Signed, joined, judge
from contracts.people import masked_name, name_blind

DAY = date(2026, 10, 20)
GUARDIAN, PUPIL, OTHER, SAME_FAMILY = "陈大志", "陈小满", "林远", "陈远房"


@pytest.fixture(autouse=True)
def keys(settings):
    assert settings.FIELD_KEY


def side(number: int, who: str, yuan: int, *, days: int = 0) -> Side:
    return Side(number, name_blind(who), masked_name(who), yuan * 100, date(2026, 10, 20 + days), f"F{number}")


def signed(total: int = 3000, **given) -> Signed:
    return Signed(frozenset({name_blind(GUARDIAN), name_blind(PUPIL)}), masked_name(GUARDIAN), total * 100, **given)


A, D, NC, NI, NN = Verdict.AGREES, Verdict.DIFFERS, Verdict.NO_CONTRACT, Verdict.NO_INVOICE, Verdict.NEITHER


@pytest.mark.parametrize(
    ("payments", "invoices", "expected"),
    [
        ([(GUARDIAN, 3000)], [(GUARDIAN, 3000)], [A]),
        ([(GUARDIAN, 3000)], [(PUPIL, 3000)], [A]),  # invoiced to the pupil
        ([("陈 大志", 3000)], [("个人（陈大志）", 3000)], [A]),
        ([(GUARDIAN, 1000), (PUPIL, 2000)], [(GUARDIAN, 2000), (PUPIL, 1000)], [A, A]),  # instalments, any order
        ([(GUARDIAN, 1000), (GUARDIAN, 2000)], [(GUARDIAN, 3000)], [A, A]),  # one invoice for both
        ([(GUARDIAN, 3000)], [(GUARDIAN, 1000), (PUPIL, 2000)], [A]),  # two invoices for one
        ([(GUARDIAN, 3000)], [], [NI]),
        ([(GUARDIAN, 1000), (GUARDIAN, 1000)], [(GUARDIAN, 1000)], [A, NI]),
        ([(OTHER, 3000)], [(GUARDIAN, 3000)], [D]),
        ([(OTHER, 3000)], [], [D]),  # who paid is wrong whether or not there is an invoice
        ([(GUARDIAN, 3000)], [(OTHER, 3000)], [D]),
        ([(GUARDIAN, 3000)], [(GUARDIAN, 2900)], [D]),
        ([(GUARDIAN, 3001)], [(GUARDIAN, 3001)], [D]),  # beyond the contract's total
        ([(GUARDIAN, 2000), (GUARDIAN, 1500)], [(GUARDIAN, 2000), (GUARDIAN, 1500)], [A, D]),
        ([], [(GUARDIAN, 3000)], []),
    ],
)
def test_what_agrees(payments, invoices, expected):
    paid = [side(n, who, fen) for n, (who, fen) in enumerate(payments, start=1)]
    invoiced = [side(n, who, fen) for n, (who, fen) in enumerate(invoices, start=51)]
    found = judge(signed(), paid, invoiced)
    assert [found[n].verdict for n in range(1, len(payments) + 1)] == expected


@pytest.mark.parametrize(
    ("payer", "buyer", "invoiced", "edits"),
    [
        (GUARDIAN, OTHER, 3000, ["重开发票F51：购买方由“林某”改为“陈某”"]),
        (GUARDIAN, SAME_FAMILY, 3000, ["重开发票F51：购买方由“陈某”改为“陈某（同姓不同名）”"]),
        (OTHER, OTHER, 3000, ["更正合同：监护人由“陈某”改为“林某”"]),  # one edit, not two
        (OTHER, GUARDIAN, 3000, ["更正付款人：由“林某”改为“陈某”，或补登监护人的代付说明"]),
        (
            OTHER,
            "黄河",
            3000,
            ["更正付款人：由“林某”改为“陈某”，或补登监护人的代付说明", "重开发票F51：购买方由“黄某”改为“陈某”"],
        ),
        (GUARDIAN, GUARDIAN, 2900, ["更正发票金额：由2,900.00元改为3,000.00元"]),
        (
            GUARDIAN,
            OTHER,
            2900,
            ["重开发票F51：购买方由“林某”改为“陈某”", "更正发票金额：由2,900.00元改为3,000.00元"],
        ),
    ],
)
def test_the_smallest_edit(payer, buyer, invoiced, edits):
    found = judge(signed(), [side(1, payer, 3000)], [side(51, buyer, invoiced)])
    assert list(found[1].edits) == edits


def test_a_contract_paid_beyond_its_total_says_by_how_much():
    found = judge(signed(2000), [side(1, GUARDIAN, 1500), side(2, GUARDIAN, 1500, days=1)], [])
    assert found[2].edits == ("累计缴费超过合同总价1,000.00元：退回多收的，或补签合同",)
    assert found[1].verdict == NI


def test_without_a_contract_and_after_destruction():
    paid, invoiced = [side(1, GUARDIAN, 3000)], [side(51, GUARDIAN, 3000)]
    assert judge(None, paid, invoiced)[1].verdict == NC
    assert judge(None, paid, [])[1].verdict == NN
    assert judge(signed(is_erased=True), paid, invoiced)[1].verdict == Verdict.ERASED


def test_each_invoice_is_for_one_payment_the_nearest_in_time():
    paid = [side(1, GUARDIAN, 1000), side(2, GUARDIAN, 1000, days=8)]
    groups = joined(paid, [side(52, GUARDIAN, 1000, days=9), side(51, GUARDIAN, 1000, days=1)])
    pairs = {group.payments[0].id: [each.id for each in group.invoices] for group in groups}
    assert pairs == {1: [51], 2: [52]}
