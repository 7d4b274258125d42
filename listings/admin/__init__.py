"""Registers of the lists in the staff site."""

from . import lists  # noqa: F401
