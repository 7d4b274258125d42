"""Counting what was done in a period, each number with one definition; voided rows count nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Max, QuerySet, Sum, Value, When

from foundation.core.actor import Actor

from .enums import Channel, MeetingKind
from .models import Honour, Meeting, Noted, Outreach


def counted(model: type[Noted], actor: Actor, *, first: date, last: date) -> QuerySet:
    """Rows of a register whose day lies in the period and that hold."""
    return model.objects.visible_to(actor).filter(voided_at__isnull=True, happened_on__range=(first, last))


@dataclass(frozen=True)
class Told:
    """Outreach by one channel: 次, 人次 reached (of those that say so), and whether any of these is a lower bound."""

    channel: str
    times: int
    people: int
    at_least: bool

    @property
    def people_text(self) -> str:
        """Empty where no row says how many."""
        return f"{self.people}{'余' if self.at_least else ''}人次" if self.people else ""


def outreach_by_channel(actor: Actor, *, first: date, last: date) -> list[Told]:
    """Every channel in its order, those without any too."""
    bound = Case(When(at_least=True, then=Value(1)), default=Value(0))
    rows = counted(Outreach, actor, first=first, last=last).order_by().values_list("channel")
    found = {
        channel: (times, people or 0, bool(least))
        for channel, times, people, least in rows.annotate(n=Count("pk"), s=Sum("audience"), b=Max(bound))
    }
    return [Told(channel, *found.get(channel, (0, 0, False))) for channel in Channel.values]


def meetings_by_kind(actor: Actor, *, first: date, last: date) -> list[tuple[str, int]]:
    """(kind, 次), every kind in its order."""
    rows = counted(Meeting, actor, first=first, last=last).order_by().values_list("kind")
    found = dict(rows.annotate(n=Count("pk")))
    return [(kind, found.get(kind, 0)) for kind in MeetingKind.values]


def honours(actor: Actor, *, first: date, last: date) -> int:
    """项 given in the period."""
    return counted(Honour, actor, first=first, last=last).count()
