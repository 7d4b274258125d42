"""Training materials: sets and their reviews, the reviewers' team, what classes use, alarms."""

from .sets import MaterialSet, Opinion, Review, Reviewer
from .uses import MaterialUse, UseAlarm

__all__ = ["MaterialSet", "MaterialUse", "Opinion", "Review", "Reviewer", "UseAlarm"]
