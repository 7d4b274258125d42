"""No group of one to four pupils can be told from what is published, nor by subtraction."""

from __future__ import annotations

import random

import pytest

from afterschool.small_cells import Counted, Published, is_small, published


def hidden(lines: list[Published], name: str) -> list[str]:
    return [line.label for line in lines if getattr(line, name) is None]


def test_a_planted_small_cell_is_hidden_with_the_next_smallest():
    """Seen to fail without the second one: 合计 minus the others gave 甲."""
    lines, total = published([Counted("甲", 40, 3, 0), Counted("乙", 90, 60, 7), Counted("丙", 80, 70, 9)])
    assert hidden(lines, "joined") == ["甲", "乙"]
    assert total.joined == 133
    assert hidden(lines, "enrolled") == hidden(lines, "exempt") == []


def test_pupils_who_did_not_join_are_protected_too():
    lines, _ = published([Counted("甲", 40, 38, 0), Counted("乙", 90, 60, 0), Counted("丙", 80, 50, 0)])
    assert hidden(lines, "joined") == ["甲", "丙"]


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
        assert not any(
            is_small(line.enrolled - line.joined) for line in lines if None not in (line.enrolled, line.joined)
        )
