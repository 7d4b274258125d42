"""What inspections show on their own and on lower apps' pages, one module a subject."""

from . import checklists, draws, totals, visits

__all__ = ["checklists", "draws", "totals", "visits"]
