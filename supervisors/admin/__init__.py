"""Supervisors in the staff site."""

from . import duty, office, recruiting, verifying

__all__ = ["duty", "office", "recruiting", "verifying"]
