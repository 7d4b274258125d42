"""合同与缴费 in the staff site."""

from . import limits  # noqa: F401
