"""What inspections show on their own and on lower apps' pages, one module a subject."""

from . import campaigns, checklists, patrols, visits

__all__ = ["campaigns", "checklists", "patrols", "visits"]
