"""Registers of enforcement in the staff site."""

from . import interviews, orders, removals  # noqa: F401
