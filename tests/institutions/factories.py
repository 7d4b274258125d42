"""Institutions and unlicensed sites for tests, made through the operations as a county officer would."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

from django.utils import timezone
from stdnum.cn import uscc

from foundation.core.actor import Actor
from foundation.regions.models import Division, Jurisdiction
from institutions.enums import Category, LegalType, LicenceStatus
from institutions.models import Institution, UnlicensedSite
from institutions.operations.register import register_institution
from institutions.operations.unlicensed import report_unlicensed
from tests.cast import OWN

AT = datetime(2026, 11, 2, 9, 30, tzinfo=timezone.get_default_timezone())
_numbers = count(1)


def credit_code(number: int | None = None, *, county: str = OWN, prefix: str = "52") -> str:
    """A valid code; another one for each number."""
    body = f"{prefix}{county}MJ{number or next(_numbers):06d}X"
    return body + uscc.calc_check_digit(body)


def town(county: str = OWN) -> Division:
    return Division.objects.filter(parent__code=county, level="town").order_by("code").first()


def facts(county: str = OWN, **given) -> dict[str, object]:
    number = next(_numbers)
    return {
        "name": f"思明区启明{number}艺术培训中心",
        "credit_code": credit_code(number, county=county),
        "category": Category.ARTS,
        "legal_type": LegalType.NON_PROFIT,
        "licence_status": LicenceStatus.COMPLETE,
        "legal_person": "陈晓明",
        "phone": "13800000000",
        "division": town(county),
        "address": f"湖滨南路{number}号",
        **given,
    }


def institution(
    by: Actor, *, county: str = OWN, at: datetime = AT, effective_on: date | None = None, **given
) -> Institution:
    return register_institution(
        jurisdiction=Jurisdiction.objects.get(code=county),
        facts=facts(county, **given),
        effective_on=effective_on,
        by=by,
        at=at,
    )


def unlicensed(by: Actor, *, county: str = OWN, at: datetime = AT, **given) -> UnlicensedSite:
    return report_unlicensed(
        **{
            "jurisdiction": Jurisdiction.objects.get(code=county),
            "division": town(county),
            "address": "湖明路8号三楼",
            "category": Category.ARTS,
            "found_on": at.date(),
            **given,
        },
        by=by,
        at=at,
    )
