"""What happens after a commit, one module a subject."""

from . import draws, visits

__all__ = ["draws", "visits"]
