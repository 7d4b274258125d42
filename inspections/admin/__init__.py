"""Inspections in the staff site."""

from . import checklists, visits

__all__ = ["checklists", "visits"]
