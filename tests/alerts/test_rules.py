"""R01-R13 over plain facts, the score whose parts sum, and the level."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alerts.enums import Grade, Rule
from alerts.facts import Day, Expiry, Facts, Incident, RefundWish
from alerts.reference import shipped
from alerts.rulebook import evaluate
from alerts.scoring import scored

ON = date(2026, 6, 15)
LIMITS = shipped()
YUAN = 100


def ago(days: int) -> date:
    return ON - timedelta(days=days)


def quiet(**changed: Day) -> list[Day]:
    """A hundred and twenty days of 1,000 yuan in and out, with 100,000 yuan on the account."""
    rows = [Day(ago(n), 1_000 * YUAN, 1_000 * YUAN, 1_000 * YUAN, 100_000 * YUAN) for n in range(119, -1, -1)]
    return [changed.get(f"d{(ON - row.on).days}", row) for row in rows]


def out(days_ago: int, yuan: int, *, income: int = 0) -> Day:
    return Day(ago(days_ago), income * YUAN, yuan * YUAN, yuan * YUAN, 100_000 * YUAN)


def seen(*days: int, grave: bool = False) -> list[Incident]:
    return [Incident(ago(n), "有人说", grave) for n in days]


def wish(asked: int, *, answer_due=None, answered=None, pay_due=None, ended=None) -> RefundWish:
    return RefundWish(ago(asked), answer_due, answered, pay_due, ended)


CASES: dict[str, tuple[dict, Rule | None]] = {
    "covered": ({"balance_fen": 100, "unused_fen": 100}, None),
    "one fen short": ({"balance_fen": 99, "unused_fen": 100}, Rule.R01),
    "guarantee counts": ({"balance_fen": 50, "guarantee_fen": 50, "unused_fen": 100}, None),
    "below its minimum": ({"balance_fen": 50, "guarantee_minimum_fen": 51}, Rule.R01),
    "bank said nothing": ({"unused_fen": 100}, None),
    "usual outflow": ({"days": quiet()}, None),
    "a fifth and not more": ({"days": quiet(d3=out(3, 20_000))}, None),
    "more than a fifth": ({"days": quiet(d3=out(3, 22_000, income=21_000))}, Rule.R02),
    "as it always was": ({"days": quiet(d3=out(3, 22_000), d60=out(60, 22_000))}, None),
    "long ago": ({"days": quiet(d70=out(70, 22_000))}, None),
    "no past to compare with": ({"days": [out(3, 22_000)]}, Rule.R02),
    "bled slowly": ({"days": quiet(**{f"d{n}": out(n, 9_000) for n in range(6)})}, Rule.R02),
    "thirteen days idle": ({"last_lesson_on": ago(13), "idle_days": 13, "unused_fen": 1}, None),
    "fourteen days idle": ({"last_lesson_on": ago(14), "idle_days": 14, "unused_fen": 1}, Rule.R03),
    "idle, nothing owed": ({"last_lesson_on": ago(14), "idle_days": 14}, None),
    "answer due today": ({"refunds": [wish(9, answer_due=ON)]}, None),
    "answer due yesterday": ({"refunds": [wish(9, answer_due=ago(1))]}, Rule.R04),
    "answered": ({"refunds": [wish(9, answer_due=ago(1), answered=ago(3))]}, None),
    "not paid in time": ({"refunds": [wish(40, answer_due=ago(33), answered=ago(35), pay_due=ago(1))]}, Rule.R04),
    "late, and over": ({"refunds": [wish(40, answer_due=ago(33), ended=ago(1))]}, None),
    "four requests": ({"days": quiet(), "refunds": [wish(n, ended=ago(n)) for n in (9, 7, 5, 3)]}, None),
    "five against none": ({"days": quiet(), "refunds": [wish(n, ended=ago(n)) for n in (9, 7, 5, 3, 1)]}, Rule.R05),
    "five as ever": ({"days": quiet(), "refunds": [wish(n, ended=ago(n)) for n in range(100, 0, -6)]}, None),
    "a tenth of the learners": (
        {"learners": 50, "refunds": [wish(n, ended=ago(n)) for n in (9, 7, 5, 3, 1)]},
        Rule.R05,
    ),
    "clearance sale": ({"days": quiet(d2=Day(ago(2), 40_000 * YUAN))}, Rule.R06),
    "all of the county sells": ({"days": quiet(d2=Day(ago(2), 40_000 * YUAN)), "season_percent": 200}, None),
    "two complaints": ({"complaints": seen(20, 1)}, None),
    "three in a month": ({"complaints": seen(29, 20, 1)}, Rule.R07),
    "three in two months": ({"complaints": seen(55, 30, 1)}, None),
    "one says it is shut": ({"complaints": seen(1, grave=True)}, Rule.R07),
    "rent owed": ({"reports": seen(5)}, Rule.R08),
    "rent owed long ago": ({"reports": seen(60)}, None),
    "new head": ({"changes": seen(5)}, Rule.R09),
    "shut once": ({"visits": [*seen(9), *seen(2, grave=True)]}, None),
    "shut twice": ({"visits": seen(9, 2, grave=True)}, Rule.R10),
    "open in between": ({"visits": [*seen(9, grave=True), *seen(5), *seen(2, grave=True)]}, None),
    "permit ends in 61 days": ({"expiries": [Expiry("办学许可", ago(-61))]}, None),
    "permit ends in 60 days": ({"expiries": [Expiry("办学许可", ago(-60))]}, Rule.R11),
    "file three days late": ({"file_known_to": ago(5), "file_late_days": 3}, None),
    "file four days late": ({"file_known_to": ago(6), "file_late_days": 4}, Rule.R12),
    "a red relative": ({"red_relatives": seen(1)}, Rule.R13),
}


@pytest.mark.parametrize(("given", "rule"), CASES.values(), ids=list(CASES))
def test_each_rule_at_its_edge(given, rule):
    found = evaluate(Facts(on=ON, **given), LIMITS)
    assert [one.rule for one in found] == ([rule] if rule else [])
    for one in found:
        assert all((one.words, one.remedy, one.figures))


def test_every_rule_has_a_case():
    assert {rule for _, rule in CASES.values() if rule} == set(Rule)


def test_a_bureau_s_figure_moves_the_edge():
    facts = Facts(on=ON, last_lesson_on=ago(10), idle_days=10, unused_fen=1)
    assert not evaluate(facts, LIMITS)
    assert evaluate(facts, LIMITS | {"idle_days": 10})


def test_an_expiring_permit_goes_from_blue_to_yellow():
    facts = Facts(on=ON, expiries=[Expiry("办学许可", ago(-8))])
    assert evaluate(facts, LIMITS)[0].grade == Grade.BLUE
    assert evaluate(replace(facts, expiries=[Expiry("办学许可", ago(-7))]), LIMITS)[0].grade == Grade.YELLOW


@pytest.mark.parametrize(
    ("rules", "tenths", "level"),
    [
        ("", 0, Grade.BLUE),
        ("R03", 80, Grade.YELLOW),
        ("R12", 30, Grade.BLUE),
        ("R01", 200, Grade.ORANGE),
        ("R03 R05 R06", 240, Grade.ORANGE),
        ("R01 R07", 400, Grade.RED),
        ("R08", 200, Grade.RED),
        ("R10", 200, Grade.RED),
        ("R01 R04", 400, Grade.RED),
    ],
)
def test_the_level_follows_the_sum_or_is_red_at_once(rules, tenths, level):
    score = scored([(Rule(code), GRADES[code], ON) for code in rules.split()], on=ON, limits=LIMITS)
    assert (score.tenths, score.level) == (tenths, level)
    assert sum(part.tenths for part in score.parts) == score.tenths


GRADES = {
    **dict.fromkeys(("R01", "R04", "R07", "R08", "R10"), Grade.RED),
    **dict.fromkeys(("R03", "R05", "R06"), Grade.ORANGE),
    "R12": Grade.YELLOW,
}


def test_what_happened_counts_half_after_a_month_and_what_is_so_counts_whole():
    def tenths(rule: Rule, days: int) -> int:
        return scored([(rule, Grade.RED, ago(days))], on=ON, limits=LIMITS).tenths

    assert (tenths(Rule.R07, 30), tenths(Rule.R07, 31)) == (200, 100)
    assert tenths(Rule.R01, 31) == 200


def test_refunds_that_wait_put_red_at_once_with_a_gap_in_the_money():
    facts = Facts(on=ON, balance_fen=1, unused_fen=2, refunds=[wish(40, answer_due=ago(33))])
    found = [(one.rule, one.grade, one.fresh_on) for one in evaluate(facts, LIMITS)]
    assert scored(found, on=ON, limits=LIMITS).at_once == (Rule.R01, Rule.R04)


def test_the_runaway_drill_is_red_with_its_reasons():
    """Story 15: no lessons for fourteen days, thirty percent flow out, three complaints."""
    days = quiet(d2=out(2, 31_000))
    facts = Facts(
        on=ON,
        days=days,
        balance_fen=70_000 * YUAN,
        unused_fen=100_000 * YUAN,
        last_lesson_on=ago(14),
        idle_days=14,
        complaints=seen(9, 5, 1),
    )
    found = evaluate(facts, LIMITS)
    score = scored([(one.rule, one.grade, one.fresh_on) for one in found], on=ON, limits=LIMITS)
    assert [one.rule for one in found] == [Rule.R01, Rule.R02, Rule.R03, Rule.R07]
    assert (score.tenths, score.level) == (560, Grade.RED)
    assert found[1].words == "截至2026-06-15的14天里流出为自身平常的314%，余额净减31%。"
