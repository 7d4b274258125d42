"""Inspections in the staff site."""

from . import campaigns, checklists, draws, papers, patrols, totals, visits

__all__ = ["campaigns", "checklists", "draws", "papers", "patrols", "totals", "visits"]
