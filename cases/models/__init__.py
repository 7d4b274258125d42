"""Models of cases."""

from .cases import Case, CaseCampaign, CaseOfficer
from .evidence import Evidence, EvidenceFile, Preservation
from .papers import CasePaper
from .penalties import Fulfilment, Penalty, Publication
from .say import Hearing, Statement
from .violations import Violation

__all__ = [
    "Case",
    "CaseCampaign",
    "CaseOfficer",
    "CasePaper",
    "Evidence",
    "EvidenceFile",
    "Fulfilment",
    "Hearing",
    "Penalty",
    "Preservation",
    "Publication",
    "Statement",
    "Violation",
]
