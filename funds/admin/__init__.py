"""The registers of fund supervision."""

from . import accounts, banks  # noqa: F401
