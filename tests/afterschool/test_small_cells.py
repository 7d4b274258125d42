"""No group of one to four pupils can be told from what is published, nor by subtraction."""

from __future__ import annotations

import random
from collections.abc import Iterable
from operator import add, sub

import pytest

from afterschool.small_cells import Counted, Published, is_small, published


def hidden(lines: list[Published], name: str) -> list[str]:
    return [line.label for line in lines if getattr(line, name) is None]


def test_a_planted_small_cell_is_hidden_with_the_next_smallest():
    """Seen to fail without the second one: 合计 minus the others gave 甲."""
    lines, total = published([Counted("甲", 40, 3, 0), Counted("乙", 90, 60, 7), Counted("丙", 80, 70, 9)])
    assert hidden(lines, "joined") == ["甲", "乙"]
    assert total.joined == 133
    assert hidden(lines, "enrolled") == []
    assert hidden(lines, "exempt") == ["甲", "乙"]  # three of 甲 pay


def test_pupils_who_did_not_join_are_protected_too():
    lines, _ = published([Counted("甲", 40, 38, 0), Counted("乙", 90, 60, 0), Counted("丙", 80, 50, 0)])
    assert hidden(lines, "joined") == ["甲", "丙"]


def test_pupils_who_pay_are_protected_too():
    """Seen to fail when the exempt were small by themselves only: 1200 less 1198 pay."""
    lines, total = published([Counted("甲", 1250, 1200, 1198), Counted("乙", 2000, 1500, 100)])
    assert [(line.joined, line.exempt) for line in lines] == [(1200, None), (1500, None)]
    assert (total.joined, total.exempt) == (2700, 1298)


def test_all_who_pay_together_are_protected_too():
    lines, total = published([Counted("甲", 90, 70, 68), Counted("乙", 90, 60, 60)])
    assert [line.exempt for line in lines] == [None, None]
    assert (total.joined, total.exempt) == (130, None)


def test_one_column_does_not_tell_what_another_hides():
    """Seen to fail without reading the columns together: nobody pays, so the exempt are the joined, and 2 did not."""
    lines, _ = published([Counted("甲", 52, 50, 50), Counted("乙", 100, 60, 60)])
    assert hidden(lines, "joined") == hidden(lines, "exempt") == ["甲", "乙"]


def test_two_small_ones_that_are_still_small_together_hide_a_third():
    lines, total = published(
        [Counted("甲", 50, 20, 1), Counted("乙", 50, 20, 2), Counted("丙", 50, 20, 6), Counted("丁", 50, 20, 9)]
    )
    assert hidden(lines, "exempt") == ["甲", "乙", "丙"]
    assert total.exempt == 18
    assert lines[3].exempt == 9


def test_where_nothing_is_left_the_sum_is_hidden():
    lines, total = published([Counted("甲", 50, 20, 2), Counted("乙", 50, 20, 0)])
    assert [line.exempt for line in lines] == [None, 0]
    assert total.exempt is None


def test_nobody_is_no_small_group_and_five_are_shown():
    lines, total = published([Counted("甲", 50, 20, 0), Counted("乙", 50, 20, 5)])
    assert [line.exempt for line in lines] == [0, 5]
    assert total == Published("合计", 100, 40, 5)
    assert published([]) == ([], Published("合计", 0, 0, 0))


@pytest.mark.parametrize("seed", range(20))
def test_subtraction_never_tells_a_small_group(seed):
    """Whatever the counts: what the sum leaves for the hidden ones is never one of them alone, nor a small group."""
    dice = random.Random(seed)
    for _ in range(40):
        places = []
        for number in range(dice.randint(1, 6)):
            enrolled = dice.choice([0, 3, 6, 12, 40])
            joined = dice.randint(0, enrolled)
            places.append(Counted(str(number), enrolled, joined, dice.randint(0, joined)))
        lines, total = published(places)
        for name in ("enrolled", "joined", "exempt"):
            shown = [getattr(line, name) for line in lines]
            assert not any(is_small(value) for value in shown if value is not None)
            if getattr(total, name) is not None and None in shown:
                left = getattr(total, name) - sum(value for value in shown if value is not None)
                assert shown.count(None) > 1
                assert not is_small(left)
        for whole, part in (("enrolled", "joined"), ("joined", "exempt")):
            told = [(getattr(line, whole), getattr(line, part)) for line in [*lines, total]]
            assert not any(is_small(one - other) for one, other in told if None not in (one, other))


# -- a reader who tries every table that can be the one that was published ---------------------------------------------
Counts = tuple[int, int, int]  # enrolled, joined, exempt
MOST = 14  # of a place whose enrolled are hidden, as far as the reader tries


def possible(line: Published) -> list[Counts]:
    """All that a row can be."""

    def numbers(shown: int | None, least: int, most: int) -> Iterable[int]:
        return range(least, most + 1) if shown is None else [shown] if least <= shown <= most else []

    return [
        (enrolled, joined, exempt)
        for exempt in numbers(line.exempt, 0, MOST)
        for joined in numbers(line.joined, exempt, MOST)
        for enrolled in numbers(line.enrolled, joined, MOST)
    ]


def told(lines: list[Published], total: Published) -> list[tuple[str, str, set[int]]]:
    """(place, group, what it can be) of each group that can only be one to four."""
    names = [name for name in ("enrolled", "joined", "exempt") if getattr(total, name) is not None]
    places = {"enrolled": 0, "joined": 1, "exempt": 2}

    def summed(counts: Counts) -> tuple[int, ...]:
        return tuple(counts[places[name]] for name in names)

    rows = [possible(line) for line in lines]
    whole = tuple(getattr(total, name) for name in names)
    found = []
    for at, line in enumerate(lines):
        sums = {tuple(0 for _ in names)}
        for other in [*rows[:at], *rows[at + 1 :]]:
            ways = {summed(counts) for counts in other}
            sums = {tuple(map(add, one, two)) for one in sums for two in ways}
        can = [counts for counts in rows[at] if tuple(map(sub, whole, summed(counts))) in sums]
        assert can
        groups = {
            "enrolled": {enrolled for enrolled, _, _ in can},
            "joined": {joined for _, joined, _ in can},
            "exempt": {exempt for _, _, exempt in can},
            "stayed out": {enrolled - joined for enrolled, joined, _ in can},
            "paying": {joined - exempt for _, joined, exempt in can},
        }
        found += [(line.label, name, values) for name, values in groups.items() if all(map(is_small, values))]
    return found


def drawn(dice: random.Random) -> list[Counted]:
    """A small county of one to three places, many of whose groups are nobody or a few."""
    places = []
    for number in range(dice.randint(1, 3)):
        enrolled = dice.choice([0, 2, 6, 7, 9, 12, 12])
        joined = dice.choice([enrolled, max(enrolled - 2, 0), dice.randint(0, enrolled), 0])
        exempt = dice.choice([joined, joined, max(joined - 1, 0), dice.randint(0, joined), 0])
        places.append(Counted(str(number), enrolled, joined, exempt))
    return places


@pytest.mark.parametrize("seed", range(8))
def test_no_reader_works_out_a_small_group(seed):
    """Seen to fail without reading the columns together, and with the exempt small by themselves only."""
    dice = random.Random(seed)
    for _ in range(150):
        places = drawn(dice)
        assert told(*published(places)) == [], places


def test_the_reader_finds_what_is_told():
    """The reader of this test is no blind one."""
    lines = [Published("甲", 9, None, 7), Published("乙", 5, 5, 5)]
    assert told(lines, Published("合计", 14, 12, 12)) == [("甲", "stayed out", {2})]
