"""Reports in the staff site."""

from . import plans, reports, styles

__all__ = ["plans", "reports", "styles"]
