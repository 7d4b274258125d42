"""Terms and blocks, what schools report and offer, providers and their selection."""

from .participation import Offering, Participation
from .providers import Provider, Selection, SelectionRound
from .terms import Block, Term

__all__ = ["Block", "Offering", "Participation", "Provider", "Selection", "SelectionRound", "Term"]
