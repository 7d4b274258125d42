"""Entries of the lists with what they rest on, the rules that they follow, the editions that
published them, ratings, and the annual check."""

from .lists import Edition, EditionChange, ListEntry
from .notices import PublicNotice
from .process import Defence, DefencePhoto, Evidence, Repair, RepairPhoto
from .ratings import Rating, RatingObjection, RatingRun, Rubric, RubricItem
from .rules import ListRule
from .yearly import AnnualCheck, CheckYear

__all__ = [
    "AnnualCheck",
    "CheckYear",
    "Defence",
    "DefencePhoto",
    "Edition",
    "EditionChange",
    "Evidence",
    "ListEntry",
    "ListRule",
    "PublicNotice",
    "Rating",
    "RatingObjection",
    "RatingRun",
    "Repair",
    "RepairPhoto",
    "Rubric",
    "RubricItem",
]
