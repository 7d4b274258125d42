"""What is reminded of in after-school services: selections of providers that end."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from foundation.accounts.enums import Can
from foundation.notifications.recipients import people_near
from foundation.notifications.validity import Ending, remind_of_end

from . import notices, rules
from .enums import SelectionState
from .models import Selection


def _approved() -> QuerySet[Selection]:
    return Selection.objects.filter(state=SelectionState.APPROVED).select_related("provider", "round")


def _renewed(row: Selection) -> bool:
    """A later selection of the provider takes over."""
    return _approved().filter(provider=row.provider_id, ends_on__gt=row.ends_on).exists()


def _keepers(row: Selection, on: date) -> list[int]:
    return people_near(None, Can.KEEP_AFTERSCHOOL, jurisdiction_id=row.provider.jurisdiction_id, on=on)


remind_of_end(
    "afterschool.selection",
    "课后服务机构遴选到期",
    Ending(
        "遴选有效期至",
        "ends_on",
        _approved,
        (60, 30, 7),
        "admin:afterschool_selection_change",
        _keepers,
        renewed=_renewed,
    ),
    notice=notices.SELECTION_ENDING,
    who="遴选单位的课后服务经办人",
    seen_by=rules.can_view_providers,
)
