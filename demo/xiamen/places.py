"""厦门's districts with their officers, and the institutions that the twelve go and see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from foundation.accounts.enums import Role
from institutions.enums import Category, LegalType, LicenceStatus, Stage
from institutions.models import Institution
from institutions.operations.register import register_institution

from .. import invented
from ..case_people import CasePlace
from ..organs import SIMING
from .facts import CERTIFICATES

#: Districts whose institutions the twelve go and see, and how many in each.
VISITED, SITES = (SIMING, "350205", "350206", "350212", "350213"), 7
BRANDS = ("鹭声", "白海豚", "三角梅", "环岛", "筼筜", "五缘", "鼓浪")
KINDS = (
    (Category.ARTS, "dance", "舞蹈"),
    (Category.SPORT, "ball_games", "篮球"),
    (Category.ARTS, "painting", "美术书法"),
    (Category.SCIENCE, "coding", "少儿编程"),
)


def district_of(code: str, word: str, at: datetime) -> CasePlace:
    """A district's bureau with its officer."""
    district = CasePlace.of(code, word, at=at, seed=int(code))
    district.post("jingban", Role.COUNTY_OFFICER, certificate_no=CERTIFICATES.get(code, f"闽演示{code}"))
    return district


def register_sites(district: CasePlace, at: datetime) -> Iterator[Institution]:
    """Institutions of a district that the twelve go and see, in its towns in turn."""
    codes, towns, by = invented.credit_codes(district.code, series="MJX"), district.towns(), district.acts("jingban")
    for number in range(SITES):
        category, fine, word = KINDS[number % len(KINDS)]
        town = towns[number % len(towns)]
        facts = {
            "name": f"{district.place.name}{BRANDS[number]}{word}培训中心",
            "credit_code": next(codes),
            "category": category,
            "subcategory": fine,
            "stages": [Stage.PRIMARY, Stage.JUNIOR],
            "legal_type": LegalType.NON_PROFIT,
            "licence_status": LicenceStatus.COMPLETE,
            "legal_person": invented.person(district.dice),
            "phone": invented.phone(52_000_000 + int(district.code[-3:]) * 100 + number),
            "public_phone": f"0592-001{district.code[-3:]}{number}",
            "division": town,
            "address": f"{town}{district.dice.choice(invented.ROADS)}{district.dice.randint(1, 399)}号",
            "hours": "周一至周五 18:00-20:30；周末 08:30-20:30",
        }
        yield register_institution(jurisdiction=district.place, facts=facts, by=by, at=at)
