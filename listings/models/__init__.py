"""Entries of the lists with what they rest on, the rules that they follow, and the editions that published them."""

from .lists import Edition, EditionChange, ListEntry
from .process import Defence, Evidence, Repair, RepairPhoto
from .rules import ListRule

__all__ = [
    "Defence",
    "Edition",
    "EditionChange",
    "Evidence",
    "ListEntry",
    "ListRule",
    "Repair",
    "RepairPhoto",
]
