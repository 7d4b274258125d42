"""Django's migrations with less repeated work: half of the computing that an empty database takes to its last table.

Between two steps Django makes the classes of all related models anew, some 8,000 times for our 250 models. Two things
cost half of that time and change nothing: each field is taken apart and made again from its arguments, though those of
a state belong to no model yet and can be copied; and each class made empties what Django remembers of which models may
be swapped, which are always those of the installed apps.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.apps.registry import Apps
from django.db.models import Field

SWAPPED = "get_swappable_settings_name"


@contextmanager
def quick_states() -> Iterator[None]:
    """While the migrations of this process run, and only then."""
    kept = {(Field, "clone"): Field.clone, (Apps, SWAPPED): getattr(Apps, SWAPPED)}
    quick = {(Field, "clone"): _copied, (Apps, SWAPPED): _remembering(getattr(Apps, SWAPPED).__wrapped__)}
    try:
        for (owner, name), method in quick.items():
            setattr(owner, name, method)
        yield
    finally:
        for (owner, name), method in kept.items():
            setattr(owner, name, method)


def _copied(field: Field) -> Field:
    """A field like this one, after all those made so far: Django orders columns by that number."""
    if hasattr(field, "model"):
        return _taken_apart(field)
    copied = copy.deepcopy(field)
    copied.creation_counter = Field.creation_counter
    Field.creation_counter += 1
    return copied


_taken_apart = Field.clone


def _remembering(ask: Callable[[Apps, str], str | None]) -> Callable[[Apps, str], str | None]:
    """``ask``, whose answers stay although classes were made since: those are in registries of their own."""
    known: dict[tuple[Apps, str], str | None] = {}

    def remembered(registry: Apps, name: str) -> str | None:
        if (registry, name) not in known:
            known[registry, name] = ask(registry, name)
        return known[registry, name]

    remembered.cache_clear = lambda: None  # what each new class calls
    return remembered
