"""Who is to be told: the reverse of a permission check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from foundation.accounts.enums import ROLES, UNSCOPED_ROLES, Role
from foundation.accounts.models import Post
from foundation.deadlines.models import Deadline
from foundation.regions.models import Division, Jurisdiction


def holders(capability: str, *, on: date) -> QuerySet[Post]:
    """Posts in force on a day whose role gives the capability, held by active people."""
    roles = [role for role in Role if capability in ROLES[role]]
    return Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on, role__in=roles, user__is_active=True
    )


def people_who_can(
    capability: str,
    *,
    jurisdiction_id: int,
    on: date,
    division_id: int | None = None,
    category: str = "",
    own_level: bool = False,
) -> list[int]:
    """Ids of the people who may do this about a thing that lies there: exactly those whose actor covers it.

    A post narrowed to areas or categories is left out for a thing without a place or category. ``own_level`` asks for
    the posts of that very jurisdiction, not of its superiors.
    """
    line = [jurisdiction_id] if own_level else _upward(Jurisdiction, jurisdiction_id)
    places = set(_upward(Division, division_id)) if division_id else set()
    posts = (
        holders(capability, on=on)
        .exclude(role__in=UNSCOPED_ROLES)
        .filter(organ__jurisdiction__in=line)
        .select_related("organ", "grid", "school")
    )
    return _people(post for post in posts if _covers(post, places, category))


def people_in(organ_id: int, capability: str, *, on: date) -> list[int]:
    """Ids of the people who hold a post with the capability in this very organ."""
    return _people(holders(capability, on=on).filter(organ=organ_id))


def people_for(deadline: Deadline, *, on: date) -> list[int]:
    """Whom a deadline concerns: its post, else its organ, else who may act at its level, else at a higher one."""
    if deadline.post_id and (held := holders(deadline.capability, on=on).filter(pk=deadline.post_id)):
        return _people(held)
    place = {
        "jurisdiction_id": deadline.jurisdiction_id,
        "division_id": deadline.division_id,
        "category": deadline.category,
    }
    return people_near(deadline.organ_id, deadline.capability, on=on, **place)


def people_near(
    organ_id: int | None,
    capability: str,
    *,
    jurisdiction_id: int,
    on: date,
    division_id: int | None = None,
    category: str = "",
) -> list[int]:
    """Those of the organ whose matter it is, else who may act at the level of the place, else at a higher one."""
    place = {"jurisdiction_id": jurisdiction_id, "division_id": division_id, "category": category, "on": on}
    own = people_in(organ_id, capability, on=on) if organ_id else []
    return own or people_who_can(capability, own_level=True, **place) or people_who_can(capability, **place)


def _covers(post: Post, places: set[int], category: str) -> bool:
    narrowed = {place.division_id for place in (post.grid, post.school) if place is not None} | {post.division_id}
    if post.role == Role.TOWN_STAFF:
        narrowed.add(post.organ.division_id)
    narrowed.discard(None)
    if narrowed and not narrowed & places:
        return False
    return not post.categories or category in post.categories


def _people(posts: Iterable[Post]) -> list[int]:
    return sorted({post.user_id for post in posts})


def _upward(model: type[Division] | type[Jurisdiction], pk: int | None) -> list[int]:
    line = []
    while pk is not None:
        line.append(pk)
        pk = model.objects.filter(pk=pk).values_list("parent_id", flat=True).first()
    return line
