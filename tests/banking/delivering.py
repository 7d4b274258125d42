"""How banks deliver the truth: replayed, shuffled, overlapping, in GBK, edited, truncated; drawn by Hypothesis."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from tests.banking.bank_files import Moved, Truth, rows, text

FIRST = date(2026, 11, 2)
NUMBER = "6222000000001234"


def truth(*days: list[Moved], opening: int = 0) -> Truth:
    return Truth(NUMBER, FIRST, opening, list(days))


MOVED = st.builds(
    Moved,
    fen=st.sampled_from([100, 100, 2500, -100, 999_999]),
    memo=st.sampled_from(["网上缴费", "手续费", "解付"]),
    name=st.sampled_from(["李某", "王某"]),
)
DAYS = st.lists(st.lists(MOVED, max_size=4), min_size=3, max_size=6)
FAULTS = (None, None, None, "amount", "row", "twice", "tail")


@st.composite
def deliveries(draw, days: int):
    """(first day, end, order of the lines, encoding, fault) of some files, in the order in which they come."""
    found = []
    for _ in range(draw(st.integers(3, 6))):
        start = draw(st.integers(0, days - 1))
        stop = draw(st.integers(start + 1, days))
        encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
        found.append((start, stop, draw(st.randoms(use_true_random=False)), encoding, draw(st.sampled_from(FAULTS))))
    return found


def delivered(real: Truth, start: int, stop: int, random, encoding: str, fault: str | None) -> bytes:
    order = list(range(len(real.lines(start, stop))))
    random.shuffle(order)
    all_rows = rows(real, start, stop, order=order)
    if fault == "amount":
        all_rows[-1] = {**all_rows[-1], "balance": "0.07"}
    if fault == "row" and order:
        all_rows.pop(random.randrange(1, len(all_rows) - 1))
    if fault == "twice" and order:
        all_rows.insert(1, all_rows[1])
    data = text(all_rows, encoding=encoding)
    return data[: data.rindex(b"\n", 0, -1) - 1] if fault == "tail" else data


def fits(real: Truth, known: set[int], start: int, stop: int) -> bool:
    """Whether a true file follows on what is known: what was before is what the last known day left, and so after."""
    before, after = [day for day in known if day < start], [day for day in known if day >= stop]
    follows = not before or real.balance(max(before) + 1) == real.balance(start)
    return follows and (not after or real.balance(min(after)) == real.balance(stop))
