"""The registers of fund supervision."""

from . import accounts, agreements, banks  # noqa: F401
