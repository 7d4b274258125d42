"""The three named persons of an institution: from posts over areas and categories, correctable by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Post
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.queries import divisions_below
from institutions import events, rules
from institutions.enums import Category, Net
from institutions.models import Institution, Responsible

#: Which department looks after which category by default (部门分类包干); 学科 is education's own.
DEPARTMENTS = {
    Category.SUBJECT: OrganKind.EDUCATION,
    Category.SCIENCE: OrganKind.SCIENCE,
    Category.ARTS: OrganKind.CULTURE,
    Category.SPORT: OrganKind.SPORT,
    Category.OTHER: OrganKind.EDUCATION,
}


@operation
def name_responsible(
    *, institution: Institution, net: str, post: Post, by: Actor, at: datetime, by_hand: bool = True
) -> Responsible:
    """Name the person of one net for an institution. A name given by hand is not replaced by ``fill_nets``.

    Raises NotAllowed.
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_edit, row)
    person = {"post": post, "organ": post.organ, "person_name": post.user.name, "by_hand": by_hand}
    held = Responsible.objects.select_for_update(of=("self",)).filter(institution=row, net=net).first()
    if held is None:
        held = insert(Responsible(institution=row, net=net, since=local_date(at), **person))
        changes: dict[str, list] = {net: [None, held.person_name]}
    else:
        before = held.person_name
        for name, value in person.items():
            setattr(held, name, value)
        held.since = local_date(at)
        if not update(held, *person, "since"):
            return held
        changes = {net: [before, held.person_name]}
    record(events.RESPONSIBLE_NAMED, subject=row, by=by, at=at, changes=changes)
    return held


@operation
def fill_nets(*, institutions: Iterable[Institution], by: Actor, at: datetime) -> int:
    """Name the grid worker and the department officer whose posts cover each institution; returns how many were named.

    Names given by hand stay, and so does a named person whose post still covers the institution.
    """
    on = local_date(at)
    named = 0
    for institution in institutions:
        for net, post in _covering_posts(institution, on):
            held = Responsible.objects.filter(institution=institution, net=net).first()
            if held is not None and (held.by_hand or held.post_id == post.pk):
                continue
            name_responsible(institution=institution, net=net, post=post, by=by, at=at, by_hand=False)
            named += 1
    return named


def _covering_posts(institution: Institution, on: date) -> list[tuple[str, Post]]:
    held = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        valid_from__lte=on,
        organ__jurisdiction_id=institution.jurisdiction_id,
    ).select_related("organ", "user", "grid")
    found: list[tuple[str, Post]] = []
    places = divisions_below(institution.division_id)
    grid = next(
        (
            post
            for post in held.filter(role=Role.GRID_WORKER).order_by("valid_from", "pk")
            if (post.grid.division_id if post.grid else post.division_id) in places
        ),
        None,
    )
    if grid is not None:
        found.append((Net.GRID, grid))
    officer = (
        held.filter(organ__kind=DEPARTMENTS[Category(institution.category)])
        .filter(role__in=[Role.DEPARTMENT_OFFICER, Role.COUNTY_OFFICER])
        .filter(Q(categories=[]) | Q(categories__contains=[institution.category]))
        .order_by("valid_from", "pk")
        .first()
    )
    if officer is not None:
        found.append((Net.DEPARTMENT, officer))
    return found
