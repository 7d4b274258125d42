"""The tables of clues, one module a subject."""

from .clues import CheckRequest, Clue, CluePhoto, ClueQuerySet, Handover
from .senders import SealedSender, SenderOpening
from .tips import Tip, TipMessage, TipPhoto

__all__ = [
    "CheckRequest",
    "Clue",
    "CluePhoto",
    "ClueQuerySet",
    "Handover",
    "SealedSender",
    "SenderOpening",
    "Tip",
    "TipMessage",
    "TipPhoto",
]
