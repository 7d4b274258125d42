"""Reading the trees of places and jurisdictions."""

from __future__ import annotations

from django.db import connection, models
from django.db.models import Case, F, Q, When

from foundation.core.actor import Actor

from .enums import DivisionLevel, JurisdictionLevel
from .lookup import normalized
from .models import Division, Jurisdiction
from .reference import KINMEN

SUBTREE = """
WITH RECURSIVE below AS (
    SELECT id FROM {table} WHERE id = ANY(%s)
    UNION ALL SELECT child.id FROM {table} child JOIN below ON child.parent_id = below.id
) SELECT id FROM below
"""


def jurisdictions_below(*ids: int) -> frozenset[int]:
    """The jurisdictions and everything under them."""
    return _below(Jurisdiction._meta.db_table, ids)


def jurisdictions_above(*ids: int) -> frozenset[int]:
    """What governs these jurisdictions from above, themselves not counted unless they govern another one of them."""
    parents = dict(Jurisdiction.objects.values_list("pk", "parent_id"))
    above: set[int] = set()
    for here in ids:
        while (here := parents.get(here)) is not None:
            above.add(here)
    return frozenset(above)


def divisions_below(*ids: int) -> frozenset[int]:
    """The divisions and everything under them; abolished units are not followed to their successor."""
    return _below(Division._meta.db_table, ids)


def _below(table: str, ids: tuple[int, ...]) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(SUBTREE.format(table=connection.ops.quote_name(table)), [list(ids)])
        return frozenset(row[0] for row in cursor.fetchall())


def in_town(town_id: int | str, path: str = "division") -> Q:
    """The condition that rows lie in a town or one of its communities; ``path`` leads to their division."""
    below = {f"{path}__parent": town_id, f"{path}__level": DivisionLevel.VILLAGE}
    return Q(**{path: town_id}) | Q(**below)


def town_of(path: str = "division") -> Case:
    """The id of the town that rows lie in: a community counts with its town; ``path`` leads to their division."""
    village = When(**{f"{path}__level": DivisionLevel.VILLAGE}, then=F(f"{path}__parent_id"))
    return Case(village, default=F(f"{path}_id"))


def county_of(division: Division) -> Division | None:
    """The county-level unit that a place lies in, by its successor if it was abolished; None above county level."""
    while division.successor_id:
        division = division.successor
    while division is not None and division.level in {"town", "village"}:
        division = division.parent
    return division if division is not None and division.level == "county" else None


def bureaus():
    """Jurisdictions that have a bureau of their own: cities and counties, by code."""
    return Jurisdiction.objects.exclude(level=JurisdictionLevel.PROVINCE).order_by("code")


def lies_in(division: Division, jurisdiction: Jurisdiction) -> bool:
    """Whether a place is governed by a jurisdiction; a functional area without a code governs within its parent's."""
    home = _home(jurisdiction)
    here: Division | None = division
    while here is not None:
        if here.pk == home:
            return True
        here = here.parent
    return False


def _home(jurisdiction: Jurisdiction) -> int | None:
    """The division that holds a jurisdiction's places: its own, or its parent's for a functional area."""
    while jurisdiction.division_id is None and jurisdiction.parent is not None:
        jurisdiction = jurisdiction.parent
    return jurisdiction.division_id


def pickable_divisions(actor: Actor, *levels: DivisionLevel) -> models.QuerySet[Division]:
    """Places of these levels that the actor's forms may offer: in force, in scope, without 金门."""
    homes = {_home(place) for place in Jurisdiction.objects.filter(pk__in=actor.scope).select_related("parent")}
    homes.discard(None)
    if not homes:
        return Division.objects.none()
    rows = Division.objects.filter(pk__in=divisions_below(*homes), level__in=levels, valid_to__isnull=True)
    rows = rows.exclude(code__startswith=KINMEN).order_by("code")
    return rows if actor.areas is None else rows.filter(pk__in=actor.areas)


def matches_division(text: str) -> Q:
    """Places whose code (either system's) or pinyin initials begin with the text, or whose names contain it."""
    text = normalized(text)
    if text.isdigit():
        return Q(code__startswith=text) | Q(legal_code__startswith=text)
    if text.isascii():
        return Q(initials__startswith=text.lower())
    return Q(name__contains=text) | Q(legal_name__contains=text)


def lowest_bureaus(actor: Actor) -> models.QuerySet[Jurisdiction]:
    """Jurisdictions of the actor that have no bureau below them: counties, functional areas, 平潭."""
    return Jurisdiction.objects.visible_to(actor).filter(children__isnull=True).order_by("code")
