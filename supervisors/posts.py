"""The post that lets a supervisor work: given and ended inside the operations that make, renew and end a term."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from foundation.accounts.enums import Can, Role
from foundation.accounts.models import Post, User
from foundation.accounts.operations.posts import end_post, grant_post
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.regions.models import Jurisdiction

from .models import Recruitment, Supervisor


def give_post(
    user: User, recruitment: Recruitment, area: Jurisdiction, first: date, last: date, *, by: Actor, at: datetime
) -> Post:
    """The supervisor's post for these days: the whole place, or narrowed to the area that the person works in."""
    keeper = by.allowed(Can.GRANT_POSTS, scope=frozenset({recruitment.organ.jurisdiction_id}))
    return grant_post(
        user=user,
        organ=recruitment.organ,
        role=Role.SUPERVISOR,
        valid_from=first,
        valid_to=last,
        title="社会监督员",
        division=area.division if area.pk != recruitment.organ.jurisdiction_id else None,
        by=keeper,
        at=at,
    )


def end_posts(row: Supervisor, *, by: Actor, at: datetime, reason: str) -> None:
    """End the supervisor's posts of this bureau at once: yesterday, or on its first day for a post of today."""
    keeper = by.allowed(Can.GRANT_POSTS, scope=frozenset({row.organ.jurisdiction_id}))
    yesterday = local_date(at) - timedelta(days=1)
    held = row.user.posts.filter(role=Role.SUPERVISOR, organ=row.organ, valid_to__gt=yesterday).order_by("pk")
    for post in held:
        last_day = max(yesterday, post.valid_from)
        if post.valid_to > last_day:
            end_post(post=post, last_day=last_day, reason=reason, by=keeper, at=at)
