"""Inspections in the staff site."""

from . import campaigns, checklists, patrols, visits

__all__ = ["campaigns", "checklists", "patrols", "visits"]
