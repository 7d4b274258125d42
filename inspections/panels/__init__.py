"""What inspections show on their own and on lower apps' pages, one module a subject."""

from . import campaigns, checklists, draws, patrols, totals, visits

__all__ = ["campaigns", "checklists", "draws", "patrols", "totals", "visits"]
