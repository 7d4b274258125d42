"""Bank files and the reconciliation desk in the staff site."""

from . import desk, files  # noqa: F401
