"""What enforcement shows on other pages."""

from . import interviews, orders, removals, sheets  # noqa: F401
