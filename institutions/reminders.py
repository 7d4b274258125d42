"""What is reminded of in the register: permits of operating institutions that end."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db.models import Q, QuerySet

from foundation.accounts.enums import Can
from foundation.notifications.recipients import people_near
from foundation.notifications.validity import Ending, remind_of_end

from . import notices, rules
from .enums import OPERATING
from .models import Institution, Permit


def _in_force() -> QuerySet[Permit]:
    rows = Permit.objects.filter(ended_on__isnull=True, institution__in=Institution.objects.current())
    return rows.filter(institution__status__in=OPERATING).select_related("institution")


def _renewed(row: Permit) -> bool:
    """Another permit of the kind is there that lasts longer."""
    others = row.institution.permits.filter(kind=row.kind, ended_on__isnull=True).exclude(pk=row.pk)
    return others.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=row.valid_to)).exists()


def _keepers(row: Permit, on: date) -> list[int]:
    place = asdict(row.institution.SCOPE.place_of(row.institution))
    return people_near(None, Can.EDIT_REGISTER, on=on, **place)


remind_of_end(
    "institutions.permit",
    "办学许可到期",
    Ending(
        "许可有效期至",
        "valid_to",
        _in_force,
        (60, 30, 7),
        "admin:institutions_institution_change",
        _keepers,
        label=lambda row: f"{row.institution.name} {row}",
        renewed=_renewed,
        page_of=lambda row: row.institution_id,
    ),
    notice=notices.PERMIT_ENDING,
    who="机构所在地的经办人，无人则上级",
    seen_by=rules.can_view_register,
)
