import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.core.errors import InvalidInput
from foundation.core.money import fen, yuan


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", 123450),
        ("1,234.56", 123456),
        ("￥380128", 38012800),
        ("１２３．４元", 12340),
        (" 0.01 ", 1),
        ("-5.00", -500),
        ("-0.05", -5),
        ("0", 0),
    ],
)
def test_reading_yuan(text, amount):
    assert fen(text) == amount


@pytest.mark.parametrize("text", ["", "一百", "1.234", "1e5", "--1", "1.", ".5", "1 2", "99999999999999"])
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(InvalidInput, match="无法识别") as refused:
        fen(text)
    assert refused.value.code == "amount"


@pytest.mark.parametrize(("amount", "text"), [(123400, "1,234.00"), (-5, "-0.05"), (0, "0.00"), (100, "1.00")])
def test_showing_yuan(amount, text):
    assert yuan(amount) == text


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_what_is_shown_reads_back(amount):
    assert fen(yuan(amount)) == amount
