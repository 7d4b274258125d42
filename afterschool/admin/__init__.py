"""The registers of after-school services."""

from afterschool import exporting  # noqa: F401  (declares what ExportPage writes)

from . import providers, reports  # noqa: F401
