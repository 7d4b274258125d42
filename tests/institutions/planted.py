"""Plant faults into valid credit codes and see which repairs are suggested: ``python -m tests.institutions.planted``.

The faults are made here with tables of their own, not with those of ``institutions.repairs``; about a quarter of them
are of kinds that it does not model, where nearly every suggestion would be wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from stdnum.cn import uscc

from foundation.regions.reference import office_codes
from institutions.repairs import suggest_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
KEYS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PREFIXES = {"91": 60, "52": 26, "92": 5, "51": 3, "12": 3, "93": 1, "53": 1, "11": 1}
ELSEWHERE = ["110105", "310115", "330106", "360102", "440305", "420111", "500103", "510104", "320505", "450102"]
ABOLISHED = ["350402", "350403", "350427", "350681", "350625", "350182", "350784", "350822"]
#: Meant -> typed instead; most of the pairs that users mix up, once for each direction in which it happens.
ALIKE = {
    "0": "OOODQo", "1": "IIIlLi", "5": "Ss", "2": "Zz", "8": "BB", "B": "8", "U": "VV", "Y": "VU", "Q": "0O", "D": "0O",
    "L": "1I", "6": "GG", "G": "6C", "C": "G", "E": "F", "F": "E", "M": "N", "N": "M", "P": "R", "R": "P",
}  # fmt: skip
KEYBOARD = "1234567890"


def organisation_check(body: str) -> str:
    rest = 11 - sum(KEYS.index(c) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def valid_code(rng: random.Random) -> str:
    """A code as bureaus hold them: division in Fujian in 97 %, organisation code right in 95 %."""
    prefix = rng.choices(list(PREFIXES), PREFIXES.values())[0]
    office = rng.choice(sorted(office_codes() - {"350000"})) if rng.random() < 0.97 else rng.choice(ELSEWHERE)
    if rng.random() < (0.6 if prefix == "12" else 0.15):
        body = f"{rng.randrange(10**7, 10**8)}"
    elif rng.random() < 0.3:
        body = f"M{_system(prefix)}{rng.choice('0238ABC')}{rng.randrange(10**5):05}"
    else:
        body = f"M{_system(prefix)}" + "".join(rng.choices(ALPHABET, [3] * 10 + [1] * 21, k=6))
    inner = organisation_check(body)
    if rng.random() >= 0.95:
        inner = rng.choice([char for char in "0123456789X" if char != inner])
    first = f"{prefix}{office}{body}{inner}"
    return first + uscc.calc_check_digit(first)


def _system(prefix: str) -> str:
    return {"5": "J", "9": "A"}.get(prefix[0], "B")


# -- faults: each takes a valid code and may give up with "" ---------------------------------------------------------
def _put(code: str, place: int, char: str) -> str:
    return code[:place] + char + code[place + 1 :]


def look_alike(rng: random.Random, code: str) -> str:
    place = rng.choice([at for at, char in enumerate(code) if char in ALIKE])
    return _put(code, place, rng.choice(ALIKE[code[place]]))


def two_look_alikes(rng: random.Random, code: str) -> str:
    for place in rng.sample([at for at, char in enumerate(code) if char in ALIKE], 2):
        code = _put(code, place, rng.choice(ALIKE[code[place]]))
    return code


def letter_throughout(rng: random.Random, code: str) -> str:
    old, new = rng.choice([("0", "O"), ("1", "I"), ("1", "l"), ("5", "S"), ("2", "Z")])
    return code.replace(old, new) if old in code else ""


def swapped(rng: random.Random, code: str, apart: int = 1) -> str:
    at = rng.randrange(len(code) - apart)
    chars = list(code)
    chars[at], chars[at + apart] = chars[at + apart], chars[at]
    return "".join(chars)


def swapped_over(rng: random.Random, code: str) -> str:
    return swapped(rng, code, apart=2)


def doubled(rng: random.Random, code: str) -> str:
    at = rng.randrange(len(code))
    return code[:at] + code[at] + code[at:]


def stray(rng: random.Random, code: str) -> str:
    at = rng.randrange(len(code) + 1)
    return code[:at] + rng.choice(KEYS) + code[at:]


def dropped(rng: random.Random, code: str) -> str:
    at = rng.randrange(len(code))
    return code[:at] + code[at + 1 :]


def neighbour_key(rng: random.Random, code: str) -> str:
    place = rng.choice([at for at, char in enumerate(code) if char.isdigit()])
    key = KEYBOARD.index(code[place])
    return _put(code, place, KEYBOARD[key + rng.choice([side for side in (-1, 1) if 0 <= key + side < 10])])


def dressed(rng: random.Random, code: str) -> str:
    """Foreign letters, full width, blanks, dashes, quotes, words around it."""
    shape = rng.randrange(5)
    if shape == 0:
        return code.translate(str.maketrans("ABCEHKMPTX", "АВСЕНКМРТХ")) if code.strip("0123456789") else ""
    if shape == 1:
        return f"“{code[:8]}－{code[8:17].lower()}－{look_alike(rng, code)[17]}”"
    if shape == 2:
        return "".join(chr(ord(char) + 0xFEE0) for char in look_alike(rng, code))
    return f"统一社会信用代码：{code}" if shape == 3 else f"{code}（副本1-1）"


def other_character(rng: random.Random, code: str) -> str:
    return _put(code, rng.randrange(17), rng.choice(KEYS))


def other_check(rng: random.Random, code: str) -> str:
    return _put(code, 17, rng.choice(ALPHABET))


def two_characters(rng: random.Random, code: str) -> str:
    for place in rng.sample(range(18), 2):
        code = _put(code, place, rng.choice(KEYS))
    return code


def tail_cut(rng: random.Random, code: str) -> str:
    return code[: -rng.randint(1, 5)]


def two_glued(rng: random.Random, code: str) -> str:
    other = valid_code(rng)
    return rng.choice([code + other, code[:9] + other[9:], code + other[:1], code[:17] + other[17:]])


def digits_lost(rng: random.Random, code: str) -> str:
    lost, at = rng.randint(2, 4), rng.randrange(14)
    return rng.choice([code[:at] + code[at + lost :], code[:-3] + "000", code[:at] + "0" * lost + code[at + lost :]])


def two_slips(rng: random.Random, code: str) -> str:
    return swapped(rng, rng.choice([look_alike, neighbour_key, dropped, doubled])(rng, code))


Fault = Callable[[random.Random, str], str]
MODELLED: dict[Fault, int] = {
    look_alike: 20, two_look_alikes: 7, letter_throughout: 6, swapped: 10, swapped_over: 2, doubled: 8, stray: 3,
    dropped: 8, neighbour_key: 8, dressed: 4,
}  # fmt: skip
UNMODELLED: dict[Fault, int] = {
    other_character: 8, other_check: 2, two_characters: 5, tail_cut: 3, two_glued: 3, digits_lost: 3, two_slips: 3,
}  # fmt: skip


@dataclass
class Tally:
    """What became of the planted faults, by kind."""

    planted: Counter = field(default_factory=Counter)
    right: Counter = field(default_factory=Counter)
    wrong: Counter = field(default_factory=Counter)
    mistakes: list[tuple[str, str, str]] = field(default_factory=list)
    seconds: float = 0  # of processor time, so that busy neighbours do not count

    def count(self, kind: str, typed: str, meant: str, value: str | None) -> None:
        self.planted[kind] += 1
        if value is not None:
            (self.right if value == meant else self.wrong)[kind] += 1
            if value != meant:
                self.mistakes.append((kind, typed, f"{value} (meant {meant})"))

    @property
    def suggested(self) -> int:
        return self.right.total() + self.wrong.total()

    @property
    def precision(self) -> float:
        return self.right.total() / self.suggested

    def recall(self, *kinds: str) -> float:
        kinds = kinds or tuple(self.planted)
        return sum(self.right[kind] for kind in kinds) / sum(self.planted[kind] for kind in kinds)

    def lines(self) -> list[str]:
        rows = [f"{'kind of fault':<20}{'planted':>8}{'right':>7}{'wrong':>7}{'recall':>9}"]
        for kind, planted in self.planted.items():
            recall = f"{self.recall(kind):8.1%}"
            rows.append(f"{kind:<20}{planted:>8}{self.right[kind]:>7}{self.wrong[kind]:>7} {recall}")
        mean = self.seconds / self.planted.total() * 1e6
        rows.append(
            f"{self.planted.total()} faults, {self.suggested} suggestions: precision {self.precision:.4f}, "
            f"recall {self.recall():.4f}; {mean:.0f} µs each"
        )
        return rows


def plant(count: int, seed: int) -> list[tuple[str, str, str]]:
    """(kind, what was typed, what was meant) of so many faulty codes; kinds come out in the order of the tables."""
    rng = random.Random(seed)
    kinds = MODELLED | UNMODELLED
    made = []
    for make in rng.choices(list(kinds), kinds.values(), k=count):
        typed = meant = ""
        while not typed or uscc.is_valid(typed):
            meant = valid_code(rng)
            typed = make(rng, meant)
        made.append((make.__name__, typed, meant))
    order = [make.__name__ for make in kinds]
    return sorted(made, key=lambda one: order.index(one[0]))


def tally(faults: list[tuple[str, str, str]], *, known: Collection[str] = ()) -> Tally:
    """Ask for a repair of each."""
    result = Tally()
    for kind, typed, meant in faults:
        start = time.process_time()
        suggestion = suggest_code(typed, known=known)
        result.seconds += time.process_time() - start
        result.count(kind, typed, meant, suggestion.value if suggestion else None)
    return result


def register_of(faults: list[tuple[str, str, str]], seed: int, *, share: float = 0.7, others: int = 5000) -> set[str]:
    """Codes that a bureau holds already: many of those that were meant, and others."""
    rng = random.Random(seed)
    held = {meant for _, _, meant in faults if rng.random() < share}
    return held | {valid_code(rng) for _ in range(others)}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20261124)
    options = parser.parse_args(arguments)
    faults = plant(options.count, options.seed)
    write = sys.stdout.write
    worst = 1.0
    for title, known in (
        ("Credit codes alone", set()),
        ("With a register that holds 70 % of them", register_of(faults, options.seed)),
    ):
        result = tally(faults, known=known)
        write(f"== {title} (seed {options.seed})\n" + "\n".join(result.lines()) + "\n")
        for kind, typed, value in result.mistakes:
            write(f"   wrong: {kind} {typed} -> {value}\n")
        worst = min(worst, result.precision)
    return 0 if worst >= 0.99 else 1


if __name__ == "__main__":
    sys.exit(main())
