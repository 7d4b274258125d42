"""What is reminded of in lists, grades and annual checks: their clocks, and terms of a list that end."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db.models import QuerySet

from foundation.accounts.enums import Can
from foundation.deadlines.enums import Limit
from foundation.notifications.clocks import remind_of_clocks
from foundation.notifications.recipients import people_near
from foundation.notifications.validity import Ending, remind_of_end

from . import notices, rules
from .enums import ListState
from .models import ListEntry
from .operations.yearly import NOTICE_DUE, REPORT_DUE

KEEPERS = "机构所在地提请名单的人，无人则上级"


def _in_force() -> QuerySet[ListEntry]:
    return ListEntry.objects.filter(state=ListState.APPROVED).select_related("institution")


def _keepers(row: ListEntry, on: date) -> list[int]:
    return people_near(None, Can.PROPOSE_LISTING, on=on, **asdict(row.SCOPE.place_of(row)))


remind_of_clocks(
    "listings.process",
    "名单申辩、信用修复",
    codes=(Limit.LISTING_STATEMENT, Limit.LISTING_REPAIR),
    who=KEEPERS,
    legal=True,
)
remind_of_clocks("listings.objection", "诚信等级公示", codes=(Limit.RATING_OBJECTION,), who=KEEPERS, legal=True)
remind_of_clocks("listings.annual_check", "年检报送和公示", codes=(REPORT_DUE, NOTICE_DUE), who=KEEPERS)
remind_of_end(
    "listings.term",
    "名单期限将满",
    Ending("名单期限", "until", _in_force, (30, 7), "admin:listings_listentry_change", _keepers),
    notice=notices.TERM_ENDING,
    who=KEEPERS,
    seen_by=rules.can_view_lists,
)
