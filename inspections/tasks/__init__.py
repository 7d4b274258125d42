"""What happens after a commit, one module a subject."""

from . import campaigns, draws, patrols, totals, visits

__all__ = ["campaigns", "draws", "patrols", "totals", "visits"]
