"""合同与缴费 in the staff site."""

from . import contracts, limits  # noqa: F401
