"""What happens after a commit, one module a subject."""

from . import draws, totals, visits

__all__ = ["draws", "totals", "visits"]
