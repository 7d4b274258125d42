"""What enforcement shows on other pages."""

from . import interviews, orders, sheets  # noqa: F401
