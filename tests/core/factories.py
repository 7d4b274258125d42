"""Rows for the tests of core."""

from foundation.regions.enums import SchoolStage
from foundation.regions.models import Division, School
from tests.cast import OWN, TOWN, jurisdiction


def school(name: str, *, code: str = OWN, **given) -> School:
    place = jurisdiction(code)
    division = Division.objects.get(code=TOWN) if code == OWN else place.division
    return School.objects.create(jurisdiction=place, division=division, name=name, stage=SchoolStage.values[0], **given)
