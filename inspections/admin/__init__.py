"""Inspections in the staff site."""

from . import checklists, draws, visits

__all__ = ["checklists", "draws", "visits"]
