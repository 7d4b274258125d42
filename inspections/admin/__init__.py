"""Inspections in the staff site."""

from . import campaigns, checklists, draws, figure_sheets, papers, patrols, totals, visits

__all__ = ["campaigns", "checklists", "draws", "figure_sheets", "papers", "patrols", "totals", "visits"]
