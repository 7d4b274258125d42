"""The tables of clues, one module a subject."""

from .adverts import AdvertRule, Sighting
from .clues import CheckRequest, Clue, CluePhoto, ClueQuerySet, Handover
from .senders import SealedSender, SenderOpening
from .tips import CallBack, Tip, TipMessage, TipPhoto
from .whistles import Whistle, WhistleCall

__all__ = [
    "AdvertRule",
    "CallBack",
    "CheckRequest",
    "Clue",
    "CluePhoto",
    "ClueQuerySet",
    "Handover",
    "SealedSender",
    "SenderOpening",
    "Sighting",
    "Tip",
    "TipMessage",
    "TipPhoto",
    "Whistle",
    "WhistleCall",
]
