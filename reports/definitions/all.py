"""Every definition, in the order in which pages show them."""

from . import register, visits, orders, penalties, adverts, leads, volunteers, money, danger, judged  # noqa: I001

__all__ = ["adverts", "danger", "judged", "leads", "money", "orders", "penalties", "register", "visits", "volunteers"]
