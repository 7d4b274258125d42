"""The tables of inspections, one module a subject."""

from .campaigns import (
    Campaign,
    CampaignArea,
    CampaignPaper,
    CampaignReturn,
    CampaignTarget,
    CampaignUnit,
)
from .checklists import Checklist, ChecklistItem, ChecklistSection, ChecklistVersion
from .draws import Draw, DrawCommitment, DrawExclusion, DrawnObject, DrawOfficer
from .interests import InterestDeclaration
from .months import VisitMonth
from .papers import AttachedFile, PaperFile, attached_file_constraints
from .patrols import GroupArea, GroupMember, GroupVisit, PatrolGroup, Shift
from .pictures import VisitPhoto
from .tags import CampaignClue, CampaignVisit
from .totals import HistoricalTotal
from .visits import Finding, Visit, VisitOfficer, VisitSeries

__all__ = [
    "AttachedFile",
    "Campaign",
    "CampaignArea",
    "CampaignClue",
    "CampaignPaper",
    "CampaignReturn",
    "CampaignTarget",
    "CampaignUnit",
    "CampaignVisit",
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
    "GroupArea",
    "GroupMember",
    "GroupVisit",
    "HistoricalTotal",
    "InterestDeclaration",
    "PaperFile",
    "PatrolGroup",
    "Shift",
    "Visit",
    "VisitMonth",
    "VisitOfficer",
    "VisitPhoto",
    "VisitSeries",
    "attached_file_constraints",
]
