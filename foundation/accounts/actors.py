"""From a logged-in person to the Actor that rules and operations know."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from foundation.core.actor import ANONYMOUS, Actor
from foundation.regions.queries import divisions_below, jurisdictions_below

from .enums import ROLES, UNSCOPED_ROLES, Role
from .models import Post, User


def posts_on(user: User, on: date) -> list[Post]:
    """The person's posts in force on a day, the oldest first."""
    held = user.posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
    return list(held.select_related("organ").order_by("valid_from", "pk"))


def actor_for(user: User, *, on: date, post_id: int | None = None) -> Actor:
    """The person in one post: the chosen one if it is still held, else the oldest. Without a post: no rights at all."""
    if not user.is_active:
        return ANONYMOUS
    posts = posts_on(user, on)
    if not posts:
        return Actor(user_id=user.pk, name=user.name)
    return actor_of(next((post for post in posts if post.pk == post_id), posts[0]), user=user)


def actor_of(post: Post, *, user: User) -> Actor:
    """The actor that a post makes of its holder."""
    role = Role(post.role)
    return Actor(
        user_id=user.pk,
        name=user.name,
        organ_id=post.organ_id,
        organ_name=post.organ.name,
        post_id=post.pk,
        role=role.value,
        role_label=role.label,
        capabilities=frozenset(ROLES[role]),
        scope=frozenset() if role in UNSCOPED_ROLES else jurisdictions_below(post.organ.jurisdiction_id),
        areas=_areas(post),
        categories=frozenset(post.categories) or None,
    )


def _areas(post: Post) -> frozenset[int] | None:
    """Ids of the divisions that the post is narrowed to, or None for the whole jurisdiction."""
    narrowed = {place.division_id if place is not None else None for place in (post.grid, post.school)} | {
        post.division_id
    }
    if post.role == Role.TOWN_STAFF:
        narrowed.add(post.organ.division_id)
    narrowed.discard(None)
    return divisions_below(*narrowed) if narrowed else None
