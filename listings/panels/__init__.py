"""What the lists show on other pages, and below their own."""

from . import lists, ratings, yearly  # noqa: F401
