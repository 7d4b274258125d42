"""The registers of fund supervision."""

from funds import exporting  # noqa: F401  (declares what ExportPage writes)

from . import accounts, agreements, banks, obstacles, rates  # noqa: F401
