"""How entries and purses are named for people."""

from __future__ import annotations

import re

from django.apps import apps
from django.utils.safestring import SafeString

from foundation.core.marks import chip

from .models import Entry

#: Sources that are no model's name.
OTHERS = {"banking.line": "银行明细", "banking.opening": "期初余额", "ledger.reversal": "冲正分录"}


def kind(row: Entry) -> SafeString:
    """The kind; of a reversal also that it is one."""
    if row.reverses_id:
        return chip(f"冲正：{row.get_kind_display()}", "notice")
    return chip(row.get_kind_display(), "plain")


def source(row: Entry) -> str:
    """What it rests on, by the name of that register where there is one: 缴费 12."""
    app, _, model = row.source_kind.partition(".")
    try:
        named = str(apps.get_model(app, model)._meta.verbose_name)
    except (LookupError, ValueError):
        named = OTHERS.get(row.source_kind, "凭据")
    number = re.search(r"\d+", row.source_number)
    return f"{named} {number[0]}号" if number else f"{named} {row.source_number}"
