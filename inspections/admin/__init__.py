"""Inspections in the staff site."""

from . import checklists, draws, totals, visits

__all__ = ["checklists", "draws", "totals", "visits"]
