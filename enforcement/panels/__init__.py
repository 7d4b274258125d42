"""What enforcement shows on other pages."""

from . import answers, interviews, orders, removals  # noqa: F401
