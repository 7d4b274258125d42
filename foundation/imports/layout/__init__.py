"""Where the data stand in a file: headings found by their meaning; titles, totals and footers are no data."""

from .finding import find_table
from .tables import Block, Heading, LayoutRefused, SheetTable, Table

__all__ = ["Block", "Heading", "LayoutRefused", "SheetTable", "Table", "find_table"]
