"""Supervisors in the staff site."""

from . import duty, ledger, office, recruiting, verifying

__all__ = ["duty", "ledger", "office", "recruiting", "verifying"]
