"""What photos are of, as higher apps tell: a photo of something is seen by those who see the thing, and by its taker.

A higher app declares its table of links beside it::

    belongs_to(CluePhoto, "clue")        # a model with a ``photo``, and the field that leads to what the photo is of
"""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from foundation.core.actor import Actor

_links: dict[type[models.Model], str] = {}


def belongs_to(link: type[models.Model], thing: str) -> None:
    """Declare that rows of ``link`` tie a photo to ``thing``, whose model has a scope of its own."""
    if _links.setdefault(link, thing) != thing:
        raise RuntimeError(f"{link._meta.label} is declared twice")


def of_nothing_hidden(actor: Actor) -> Q:
    """Photos that are of nothing that the actor may not see."""
    condition = Q()
    for link, thing in _links.items():
        seen = link._meta.get_field(thing).related_model._default_manager.visible_to(actor)
        hidden = link._default_manager.filter(photo=OuterRef("pk")).exclude(**{f"{thing}__in": seen.values("pk")})
        condition &= ~Q(Exists(hidden))
    return condition
