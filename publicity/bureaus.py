"""Where to report: the bureaus with what they publish of themselves."""

from __future__ import annotations

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Jurisdiction

from .shown import Bureau


def bureau_of(jurisdiction: Jurisdiction) -> Bureau:
    """The education bureau of a jurisdiction with its report phone and mailbox; its name alone if it gave none."""
    organs = Organ.objects.filter(jurisdiction=jurisdiction, kind=OrganKind.EDUCATION, closed_on__isnull=True)
    organ = organs.order_by("pk").first()
    if organ is None:
        return _unnamed(jurisdiction)
    return Bureau(organ.name, organ.report_phone, organ.report_mailbox)


def areas_with_bureaus() -> list[tuple[str, str, Bureau]]:
    """(code, name, bureau) of every jurisdiction, by code; the bureau as ``bureau_of`` finds it. Two queries."""
    organs = Organ.objects.filter(kind=OrganKind.EDUCATION, closed_on__isnull=True).order_by("-pk")
    bureaus = {organ.jurisdiction_id: Bureau(organ.name, organ.report_phone, organ.report_mailbox) for organ in organs}
    return [
        (area.code, area.name, bureaus.get(area.pk, _unnamed(area)))
        for area in Jurisdiction.objects.order_by("code", "pk")
    ]


def _unnamed(jurisdiction: Jurisdiction) -> Bureau:
    return Bureau(f"{jurisdiction.name}教育行政部门", "", "")


def report_contacts() -> list[tuple[str, list[tuple[str, Bureau]]]]:
    """(city, [(area, bureau)]) of all bureaus that publish a phone or a mailbox."""
    organs = (
        Organ.objects.filter(kind=OrganKind.EDUCATION, closed_on__isnull=True)
        .exclude(report_phone="", report_mailbox="")
        .select_related("jurisdiction__parent")
        .order_by("jurisdiction__code", "pk")
    )
    cities: dict[str, list[tuple[str, Bureau]]] = {}
    for organ in organs:
        area = organ.jurisdiction
        city = area.parent if area.level == JurisdictionLevel.COUNTY else area
        bureau = Bureau(organ.name, organ.report_phone, organ.report_mailbox)
        cities.setdefault(city.name, []).append((area.name, bureau))
    return list(cities.items())
