"""Written posts with what the screening has to say of each: verdict, laws, carrier."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from clues.enums import AdRuleKind, Carrier, Medium
from clues.screening import Rule

HERE = Path(__file__).parent
RULES = Path(__file__).parents[3] / "clues" / "data" / "advert_rules.json"
MEDIA = {medium.label: medium.value for medium in Medium}
CARRIERS = {carrier.label: carrier.value for carrier in Carrier} | {"-": ""}
KINDS = {kind.label: kind.value for kind in AdRuleKind}


@dataclass(frozen=True)
class Post:
    """``kinds`` are the kinds of rules that have to mark it: none for a lawful one."""

    medium: str
    kinds: frozenset[str]
    carrier: str
    text: str


def posts(name: str) -> list[Post]:
    """The posts of a file: blocks of a head (medium | laws | carrier) and the text."""
    found = []
    for block in (HERE / name).read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.strip().split("\n") if not line.startswith("# ")]
        if len(lines) < 2:
            continue
        medium, kinds, carrier = (part.strip() for part in lines[0].split("|"))
        named = frozenset(KINDS[word] for word in kinds.split() if word != "-")
        found.append(Post(MEDIA[medium], named, CARRIERS[carrier], "\n".join(lines[1:])))
    return found


def first_rules() -> list[Rule]:
    """The rules that an installation starts with, as the migration loads them."""
    sets = ("needs", "media")
    told = json.loads(RULES.read_text(encoding="utf-8"))
    return [
        Rule(
            **{
                key: frozenset(value) if key in sets else tuple(value) if isinstance(value, list) else value
                for key, value in row.items()
                if key != "name"
            }
        )
        for row in told
    ]
