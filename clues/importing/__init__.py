"""What of clues is imported from spreadsheets: hotline orders, collected posts."""

from . import orders, posts  # noqa: F401
