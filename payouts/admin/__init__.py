"""The registers of releases and refunds."""

from . import lessons, refunds, releases  # noqa: F401
