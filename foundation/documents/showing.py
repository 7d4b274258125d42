"""The documents about an object, for the panel of its page."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.marks import chip, link
from foundation.core.panels import Panel

from .queries import documents_about


def papers_panel(actor: Actor, *subjects: models.Model, empty: str = "没有文书。") -> Panel:
    """The documents about these objects that the actor may see, each with its standing."""
    rows = [
        (
            link(row.number, reverse("admin:documents_document_change", args=[row.pk])),
            row.get_kind_display(),
            f"{local_date(row.issued_at)}",
            chip("已作废", "bad") if row.is_void else chip("有效", "ok"),
        )
        for row in documents_about(*subjects).visible_to(actor)
    ]
    return Panel(("文号", "种类", "出具日期", "效力"), rows, empty=empty)
