"""The tables of clues, one module a subject."""

from .clues import Clue, CluePhoto, ClueQuerySet
from .senders import SealedSender, SenderOpening
from .tips import Tip, TipMessage, TipPhoto

__all__ = ["Clue", "CluePhoto", "ClueQuerySet", "SealedSender", "SenderOpening", "Tip", "TipMessage", "TipPhoto"]
