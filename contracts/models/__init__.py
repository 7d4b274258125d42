"""Models of contracts and payments."""

from .contracts import Contract
from .findings import ContractFinding
from .limits import ContractLimit
from .parties import Consent, ContractParty, PartyOpening
from .payments import Invoice, Lesson, Payment

__all__ = [
    "Consent",
    "Contract",
    "ContractFinding",
    "ContractLimit",
    "ContractParty",
    "Invoice",
    "Lesson",
    "PartyOpening",
    "Payment",
]
