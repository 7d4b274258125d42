"""How entries and purses are named for people."""

from __future__ import annotations

from django.apps import apps
from django.utils.safestring import SafeString

from foundation.core.marks import chip

from .models import Entry, Purse


def purse(row: Purse) -> str:
    """``contract:7`` is a key for programs."""
    return f"资金{row.number.rpartition(':')[2]}号" if ":" in row.number else row.number


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
        named = row.source_kind
    return f"{named} {row.source_number.partition(':')[2] or row.source_number}"
