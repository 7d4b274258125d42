"""What enforcement shows on other pages."""

from . import answers, interviews, orders  # noqa: F401
