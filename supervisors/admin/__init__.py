"""Supervisors in the staff site."""

from . import duty, office, recruiting

__all__ = ["duty", "office", "recruiting"]
