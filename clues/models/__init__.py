"""The tables of clues, one module a subject."""

from .clues import Clue, CluePhoto, ClueQuerySet
from .tips import Tip, TipMessage, TipPhoto

__all__ = ["Clue", "CluePhoto", "ClueQuerySet", "Tip", "TipMessage", "TipPhoto"]
