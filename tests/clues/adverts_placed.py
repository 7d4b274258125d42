"""Advertisements for the authorization matrix."""

from __future__ import annotations

from clues.enums import AdUnit, Medium, Subject
from clues.models import AdvertRule, Clue, Sighting
from tests.authz.relations import Place
from tests.clues.placed import placed


def placed_advert(place: Place, **given) -> Clue:
    """A clue about an advertisement that nobody has described."""
    row = placed(place, **given)
    Clue.objects.filter(pk=row.pk).update(subject=Subject.ADVERT)
    row.refresh_from_db()
    return row


def placed_sighting(place: Place, **given) -> Sighting:
    return Sighting.objects.create(
        clue=placed_advert(place, **given), medium=Medium.OUTDOOR, unit=AdUnit.BOARD, quantity=2
    )


def a_rule(place: Place) -> AdvertRule:
    return AdvertRule.objects.get(code="A1")
