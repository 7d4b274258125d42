"""What happens after a commit, one module a subject."""

from . import campaigns, patrols, visits

__all__ = ["campaigns", "patrols", "visits"]
