"""Orders to put right with their proof and re-checks; interviews and study visits."""

from .interviews import Interview, InterviewParty, InterviewProblem, StudyGuest, StudyVisit
from .orders import Order, OrderCampaign, OrderOfficer, Proof, ProofPhoto, Recheck
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
    "StudyGuest",
    "StudyVisit",
]
