"""Every definition, in the order in which pages show them."""

from . import register, visits, orders, penalties, adverts, leads, volunteers, money, danger, judged, schools  # noqa: I001

__all__ = [
    "adverts",
    "danger",
    "judged",
    "leads",
    "money",
    "orders",
    "penalties",
    "register",
    "schools",
    "visits",
    "volunteers",
]
