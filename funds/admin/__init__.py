"""The registers of fund supervision."""

from . import accounts, agreements, banks, obstacles, rates  # noqa: F401
