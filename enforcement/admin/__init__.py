"""Registers of enforcement in the staff site."""

from . import interviews, orders  # noqa: F401
