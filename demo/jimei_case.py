"""What the replay of 集美 has made so far, for each of its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from foundation.regions.models import Division, School
from institutions.models import Institution

from .case_diary import Diary
from .case_people import CasePlace


@dataclass
class Case:
    """``rows`` operate: subject ones first, then those for the arts examination; ``former`` ended or turned."""

    here: CasePlace
    towns: list[Division]
    diary: Diary
    schools: list[School] = field(default_factory=list)
    rows: list[Institution] = field(default_factory=list)
    former: list[Institution] = field(default_factory=list)

    @staticmethod
    def minutes(number: int) -> timedelta:
        return timedelta(minutes=number)

    @staticmethod
    def days(number: int) -> timedelta:
        return timedelta(days=number)
