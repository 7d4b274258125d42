"""What enforcement shows on other pages."""

from . import interviews, orders, removals  # noqa: F401
