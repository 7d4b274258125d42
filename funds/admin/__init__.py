"""The registers of fund supervision."""

from . import accounts, agreements, banks, rates  # noqa: F401
