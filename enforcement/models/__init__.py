"""Orders to put right with their proof and re-checks; interviews and study visits; removals of advertisements."""

from .interviews import Interview, InterviewParty, InterviewProblem, StudyGuest, StudyVisit
from .orders import Order, OrderCampaign, OrderOfficer, Proof, ProofPhoto, Recheck
from .removals import Removal, RemovalCampaign, RemovalItem, RemovalOfficer, RemovalPhoto
from .reports import InterviewReport, InterviewReportPhoto

__all__ = [
    "Interview",
    "InterviewParty",
    "InterviewProblem",
    "InterviewReport",
    "InterviewReportPhoto",
    "Order",
    "OrderCampaign",
    "OrderOfficer",
    "Proof",
    "ProofPhoto",
    "Recheck",
    "Removal",
    "RemovalCampaign",
    "RemovalItem",
    "RemovalOfficer",
    "RemovalPhoto",
    "StudyGuest",
    "StudyVisit",
]
