"""Inspections in the staff site."""

from . import campaigns, checklists, draws, patrols, totals, visits

__all__ = ["campaigns", "checklists", "draws", "patrols", "totals", "visits"]
