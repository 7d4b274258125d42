"""The one repair of a faulty credit code that we are sure of: a small Bayesian choice among all likely slips.

Every slip of ``SLIPS`` is undone in every possible way. What then passes the hard checks (GB 32100) is a candidate of
the weight ``prior(slip) / ways of undoing it x evidence``; a value that several slips explain adds their weights up.
The unit of all weights is "a string that passes the checks by chance": hence 31 for the check character. A reserve
stands for slips that are not modelled. ``confidence`` is the candidate's share of all weights and the reserve.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from foundation.imports.suggesting import Suggestion
from foundation.regions.reference import office_codes

from .credit_code import ALPHABET, FORM, LENGTH, PREFIXES, VALUES, WEIGHTS, compact, fault, inner_is_right, remainder

#: Clerks accept suggestions by the hundred and a wrong code joins two institutions: at most 1 in 100 may be wrong.
SURE = 0.99

#: What each slip's share of all faulty codes is taken to be. "other" (any one character, the check character too) never
#: wins without ``known``: it stands against the rest, as almost every string is one character away from a valid code.
SLIPS = {
    "look_alike": 0.30,
    "look_alikes": 0.05,
    "same_letter": 0.08,
    "weak_look_alike": 0.03,
    "neighbour_key": 0.08,
    "swapped": 0.10,
    "swapped_over": 0.02,
    "doubled": 0.08,
    "stray": 0.03,
    "dropped": 0.08,
    "surrounded": 0.05,
    "other": 0.08,
}
#: The share of slips that are not modelled, by the length of what was typed.
RESERVE = {LENGTH: 0.30}
RESERVE_ELSE = 0.08
#: Slips that are not modelled break a code's usual look, or put in a letter that no code has, this much more seldom.
BROKEN, ODD = 0.01, 0.15

#: 31 strings share the characters that one valid code has; 95 in 100 codes pass the inner check, as 1 in 11 strings do.
OUTER, INNER_RIGHT, INNER_WRONG = 31, 0.95 * 11, 0.05 * 1.1
#: How much less likely than a usual one: another province's or an unknown division, a rare prefix, a rare body.
OTHER_PROVINCE, NO_DIVISION, RARE_PREFIX, RARE_BODY = 0.02, 0.0005, 0.02, 0.01
#: A code that stands in the register, or elsewhere in the file, is hardly a chance hit; yet offices give codes out in
#: series, and then a code of the same series that nobody holds yet is the likelier one to have been meant.
KNOWN = 300

#: The other provinces; of ours, all divisions are known.
PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[123467]|4[1-6]|5[0-4]|6[1-5]")
#: Organisation codes: eight digits in old ones; since 2015 M, a letter for the registering system, and six more.
USUAL_BODY = re.compile(r"\d{8}[\dX]|M[A-J]\w{6}[\dX]", re.ASCII)

#: Typed -> what it may stand for. The first group is mixed up daily, on paper and on screens.
LOOK_ALIKES = {
    "0": "DQ", "1": "L7", "3": "8", "5": "6", "6": "GB", "7": "1", "8": "B3", "B": "8", "D": "0", "G": "6C", "I": "1L",
    "L": "1", "O": "0DQ", "Q": "0", "S": "58", "U": "Y", "V": "UY", "Y": "U", "Z": "2",
}  # fmt: skip
WEAK_LOOK_ALIKES = {
    "3": "5", "4": "A9", "6": "5", "7": "T", "9": "4G", "A": "4", "C": "G", "E": "F", "F": "E", "G": "C", "H": "N",
    "I": "T", "J": "1", "K": "X", "M": "N", "N": "MH", "P": "R", "R": "P", "S": "G", "T": "7", "V": "W", "W": "M",
    "X": "KY", "Y": "X", "Z": "7",
}  # fmt: skip
NEIGHBOUR_KEYS = {
    "1": "24", "2": "135", "3": "246", "4": "3517", "5": "4628", "6": "5739", "7": "684", "8": "795", "9": "806",
    "0": "91",
}  # fmt: skip
#: Impossible letters that a typist, or a program that reads pictures, puts in all places of a digit.
ALWAYS = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "S": "5", "Z": "2", "B": "8", "G": "6"}

#: What the check is multiplied with to tell which value a place should have.
INVERSES = tuple(pow(weight, -1, 31) for weight in WEIGHTS)

FOREIGN = str.maketrans(
    "АВЕКМНОРСТУХЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ〇○零",
    "ABEKMHOPCTYXSIJABEZHIKMNOPTYX000",
)
#: Blanks, dashes, quotes, invisible characters and the like: whatever is neither a letter nor a digit.
MARKS = re.compile(r"[\W_]+")
RUN = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")


class Change(NamedTuple):
    """One character of a faulty code replaced by another, and what that adds to the weighted sum."""

    place: int
    new: str
    delta: int


class Undone(NamedTuple):
    """All ways of undoing one slip: how many well-formed strings they lead to, and those that may pass the check."""

    slip: str
    ways: int
    found: dict[str, str]  # value -> what was wrong, for the clerk; "" where comparing the two says it


def suggest_code(text: str, *, known: Collection[str] = ()) -> Suggestion | None:
    """The repair of a faulty credit code, or None when no single one is at least 99 % sure (see ``SURE``).

    ``known`` holds codes of the register or of the same file: a repair that leads to one of them needs less other
    evidence. None also for a code without a fault.
    """
    if fault(compact(text)) is None:
        return None
    upper = unicodedata.normalize("NFKC", text).upper().translate(FOREIGN)
    typed = MARKS.sub("", upper)
    if fault(typed) is None:
        return Suggestion(typed, 0.999, "字符的写法不规范（外文字母、全角或符号），已改为数字和大写字母")
    weights: dict[str, float] = defaultdict(float)
    reasons: dict[str, tuple[float, str]] = {}
    for undone in _undone(upper, typed):
        for value, why in undone.found.items():
            if FORM.fullmatch(value) and not remainder(value):
                weight = SLIPS[undone.slip] / undone.ways * OUTER * _evidence(value, known)
                weights[value] += weight
                reasons[value] = max(reasons.get(value, (0, "")), (weight, why))
    if not weights:
        return None
    best = max(weights, key=weights.__getitem__)
    confidence = weights[best] / (sum(weights.values()) + _reserve(typed))
    if confidence < SURE:
        return None
    return Suggestion(best, round(min(confidence, 0.9999), 4), reasons[best][1] or _told(typed, best))


def _evidence(value: str, known: Collection[str]) -> float:
    """How much more or less likely than an ordinary code this valid one is to have been meant."""
    inner = INNER_RIGHT if inner_is_right(value) else INNER_WRONG
    return inner * _usual(value) * (KNOWN if value in known else 1)


def _usual(code: str) -> float:
    """1 for a code whose prefix, division and body look as most codes of our institutions do, less for others."""
    prefix = 1 if code[:2] in PREFIXES else RARE_PREFIX
    body = 1 if USUAL_BODY.fullmatch(code[8:17]) else RARE_BODY
    if code[2:8] in office_codes():
        return prefix * body
    return prefix * body * (OTHER_PROVINCE if PROVINCES.fullmatch(code[2:4]) else NO_DIVISION)


def _reserve(typed: str) -> float:
    """The weight of "something else happened": small where the typed text itself shows what happened."""
    odd = min(len(_impossible(typed)), 3) if len(typed) == LENGTH else 0
    broken = BROKEN if _usual(typed) < 1 and not odd else 1
    return RESERVE.get(len(typed), RESERVE_ELSE) * broken * ODD**odd


def _impossible(typed: str) -> list[int]:
    """Places whose character no code can have there: a letter among the first eight, or I, O, S, V, Z."""
    return [at for at, char in enumerate(typed) if char not in ALPHABET or (at < 8 and not char.isdigit())]


def _undone(upper: str, typed: str) -> Iterator[Undone]:
    if len(typed) == LENGTH and typed.isascii():
        yield from _replaced(typed)
        yield _swapped("swapped", typed, 1)
        yield _swapped("swapped_over", typed, 2)
    elif len(typed) == LENGTH + 1:
        yield from _shortened(typed)
    elif len(typed) == LENGTH - 1 and typed.isascii():
        yield _lengthened(typed)
    if len(typed) > LENGTH:
        runs = [run for run in RUN.findall(upper) if fault(run) is None]
        if len(runs) == 1:  # of two codes in one cell nobody can tell which is meant
            yield Undone("surrounded", 1, {runs[0]: "代码前后有多余的文字"})


def _replaced(typed: str) -> Iterator[Undone]:
    """One or two characters stood for others. All impossible ones have to go, so they say where to look."""
    impossible = _impossible(typed)
    values = typed.encode().translate(VALUES)
    total = sum(value * weight for value, weight in zip(values, WEIGHTS, strict=True)) % 31
    alike = _changes(typed, values, LOOK_ALIKES)
    yield _one("look_alike", typed, alike, total, impossible)
    yield _two("look_alikes", typed, alike, total, impossible)
    yield _one("weak_look_alike", typed, _changes(typed, values, WEAK_LOOK_ALIKES), total, impossible)
    yield _one("neighbour_key", typed, _changes(typed, values, NEIGHBOUR_KEYS), total, impossible)
    if len(impossible) > 1 and all(typed[at] in ALWAYS for at in impossible):
        yield Undone("same_letter", 1, {_with(typed, *(Change(at, ALWAYS[typed[at]], 0) for at in impossible)): ""})
    if len(impossible) < 2:
        places = impossible or range(LENGTH)
        found = {}
        for place in places:
            new = ALPHABET[(values[place] - total * INVERSES[place]) % 31]
            found[f"{typed[:place]}{new}{typed[place + 1 :]}"] = ""
        yield Undone("other", sum(10 if place < 8 else 31 for place in places), found)


def _changes(typed: str, values: bytes, table: Mapping[str, str]) -> list[Change]:
    return [
        Change(place, new, (VALUES[ord(new)] - values[place]) * WEIGHTS[place] % 31)
        for place, old in enumerate(typed)
        for new in table.get(old, "")
        if new in ALPHABET and (place >= 8 or new.isdigit())
    ]


def _one(slip: str, typed: str, changes: list[Change], total: int, impossible: list[int]) -> Undone:
    """One character replaced: the impossible one if there is one."""
    if impossible:
        changes = [change for change in changes if [change.place] == impossible]
    return Undone(slip, len(changes), {_with(typed, one): "" for one in changes if not (total + one.delta) % 31})


def _two(slip: str, typed: str, changes: list[Change], total: int, impossible: list[int]) -> Undone:
    """Two characters replaced, the impossible ones among them; each looks up the others that make the sum right."""
    firsts = [change for change in changes if change.place in impossible[:1]] or changes
    seconds = [change for change in changes if change.place in impossible[1:]] or changes
    by_delta: dict[int, list[Change]] = defaultdict(list)
    for change in seconds:
        by_delta[change.delta].append(change)
    right = [
        (one, two)
        for one in firsts
        for two in by_delta.get(-(total + one.delta) % 31, ())
        if one.place < two.place or (impossible and one.place > two.place)
    ]
    found = {_with(typed, *pair): "" for pair in right} if len(impossible) < 3 else {}
    ways = len(firsts) * len(seconds)
    return Undone(slip, ways if impossible else ways // 2, found)


def _with(typed: str, *changes: Change) -> str:
    chars = list(typed)
    for change in changes:
        chars[change.place] = change.new
    return "".join(chars)


def _told(typed: str, value: str) -> str:
    """What was replaced; equal slips are told together: 第3、5位字母O应为数字0."""
    told: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (old, new) in enumerate(zip(typed, value, strict=True), start=1):
        if old != new:
            told[old, new].append(place)
    return "，".join(
        f"第{'、'.join(map(str, places))}位{_named(old)}应为{_named(new)}" for (old, new), places in told.items()
    )


def _named(char: str) -> str:
    return f"数字{char}" if char.isdigit() else f"字母{char}"


def _swapped(slip: str, typed: str, apart: int) -> Undone:
    """Two characters, next to each other or with one between, in each other's place."""
    found = {}
    for first in range(LENGTH - apart):
        second = first + apart
        if typed[first] != typed[second]:
            chars = list(typed)
            chars[first], chars[second] = chars[second], chars[first]
            value = "".join(chars)
            if FORM.fullmatch(value):
                found[value] = f"第{first + 1}、{second + 1}位颠倒"
    return Undone(slip, len(found), found)


def _shortened(typed: str) -> Iterator[Undone]:
    """One character too many: typed twice, or a stray one."""
    doubled, stray = {}, {}
    for place, char in enumerate(typed):
        value = typed[:place] + typed[place + 1 :]
        if FORM.fullmatch(value):
            if typed[place - 1 : place] == char:
                doubled[value] = f"多打了一个{char}"
            else:
                stray[value] = f"第{place + 1}位多打了一个{char}"
    stray = {value: why for value, why in stray.items() if value not in doubled}
    yield Undone("doubled", len(doubled), doubled)
    yield Undone("stray", len(stray), stray)


def _lengthened(typed: str) -> Undone:
    """One character too few: at each place just one makes the check right."""
    ways, found = 0, {}
    for place in range(LENGTH):
        held = f"{typed[:place]}0{typed[place:]}"
        if FORM.fullmatch(held):
            ways += 10 if place < 8 else 31
            char = ALPHABET[-remainder(held) * INVERSES[place] % 31]
            found.setdefault(f"{typed[:place]}{char}{typed[place:]}", f"第{place + 1}位漏打了{_named(char)}")
    return Undone("dropped", ways, found)
