"""Reading people and posts."""

from __future__ import annotations

from datetime import date

from django.db import models

from foundation.core.actor import Actor

from .actors import posts_on
from .models import Organ, Post, User


def own_posts(user: User, on: date) -> list[Post]:
    """The person's posts in force, for switching between them."""
    return posts_on(user, on)


def open_organs(actor: Actor) -> models.QuerySet[Organ]:
    """Organs of the actor's jurisdictions that are not closed; for pickers."""
    return Organ.objects.visible_to(actor).filter(closed_on__isnull=True).order_by("jurisdiction__code", "name")


def people(actor: Actor) -> models.QuerySet[User]:
    """Active people of the actor's jurisdictions; for pickers."""
    return User.objects.visible_to(actor).filter(is_active=True).order_by("name", "username")


def posts_in_force_at(organ: Organ, on: date) -> int:
    """How many posts of an organ run beyond a day."""
    return organ.posts.exclude(valid_to__lte=on).count()
