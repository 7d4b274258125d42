"""Registers of the lists in the staff site."""

from . import lists, ratings, yearly  # noqa: F401
