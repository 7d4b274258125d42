"""The tables of inspections, one module a subject."""

from .checklists import Checklist, ChecklistItem, ChecklistSection, ChecklistVersion
from .pictures import VisitPhoto
from .visits import Finding, Visit, VisitOfficer, VisitSeries

__all__ = [
    "Checklist",
    "ChecklistItem",
    "ChecklistSection",
    "ChecklistVersion",
    "Finding",
    "Visit",
    "VisitOfficer",
    "VisitPhoto",
    "VisitSeries",
]
