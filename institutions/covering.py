"""Which post covers an institution in each of the three nets: read once for many institutions, decided in memory.

Grid: a grid worker whose grid or area holds the place, or lies in it (most institutions are registered by town).
School: a 学校专员 whose school lies there, else in the same town, else in the same 片区; else a 片区负责人.
Department: an officer of the kind of department that is in charge of the kind of institution (``DepartmentCharge``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from foundation.accounts.enums import Role
from foundation.accounts.models import Post
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, School

from .enums import Charge, Net
from .models import DepartmentCharge, Institution, Responsible

#: Who can be named by post in each net.
ROLES = {
    Net.GRID: frozenset({Role.GRID_WORKER}),
    Net.SCHOOL: frozenset({Role.SCHOOL_SPECIALIST, Role.AREA_HEAD}),
    Net.DEPARTMENT: frozenset({Role.DEPARTMENT_OFFICER, Role.COUNTY_OFFICER}),
}
#: How well a post covers a place; a named person stays as long as nobody covers it better than this.
THERE, SAME_TOWN, SAME_AREA, HEAD_THERE, HEAD_ANYWHERE = range(5)
Fit = tuple[int, int, date, int]  # tier, distance, since, id: the smallest is named


@dataclass(frozen=True)
class Step:
    """One change of a name: ``post`` is to be named, or nobody; ``held`` is the row so far, ``before`` its name."""

    institution: Institution
    net: Net
    post: Post | None
    held: Responsible | None
    before: str | None


class Places:
    """The tree of divisions above some places."""

    def __init__(self, ids: Iterable[int]) -> None:
        self.parents: dict[int, int | None] = {}
        self.towns: set[int] = set()
        level = set(ids)
        while level:
            rows = Division.objects.filter(pk__in=level).values_list("pk", "parent_id", "level")
            for pk, parent, kind in rows:
                self.parents[pk] = parent
                if kind == DivisionLevel.TOWN:
                    self.towns.add(pk)
            level = {self.parents[pk] for pk in level if self.parents.get(pk)} - self.parents.keys()

    def line(self, pk: int) -> list[int]:
        """The place and all that it lies in, itself first."""
        found: list[int] = []
        here: int | None = pk
        while here is not None:
            found.append(here)
            here = self.parents.get(here)
        return found

    def distance(self, place: int, of: int) -> int | None:
        """Steps between two places of which one lies in the other; None for places side by side."""
        up, down = self.line(place), self.line(of)
        if of in up:
            return up.index(of)
        return down.index(place) if place in down else None

    def town(self, pk: int) -> int | None:
        return next((place for place in self.line(pk) if place in self.towns), None)


class Covering:
    """The posts of some jurisdictions on a day, and whom each place has of them."""

    def __init__(self, jurisdictions: Collection[int], divisions: Collection[int], *, on: date) -> None:
        self.posts: dict[tuple[int, Net], list[Post]] = defaultdict(list)
        held = Post.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            valid_from__lte=on,
            user__is_active=True,
            organ__jurisdiction__in=jurisdictions,
            role__in=frozenset().union(*ROLES.values()),
        ).select_related("organ", "user", "grid", "school")
        for post in held.order_by("valid_from", "pk"):
            for net, roles in ROLES.items():
                if post.role in roles and _stands(post, on):
                    self.posts[post.organ.jurisdiction_id, net].append(post)
        schools = School.objects.filter(jurisdiction__in=jurisdictions, area__isnull=False)
        schools = schools.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
        located = list(schools.values_list("area_id", "division_id"))
        ids = {place for posts in self.posts.values() for post in posts if (place := place_of(post))}
        self.places = Places({*divisions, *ids, *(division for _, division in located)})
        self.area_towns: dict[int, set[int | None]] = defaultdict(set)
        for area, division in located:
            self.area_towns[area].add(self.places.town(division))
        charges = DepartmentCharge.objects.in_force(on).filter(
            Q(jurisdiction__isnull=True) | Q(jurisdiction__in=jurisdictions)
        )
        self.charges = {(row.jurisdiction_id, row.charge): row.department for row in charges}
        self._known: dict[tuple, dict[int, Fit]] = {}

    def fits(self, row: Institution, net: Net) -> dict[int, Fit]:
        """Post id -> how it fits, of all posts that cover an institution in a net."""
        kind = (row.category, row.site_type) if net == Net.DEPARTMENT else ()
        key = (row.jurisdiction_id, row.division_id, net, kind)
        if key not in self._known:
            posts = self.posts[row.jurisdiction_id, net]
            found = ((post, self._fit(post, row, net)) for post in posts)
            self._known[key] = {post.pk: (*fit, post.valid_from, post.pk) for post, fit in found if fit is not None}
        return self._known[key]

    def best(self, row: Institution, net: Net) -> Post | None:
        fits = self.fits(row, net)
        return min(self.posts[row.jurisdiction_id, net], key=lambda post: fits.get(post.pk, _LAST)) if fits else None

    def _fit(self, post: Post, row: Institution, net: Net) -> tuple[int, int] | None:
        if net == Net.GRID:
            return self._there(place_of(post), row.division_id)
        if net == Net.SCHOOL:
            return self._of_school(post, row.division_id)
        return self._of_department(post, row)

    def _there(self, place: int | None, division: int) -> tuple[int, int] | None:
        distance = self.places.distance(place, division) if place is not None else None
        return None if distance is None else (THERE, distance)

    def _of_school(self, post: Post, division: int) -> tuple[int, int] | None:
        place, town = place_of(post), self.places.town(division)
        found = self._there(place, division)
        if found is None and place is not None and town is not None:
            area = post.school.area_id if post.school else None
            if self.places.town(place) == town:
                found = (SAME_TOWN, 0)
            elif area is not None and town in self.area_towns[area]:
                found = (SAME_AREA, 0)
        if post.role == Role.AREA_HEAD:
            if place is None:
                return HEAD_ANYWHERE, 0
            return found and (HEAD_THERE, found[0])
        return found

    def _of_department(self, post: Post, row: Institution) -> tuple[int, int] | None:
        charge = Charge.of(row.category, row.site_type)
        kind = self.charges.get((row.jurisdiction_id, charge)) or self.charges.get((None, charge))
        if post.organ.kind != kind or (post.categories and row.category not in post.categories):
            return None
        general = 0 if post.categories else 1
        if place_of(post) is None:
            return THERE, 2 + general
        return self._there(place_of(post), row.division_id) and (THERE, general)


_LAST: Fit = (9, 0, date.max, 0)


def place_of(post: Post) -> int | None:
    """The division that a post is narrowed to by its grid, school or area; None for the whole jurisdiction."""
    thing = post.grid or post.school
    return thing.division_id if thing is not None else post.division_id


def _stands(post: Post, on: date) -> bool:
    """Whether the grid or school that the post is for is still there."""
    return all(thing is None or thing.closed_on is None or thing.closed_on > on for thing in (post.grid, post.school))


def steps_for(rows: Collection[Institution], *, on: date) -> list[Step]:
    """What has to change for every institution to have the names that its posts give it; a handful of queries.

    A name given by hand stays while its post is held. Any other stays while no post covers the institution better.
    A name whose post is over, or covers the institution no longer, goes to the best post, or is released.
    """
    covering = Covering({row.jurisdiction_id for row in rows}, {row.division_id for row in rows}, on=on)
    ids = [row.pk for row in rows]
    named = {(each.institution_id, each.net): each for each in Responsible.objects.filter(institution__in=ids)}
    alive = set(Responsible.objects.filter(institution__in=ids).in_force(on).values_list("institution_id", "net"))
    found = (_step(covering, row, net, named.get((row.pk, net)), (row.pk, net) in alive) for row in rows for net in Net)
    return [step for step in found if step is not None]


def _step(covering: Covering, row: Institution, net: Net, held: Responsible | None, alive: bool) -> Step | None:
    if held is not None and held.by_hand and alive:
        return None
    fits, best = covering.fits(row, net), covering.best(row, net)
    if best is None:
        return Step(row, net, None, held, held.person_name) if held is not None else None
    if held is not None and held.post_id in fits and fits[held.post_id][0] == fits[best.pk][0]:
        return None
    return Step(row, net, best, held, held.person_name if held is not None else None)
