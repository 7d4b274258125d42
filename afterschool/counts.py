"""What a school reports of one grade, and what is wrong with it in the words of who counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from foundation.core.errors import InvalidInput
from foundation.regions.enums import SchoolStage
from foundation.regions.models import School

from .enums import FULL_DAYS, FULL_MINUTES, GRADES, Grade

EXEMPT = ("exempt_hardship", "exempt_boarding", "exempt_other")


@dataclass(frozen=True)
class Counts:
    """Pupils in 人, money in 分; days a week and minutes a day of the service."""

    enrolled: int
    joined: int
    exempt_hardship: int = 0
    exempt_boarding: int = 0
    exempt_other: int = 0
    subsidy_fen: int = 0
    paid_fen: int = 0
    days_per_week: int = FULL_DAYS
    minutes_per_day: int = FULL_MINUTES

    def values(self) -> dict[str, int]:
        return asdict(self)


NAMES = tuple(Counts.__dataclass_fields__)


def faults_of(counts: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(field, code, sentence) of each contradiction in what is told; what is not told contradicts nothing."""
    found = []
    enrolled, joined = counts.get("enrolled"), counts.get("joined")
    if enrolled is not None and joined is not None and joined > enrolled:
        found.append(("joined", "joined_above_enrolled", f"{joined}人，多于在校学生{enrolled}人，请核对。"))
    exempt = sum(counts.get(name) or 0 for name in EXEMPT)
    if joined is not None and exempt > joined:
        text = f"免收合计{exempt}人，多于自愿参加{joined}人，请核对。"
        named = next((name for name in EXEMPT if counts.get(name)), EXEMPT[0])
        found.append((named, "exempt_above_joined", text))
    for name in ("subsidy_fen", "paid_fen"):
        if joined == 0 and counts.get(name):
            found.append((name, "money_without_pupils", "没有学生参加，不应有金额，请核对。"))
    return found


def grade_fault(school: School, grade: int) -> str:
    """Why a school cannot have a grade; nothing when it can."""
    stage = SchoolStage(school.stage)
    if grade in GRADES.get(stage, ()):
        return ""
    return f"{school}是{stage.label}，没有{Grade(grade).label}，请核对。"


def check_counts(school: School, grade: int, counts: Counts) -> None:
    """Raise InvalidInput with each contradiction beside its field."""
    problems: dict[str, list[str]] = {}
    for name, _, text in faults_of(counts.values()):
        problems.setdefault(name, []).append(text)
    if text := grade_fault(school, grade):
        problems["grade"] = [text]
    if problems:
        message = "；".join(text.removesuffix("。") for texts in problems.values() for text in texts)
        raise InvalidInput(f"{message}。", code="counts", fields=problems)
