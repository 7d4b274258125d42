"""What enforcement shows on other pages."""

from . import interviews, orders  # noqa: F401
