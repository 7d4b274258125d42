"""What of contracts is imported from spreadsheets: contracts, payments, invoices, lessons."""

from . import targets  # noqa: F401
