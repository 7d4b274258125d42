"""A letter to parents at a place of the authorization matrix."""

from __future__ import annotations

from foundation.core import clock
from foundation.regions.enums import SchoolStage
from foundation.regions.models import School
from publicity.enums import Season
from publicity.models import LetterSchool, ParentLetter
from tests.authz.relations import Place
from tests.documents.factories import placed as document


def parent_letter(place: Place) -> ParentLetter:
    """A letter of the own county's bureau that one of its schools hands out."""
    paper, stage = document(place), SchoolStage.PRIMARY
    letter = ParentLetter.objects.create(
        jurisdiction=place.jurisdiction,
        organ=paper.organ,
        season=Season.TERM,
        title="测试信",
        scope="全区",
        issued_on=clock.today(),
        issued_by=paper.issued_by,
        document=paper,
    )
    name = f"{place.relation}小学{School.objects.count()}"
    row = School.objects.create(jurisdiction=place.jurisdiction, division=place.division, name=name, stage=stage)
    LetterSchool.objects.create(letter=letter, school=row)
    return letter
