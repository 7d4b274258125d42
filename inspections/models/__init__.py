"""The tables of inspections, one module a subject."""

from .checklists import Checklist, ChecklistItem, ChecklistSection, ChecklistVersion
from .draws import Draw, DrawCommitment, DrawExclusion, DrawnObject, DrawOfficer
from .interests import InterestDeclaration
from .pictures import VisitPhoto
from .totals import HistoricalTotal
from .visits import Finding, Visit, VisitOfficer, VisitSeries

__all__ = [
    "Checklist",
    "ChecklistItem",
    "ChecklistSection",
    "ChecklistVersion",
    "Draw",
    "DrawCommitment",
    "DrawExclusion",
    "DrawOfficer",
    "DrawnObject",
    "Finding",
    "HistoricalTotal",
    "InterestDeclaration",
    "Visit",
    "VisitOfficer",
    "VisitPhoto",
    "VisitSeries",
]
