"""Every definition, in the order in which pages show them."""

from importlib import import_module

NAMES = (
    *("register", "visits", "orders", "penalties", "adverts", "leads", "volunteers", "money", "danger", "judged"),
    *("schools", "papers", "punished", "revisits"),
)
for _name in NAMES:
    import_module(f"reports.definitions.{_name}")
