"""合同与缴费 in the staff site."""

from . import contracts, limits, money  # noqa: F401
