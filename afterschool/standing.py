"""Whether an institution is in good standing for schools: what speaks against it, in sentences. No list decides alone:
a person may overrule each, with a reason that stays.
"""

from __future__ import annotations

from datetime import date

from institutions.enums import ENDED, LicenceStatus, StandingKind
from institutions.models import Institution
from institutions.queries import permits_in_force, standing

from .models import Provider


def doubts(provider: Provider, *, on: date) -> list[str]:
    """What speaks against a provider whose validity begins on a day; nothing for a social organisation.

    Asked: still operating, on no black list that day, licensed, with a permit in force that day.
    """
    return _doubts(provider.institution, on) if provider.institution is not None else []


def _doubts(institution: Institution, on: date) -> list[str]:
    found = []
    if institution.status in ENDED:
        found.append(f"该机构状态为“{institution.get_status_display()}”。")
    held = standing(institution, on=on)
    if (StandingKind.BLACK_LIST, "") in held:
        found.append(f"该机构{on}在黑名单中。")
    if institution.licence_status != LicenceStatus.COMPLETE:
        found.append(f"该机构证照情况为“{institution.get_licence_status_display()}”。")
    if not permits_in_force(institution, on=on).exists():
        found.append(f"名录中没有该机构在{on}有效的许可。")
    return found
