"""Names as keys, and the name of the register that a name was probably meant to be."""

from __future__ import annotations

from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import pairwise

from foundation.imports.suggesting import Suggestion
from foundation.imports.target import Ground
from foundation.imports.values import half_width
from institutions.models import Institution

ALIKE = 0.8  # how much two names have in common before one is suggested for the other
AHEAD = 0.03  # by how much the nearest name has to be nearer than the next
SURE = 0.8
MOST_NAMES = 50_000  # of an area: beyond, looking for near names would take longer than the check itself
MOST_ASKED = 500  # different unknown names of one file
_WIDE, _NARROW = str.maketrans("()", "（）"), str.maketrans("（）", "()")


def key_of(name: str) -> str:
    """The same for spellings that differ in width, blanks and the kind of brackets."""
    return half_width(name).translate(_NARROW).lower()


def spellings_of(name: str) -> set[str]:
    """How a name may stand in the register: as written, and with either kind of brackets."""
    return {name, name.translate(_WIDE), name.translate(_NARROW)}


class NearNames:
    """The names of an area's institutions by their pairs of characters; read once, when the first name is unknown."""

    def __init__(self, ground: Ground) -> None:
        own = Institution.objects.current().filter(jurisdiction__in=ground.allowed).order_by("pk")
        self._names = list(dict.fromkeys(own.values_list("name", flat=True)[: MOST_NAMES + 1]))
        self._with: dict[str, list[int]] = defaultdict(list)
        if len(self._names) > MOST_NAMES:
            self._names = []
        for at, name in enumerate(self._names):
            for pair in set(pairwise(key_of(name))):
                self._with["".join(pair)].append(at)
        self._asked: dict[str, Suggestion | None] = {}

    @classmethod
    def of(cls, ground: Ground) -> NearNames:
        """The one of this run."""
        if "inspections.near_names" not in ground.known:
            ground.known["inspections.near_names"] = cls(ground)
        return ground.known["inspections.near_names"]

    def suggest(self, name: str) -> Suggestion | None:
        """The one name of the register that is nearly this one; None when there is none, or two are as near."""
        key = key_of(name)
        if key not in self._asked:
            self._asked[key] = self._nearest(key) if len(self._asked) < MOST_ASKED else None
        return self._asked[key]

    def _nearest(self, key: str) -> Suggestion | None:
        shared = Counter(at for pair in set(pairwise(key)) for at in self._with.get("".join(pair), ()))
        scored = sorted(
            ((_ratio(key, key_of(self._names[at])), self._names[at]) for at, _ in shared.most_common(20)), reverse=True
        )
        if not scored or scored[0][0] < ALIKE or (len(scored) > 1 and scored[0][0] - scored[1][0] < AHEAD):
            return None
        return Suggestion(scored[0][1], SURE, "名录中最相近的名称")


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
