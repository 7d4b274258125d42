"""Bank files and the reconciliation desk in the staff site."""

from banking import exporting  # noqa: F401  (declares what ExportPage writes)

from ..pages import keys  # noqa: F401  (contributes to banks)
from . import desk, files, months  # noqa: F401
