"""Granting and ending posts: the only way that anybody gets a right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from foundation.accounts import events, rules
from foundation.accounts.enums import DUTIES, ORGANS_OF_ROLE, SEAT_OF_ROLE, Duty, Role, Seat, TrainingCategory
from foundation.accounts.models import Organ, Post, User
from foundation.audit.record import record
from foundation.core import constraints
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Division, GridArea, School
from foundation.regions.queries import lies_in


@operation
def grant_post(
    *,
    by: Actor,
    at: datetime,
    user: User,
    organ: Organ,
    role: Role,
    valid_from: date,
    valid_to: date | None = None,
    title: str = "",
    division: Division | None = None,
    grid: GridArea | None = None,
    school: School | None = None,
    categories: Sequence[TrainingCategory] = (),
    certificate_no: str = "",
) -> Post:
    """Give a person a role in an organ for a period; the person's sessions end.

    Raises NotAllowed for oneself and outside the own jurisdiction; InvalidInput when the role does not fit the organ,
    the area lies elsewhere, or the person holds another duty (业务, 系统, 安全, 审计) in the period (三员分立).
    """
    user, organ = lock(User, user.pk), lock(Organ, organ.pk)
    authorize(by, rules.can_grant_post, user, organ)
    role = Role(role)
    _check_seat(role, organ)
    _check_places(organ, division=division, grid=grid, school=school)
    post = Post(
        user=user,
        organ=organ,
        role=role,
        duty=DUTIES.get(role, Duty.BUSINESS),
        title=title,
        division=division,
        grid=grid,
        school=school,
        categories=list(categories),
        certificate_no=certificate_no,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    constraints.insert(post)
    _end_sessions(user)
    period = f"{valid_from}至{valid_to or '长期'}"
    record(events.POST_GRANTED, subject=post, by=by, at=at, changes={"role": ["", role.value], "period": ["", period]})
    return post


@operation
def end_post(*, by: Actor, at: datetime, post: Post, last_day: date, reason: str) -> Post:
    """Set a post's last day (yesterday ends it at once); the person's sessions end.

    Raises NotAllowed for one's own post, InvalidInput for a day longer ago or later than the end already set.
    """
    user = lock(User, post.user_id)
    post = lock(Post, post.pk)
    authorize(by, rules.can_end_post, post)
    if last_day < local_date(at) - timedelta(days=1):
        raise InvalidInput("任职止最早为昨天，已经履行的任期不能改写。", fields={"last_day": ["最早为昨天。"]})
    if post.valid_to is not None and post.valid_to <= last_day:
        raise InvalidInput(f"该岗位任期已定于{post.valid_to}结束。", code="ended")
    post.valid_to = last_day
    changes = constraints.update(post, "valid_to")
    _end_sessions(user)
    record(events.POST_ENDED, subject=post, by=by, at=at, changes=changes, reason=reason)
    return post


def _end_sessions(user: User) -> None:
    user.session_epoch += 1
    constraints.update(user, "session_epoch")


def _check_seat(role: Role, organ: Organ) -> None:
    """A county's role at a city's bureau would reach the whole city."""
    if organ.closed_on is not None:
        raise InvalidInput("该单位已撤销。", fields={"organ": ["请选择未撤销的单位。"]})
    kinds = ORGANS_OF_ROLE.get(role)
    if kinds is not None and organ.kind not in kinds:
        raise InvalidInput(f"“{role.label}”不能任职于{organ.get_kind_display()}。", code="organ_kind")
    if not _sits(SEAT_OF_ROLE.get(role), organ):
        place = organ.jurisdiction
        raise InvalidInput(f"“{role.label}”不能任职于{place.get_level_display()}单位（{place.name}）。", code="seat")


def _sits(seat: Seat | None, organ: Organ) -> bool:
    place = organ.jurisdiction
    if seat is Seat.PROVINCE:
        return place.level == JurisdictionLevel.PROVINCE
    if seat is Seat.CITY:
        return place.level == JurisdictionLevel.CITY
    return seat is None or not place.children.exists()


def _check_places(organ: Organ, *, division: Division | None, grid: GridArea | None, school: School | None) -> None:
    problems: dict[str, list[str]] = {}
    if division is not None and not lies_in(division, organ.jurisdiction):
        problems["division"] = ["负责区域不在该单位的辖区内。"]
    for name, place in (("grid", grid), ("school", school)):
        if place is not None and place.jurisdiction_id != organ.jurisdiction_id:
            problems[name] = ["不属于该单位的辖区。"]
        elif place is not None and place.closed_on is not None:
            problems[name] = ["已停用，不能再安排人员。"]
    if problems:
        raise InvalidInput("负责区域、网格或学校与单位不符。", code="place", fields=problems)
