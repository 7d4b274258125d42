"""How far a push has come: what the organs answered, and how many of its institutions have the flag by now."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.core import clock

from .models import FlagEvent, Push, PushedInstitution


@dataclass(frozen=True)
class Progress:
    """Institutions (家) of a push, and those of them that have its flag today."""

    done: int
    all: int

    @property
    def text(self) -> str:
        return f"{self.done}/{self.all}家"


def of(push: Push) -> Progress:
    rows = PushedInstitution.objects.filter(push=push).values("institution")
    return Progress(done=len(up_today(push)), all=rows.count())


def up_today(push: Push) -> set[int]:
    """Ids of the push's institutions that have the flag today."""
    pushed = PushedInstitution.objects.filter(push=push).values("institution")
    newest = FlagEvent.objects.filter(institution__in=pushed, flag=push.flag).as_of(clock.today())
    return set(FlagEvent.objects.filter(pk__in=newest.values("pk"), up=True).values_list("institution_id", flat=True))
