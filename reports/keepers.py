"""Who may be given the monthly report of an organ."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from foundation.accounts.enums import Can
from foundation.accounts.models import Organ, Post
from foundation.notifications.recipients import holders


def keepers(organ: Organ, *, on: date) -> QuerySet[Post]:
    """Posts of the organ, in force and not narrowed, whose role prepares reports."""
    able = holders(Can.ENTER_TOTALS, on=on) & holders(Can.ISSUE_DOCUMENT, on=on)
    whole = {"division": None, "grid": None, "school": None, "categories": []}
    posts = able.filter(organ=organ, **whole)
    return posts.select_related("user", "organ").order_by("user__name", "pk")
