"""What the lists show on other pages, and below their own."""

from . import lists  # noqa: F401
