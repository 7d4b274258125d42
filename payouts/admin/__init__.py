"""The registers of releases and refunds."""

from payouts import exporting  # noqa: F401  (declares what ExportPage writes)

from . import lessons, refunds, releases  # noqa: F401
