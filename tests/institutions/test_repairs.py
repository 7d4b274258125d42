"""Credit codes: the check itself, and the repairs that are suggested for faulty ones."""

from __future__ import annotations

import random

import pytest
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength

from institutions import credit_code
from institutions.repairs import SURE, suggest_code
from tests.institutions import planted

#: Not a seed with which the priors of ``institutions.repairs`` were looked at.
SEED = 32100
#: The synthetic codes of the domain notes.
DOMAIN = ["52350211MJC00001XE", "52350581MJB000026X", "91350211MA2X00019U", "91350404MA8U00033H", "92350921MA3A000445"]
RIGHT = "91350211MA2X00019U"


# -- the check -------------------------------------------------------------------------------------------------------
def by_stdnum(code: str) -> str | None:
    try:
        uscc.validate(code)
    except InvalidLength:
        return f"统一社会信用代码应为18位，现为{len(code)}位。"
    except InvalidFormat:
        return "统一社会信用代码只能由数字和大写字母组成，且不含 I、O、S、V、Z。"
    except InvalidChecksum:
        return "统一社会信用代码校验位不正确，请核对是否抄录有误。"
    return None


def test_the_check_agrees_with_stdnum():
    rng = random.Random(SEED)
    answers = set()
    for number in range(20_000):
        code = planted.valid_code(rng)
        if number % 4 == 1:
            code = rng.choice(list(planted.MODELLED | planted.UNMODELLED))(rng, code)
        elif number % 4 == 2:
            code = code[:-1] + rng.choice(planted.ALPHABET)
        elif number % 4 == 3:
            code = "".join(rng.choices("0123456789ABCDOX中٣", k=rng.choice([17, 18, 18, 18, 19])))
        code = credit_code.compact(code)
        if code[:1] in "ANY":
            continue  # registering departments of GB 32100-2015 that stdnum does not know
        answers.add(credit_code.fault(code))
        assert credit_code.fault(code) == by_stdnum(code), code
    assert len(answers) > 4


@pytest.mark.parametrize(
    ("code", "right"), [("00000000D2143569X0", True), ("00000000D214356910", False), (RIGHT, True)]
)
def test_the_organisation_code_inside(code, right):
    assert credit_code.inner_is_right(code) is right


# -- one repair ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("9135O211MA2X00019U", "第5位字母O应为数字0"),
        ("91350211MA2X0OO19U", "第14、15位字母O应为数字0"),
        ("9135O2I1MAZXOOOI9U", "第5、13、14、15位字母O应为数字0，第7、16位字母I应为数字1，第11位字母Z应为数字2"),
        ("91350211NA2X00019U", "第9位字母N应为字母M"),
        ("91350211MA2X00019V", "第18位字母V应为字母U"),
        ("19350211MA2X00019U", "第1、2位颠倒"),
        ("91350211MA2X000019U", "多打了一个0"),
        ("91350211AM2X00019U", "第9、10位颠倒"),
        ("91350211МА2Х00019U", "字符的写法不规范（外文字母、全角或符号），已改为数字和大写字母"),
        ("“9135-0211-МА2Х-00019u”", "字符的写法不规范（外文字母、全角或符号），已改为数字和大写字母"),
        ("统一社会信用代码：91350211MA2X00019U（1-1）", "代码前后有多余的文字"),
    ],
)
def test_what_a_clerk_is_told(typed, why):
    suggestion = suggest_code(typed)
    assert (suggestion.value, suggestion.why) == (RIGHT, why)
    assert SURE <= suggestion.confidence < 1


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        " 91350211ma2x00019u",
        "",
        "无",
        "350203100012345",
        "91350211MA2X00019E",
        "91350211MA2X00019",
        "91350211MA2X00018U",
        f"{RIGHT}、{DOMAIN[0]}",
        RIGHT + DOMAIN[0],
        "9.1350211E+17",
        "启明培训学校",
        "O" * 18,
        "O" * 500,
    ],
)
def test_nothing_is_suggested_where_nothing_is_sure(text):
    assert suggest_code(text) is None


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("91350211MA2X00091U", "第16、17位颠倒"),
        ("91350211MAX200019U", "第11、12位颠倒"),
        ("91350211MA2X00018U", "第17位数字8应为数字9"),
        ("91350211MA2X00019", "第18位漏打了字母U"),
        ("91350211MA2X0019U", "第13位漏打了数字0"),
        ("91350211MA2X000179U", "第17位多打了一个7"),
    ],
)
def test_a_known_code_tips_the_scales(typed, why):
    assert suggest_code(typed) is None
    suggestion = suggest_code(typed, known={RIGHT, *DOMAIN})
    assert (suggestion.value, suggestion.why) == (RIGHT, why)


def test_two_codes_in_a_cell_stay_two_though_one_is_known():
    assert suggest_code(f"{RIGHT} {DOMAIN[0]}", known={RIGHT}) is None


# -- two thousand planted faults -------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def faults():
    return planted.plant(2000, SEED)


def test_of_planted_faults_99_in_100_suggestions_are_right(faults):
    result = planted.tally(faults)
    print("\n".join(result.lines()))  # noqa: T201  the recall is part of the proof
    assert {kind for kind, _, _ in faults} == {make.__name__ for make in planted.MODELLED | planted.UNMODELLED}
    assert sum(result.planted[make.__name__] for make in planted.UNMODELLED) > 400
    assert result.precision >= 0.99
    assert result.recall(*(make.__name__ for make in planted.MODELLED)) >= 0.5
    assert result.recall("look_alike", "letter_throughout", "doubled", "dressed") >= 0.7


def test_with_a_register_more_is_sure_and_as_precise(faults):
    known = planted.register_of(faults, SEED)
    result = planted.tally(faults, known=known)
    assert result.precision >= 0.99
    assert result.recall(*(make.__name__ for make in planted.MODELLED)) >= 0.7


def test_held_codes_of_the_same_series_mislead_nobody():
    """The register holds three of four codes that an office gave out one after the other, and never the one meant."""
    rng = random.Random(SEED)
    series = [_of_series(number) for number in range(8000)]
    meant = rng.sample(series, 2000)
    kinds = planted.MODELLED | planted.UNMODELLED
    faults = [(make.__name__, make(rng, code), code) for code in meant for make in rng.choices(*_weighed(kinds))]
    faults = [fault for fault in faults if fault[1] and not uscc.is_valid(fault[1])]
    assert planted.tally(faults, known=set(series) - set(meant)).precision >= 0.99


def _of_series(number: int) -> str:
    body = f"MJB{number:05}"
    first = f"52350211{body}{planted.organisation_check(body)}"
    return first + uscc.calc_check_digit(first)


def _weighed(kinds: dict) -> tuple[list, list]:
    return list(kinds), list(kinds.values())


def test_codes_whose_inner_check_is_wrong_mislead_nobody():
    rng = random.Random(SEED)
    faults = []
    for _ in range(1000):
        make = rng.choice(list(planted.MODELLED))
        body = f"91350203MA{rng.randrange(10**6):06}"
        wrong = rng.choice([char for char in "0123456789X" if char != planted.organisation_check(body[8:])])
        meant = body + wrong + uscc.calc_check_digit(body + wrong)
        typed = make(rng, meant)
        if typed and not uscc.is_valid(typed):
            faults.append((make.__name__, typed, meant))
    assert planted.tally(faults).precision >= 0.98
