"""Where an object can stand towards the cast: six places, each with a jurisdiction, a community and a category."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from foundation.accounts.enums import TrainingCategory
from foundation.regions.models import Division, Jurisdiction
from tests import cast

OWN, OTHER_TOWN, OTHER_CATEGORY = "own", "other_town", "other_category"
NEIGHBOUR, OTHER_CITY, CITY = "neighbour", "other_city", "city"
RELATIONS = (OWN, OTHER_TOWN, OTHER_CATEGORY, NEIGHBOUR, OTHER_CITY, CITY)


@dataclass(frozen=True)
class Place:
    """Where a factory puts its object. ``division`` is a community (of a town of the jurisdiction)."""

    relation: str
    jurisdiction: Jurisdiction
    division: Division
    category: TrainingCategory


def places() -> list[Place]:
    """One place per relation; ``own`` is the community of the cast's grid worker, in the category of its department."""
    arts, subject = TrainingCategory.ARTS, TrainingCategory.SUBJECT
    own, other = (_community(code) for code in (cast.TOWN, _other_town()))
    return [
        Place(OWN, cast.jurisdiction(cast.OWN), own, arts),
        Place(OTHER_TOWN, cast.jurisdiction(cast.OWN), other, arts),
        Place(OTHER_CATEGORY, cast.jurisdiction(cast.OWN), own, subject),
        Place(NEIGHBOUR, cast.jurisdiction(cast.NEIGHBOUR), _community_in(cast.NEIGHBOUR), arts),
        Place(OTHER_CITY, cast.jurisdiction(cast.OTHER_CITY), _community_in(cast.OTHER_CITY), arts),
        Place(CITY, cast.jurisdiction(cast.CITY), _community_in(cast.NEIGHBOUR), arts),
    ]


def _other_town() -> str:
    towns = Division.objects.filter(parent__code=cast.OWN, valid_to=None).exclude(code=cast.TOWN)
    return towns.order_by("code").values_list("code", flat=True)[0]


def _community(town: str) -> Division:
    return Division.objects.filter(parent__code=town, valid_to=None).order_by("code")[0]


def _community_in(county: str) -> Division:
    return Division.objects.filter(parent__parent__code=county, valid_to=None).order_by("code")[0]


Maker = Callable[[Place], models.Model | dict[str, object]]


@dataclass(frozen=True)
class Objects:
    """How to make the objects of a URL. ``place`` and ``category``: whether the model's SCOPE is narrowed by them."""

    make: Maker
    place: bool = False
    category: bool = False
    relations: tuple[str, ...] = RELATIONS
