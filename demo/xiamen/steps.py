"""Moments, posts and the checklist that every part of 厦门's case needs."""

from __future__ import annotations

from datetime import date, datetime

from foundation.accounts.actors import actor_of
from foundation.accounts.models import Post
from foundation.core.actor import Actor
from foundation.deadlines.working_days import calendar
from inspections.enums import Audience, VersionState
from inspections.models import ChecklistVersion
from supervisors.models import Supervisor

from ..case_diary import at_hour


def office_day(day: date) -> datetime:
    """Ten in the morning of that day, or of the next one on which offices work."""
    return at_hour(calendar().next_working_day(day).value)


def acting(supervisor: Supervisor) -> Actor:
    post = Post.objects.select_related("organ", "user", "grid", "school").get(pk=supervisor.post_id)
    return actor_of(post, user=post.user)


def post_of(supervisor: Supervisor) -> Post:
    return Post.objects.select_related("user", "organ").get(pk=supervisor.post_id)


def checklist() -> ChecklistVersion:
    """The province's list of nine sections and 43 items."""
    return ChecklistVersion.objects.get(
        checklist__audience=Audience.SUPERVISORS, checklist__jurisdiction__parent=None, state=VersionState.IN_USE
    )
