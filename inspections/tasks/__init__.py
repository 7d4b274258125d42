"""What happens after a commit, one module a subject."""

from . import visits

__all__ = ["visits"]
