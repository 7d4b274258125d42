"""What happens after a commit, one module a subject."""

from . import campaigns, draws, months, papers, patrols, totals, visits

__all__ = ["campaigns", "draws", "months", "papers", "patrols", "totals", "visits"]
