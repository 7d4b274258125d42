"""The tables of inspections, one module a subject."""

from .campaigns import (
    Campaign,
    CampaignArea,
    CampaignPaper,
    CampaignReturn,
    CampaignTarget,
    CampaignUnit,
    CampaignVisit,
)
from .checklists import Checklist, ChecklistItem, ChecklistSection, ChecklistVersion
from .patrols import GroupArea, GroupMember, GroupVisit, PatrolGroup, Shift
from .pictures import VisitPhoto
from .visits import Finding, Visit, VisitOfficer, VisitSeries

__all__ = [
    "Campaign",
    "CampaignArea",
    "CampaignPaper",
    "CampaignReturn",
    "CampaignTarget",
    "CampaignUnit",
    "CampaignVisit",
    "Checklist",
    "ChecklistItem",
    "ChecklistSection",
    "ChecklistVersion",
    "Finding",
    "GroupArea",
    "GroupMember",
    "GroupVisit",
    "PatrolGroup",
    "Shift",
    "Visit",
    "VisitOfficer",
    "VisitPhoto",
    "VisitSeries",
]
