"""Points by hand: each item, its limit, the veto, the lines of the grades; the same records give the same points."""

import random

import pytest

from listings.scoring import Item, Scale, arithmetic, digest, score

ITEMS = (
    Item("J1", "一般问题", "finding", "light", -1, 3, False),
    Item("J2", "较重问题", "finding", "major", -3, 0, False),
    Item("J4", "未发现问题", "visit", "clean", 2, 6, False),
    Item("P3", "停止培训", "order", "stop", 0, 0, True),
    Item("X", "任何约谈", "interview", "", -5, 0, False),
)
SCALE = Scale("1", 90, 90, 75, 60, ITEMS)


def records(**numbers: int) -> list[dict[str, object]]:
    """``finding_light=2`` is two such records."""
    made = [name.split("_") for name, number in numbers.items() for _ in range(number)]
    return [
        {"source": source, "weight": weight, "pk": pk, "on": f"2026-03-{pk + 1:02}", "what": "", "law": ""}
        for pk, (source, weight) in enumerate(made)
    ]


BY_HAND = [
    ({}, 90, "A", False),
    ({"finding_light": 1}, 89, "B", False),
    ({"finding_light": 5}, 87, "B", False),  # no more than 3 together
    ({"finding_light": 5, "visit_clean": 2}, 91, "A", False),
    ({"visit_clean": 5}, 96, "A", False),  # no more than 6 together
    ({"finding_major": 5}, 75, "B", False),
    ({"finding_major": 6}, 72, "C", False),
    ({"finding_major": 10}, 60, "C", False),
    ({"finding_major": 11}, 57, "D", False),
    ({"finding_major": 40}, 0, "D", False),  # not below 0
    ({"order_stop": 1}, 90, "D", True),  # a veto whatever the points
    ({"interview_held": 1, "interview_broken": 1}, 80, "B", False),  # any weight
    ({"finding_critical": 3, "tip_any": 9}, 90, "A", False),  # what no item names does not count
]


@pytest.mark.parametrize(("given", "points", "grade", "vetoed"), BY_HAND)
def test_points_by_hand(given, points, grade, vetoed):
    found = score(SCALE, records(**given))
    assert (found.score, found.grade, found.vetoed) == (points, grade, vetoed)


def test_every_point_names_its_record_and_they_add_up():
    given = records(finding_light=5, finding_major=2, visit_clean=1)
    found = score(SCALE, given)
    keys = {f"{record['source']}:{record['pk']}" for record in given}
    assert {key for _, key, _ in found.points} == keys
    assert [value for code, _, value in found.points if code == "J1"] == [-1, -1, -1, 0, 0]
    assert found.score == SCALE.base + sum(value for _, _, value in found.points)


def test_the_same_records_in_any_order_give_the_same_points_and_digest():
    given = records(finding_light=4, finding_major=3, visit_clean=2, order_stop=1)
    first = score(SCALE, given)
    for seed in range(20):
        mixed = random.Random(seed).sample(given, len(given))
        assert score(SCALE, mixed) == first
    assert digest(SCALE, given, first) == digest(SCALE, given, score(SCALE, given))
    assert digest(SCALE, given[1:], first) != digest(SCALE, given, first)


@pytest.mark.parametrize(
    ("points", "grade"), [(100, "A"), (90, "A"), (89, "B"), (75, "B"), (74, "C"), (60, "C"), (59, "D"), (0, "D")]
)
def test_the_lines_of_the_grades(points, grade):
    assert SCALE.grade(points, vetoed=False) == grade
    assert SCALE.grade(points, vetoed=True) == "D"


def test_the_sum_as_a_person_writes_it():
    given = records(finding_light=5, visit_clean=1, order_stop=1)
    told = arithmetic(SCALE, score(SCALE, given))
    assert told == "90 − 3（J1） + 2（J4） = 89分；P3为一票否决项；D级。"
    assert "按0至100分计为0分" in arithmetic(SCALE, score(SCALE, records(finding_major=40)))
