"""How the rows of each duty are told in a line: on the page of a month and in its report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Model


@dataclass(frozen=True)
class Telling:
    """Where the day of a row stands, its words, and the register that has a page for it (none: empty)."""

    day: str
    words: Callable[[Model], str]
    register: str = ""

    def day_of(self, row: Model) -> object:
        return attrgetter(self.day)(row)


TOLD = {
    "supervision": Telling("visited_on", lambda row: f"{row.subject_name}（{row.number}）"),
    "feedback_filed": Telling("filed_at", lambda row: f"{row.get_kind_display()}：{row.text[:60]}", "feedback"),
    "publicity": Telling("held_on", lambda row: f"{row.get_outlet_display()}：{row.title}", "publicityactivity"),
    "proposed": Telling("filed_at", lambda row: f"{row.title}（{row.get_state_display()}）", "proposal"),
    "checked": Telling("state_at", lambda row: f"{row.place}：{row.result or '已核查'}", "cluetask"),
    "trained": Telling("training.held_on", lambda row: row.training.title),
}
