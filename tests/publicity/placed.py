"""A letter to parents at a place of the authorization matrix."""

from __future__ import annotations

from foundation.core import clock
from foundation.regions.enums import SchoolStage
from foundation.regions.models import School
from publicity.enums import Season
from publicity.models import LetterSchool, ParentLetter
from tests.authz.relations import Place
from tests.documents.factories import placed as document
from tests.inspections.placed import filer


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


def published_letter(place: Place) -> ParentLetter:
    """One that another person published."""
    letter = parent_letter(place)
    words = {"kind": "notice", "body": "测试", "document": None}
    facts = {**words, "state": "published", "published_on": clock.today(), "published_by": filer(place)}
    ParentLetter.objects.filter(pk=letter.pk).update(**facts)
    return ParentLetter.objects.get(pk=letter.pk)


def handed_out(place: Place) -> dict[str, object]:
    """The address for the parents of its school."""
    letter = published_letter(place)
    code = f"{letter.pk:016d}"
    letter.schools.update(code=code, copies=99)
    return {"code": code}
