"""What is reminded of in training materials: approvals that run out."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

from django.db.models import QuerySet

from foundation.accounts.enums import Can
from foundation.deadlines.calendars import WorkingCalendar
from foundation.notifications.recipients import people_near
from foundation.notifications.registry import Words
from foundation.notifications.validity import Ending, remind_of_end

from . import notices, rules
from .enums import SetState
from .models import MaterialSet


def _approved() -> QuerySet[MaterialSet]:
    return MaterialSet.objects.filter(state=SetState.APPROVED).select_related("institution")


def _keepers(row: MaterialSet, on: date) -> list[int]:
    return people_near(None, Can.EDIT_REGISTER, on=on, **asdict(row.SCOPE.place_of(row)))


class ApprovalEnding(Ending):
    """With what to do about it: a set cannot be offered again while its approval holds."""

    def words(self, row: MaterialSet, on: date, along: WorkingCalendar) -> Words | None:
        found = super().words(row, on, along)
        return found and replace(found, body=f"{found.body}{notices.RENEWAL}")


remind_of_end(
    "materials.approval",
    "培训材料备案到期",
    ApprovalEnding("备案有效期至", "valid_to", _approved, (30, 7), "admin:materials_materialset_change", _keepers),
    notice=notices.APPROVAL_ENDING,
    who="机构所在地的经办人，无人则上级",
    seen_by=rules.can_view,
)
