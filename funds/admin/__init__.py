"""The registers of fund supervision."""

from . import banks  # noqa: F401
