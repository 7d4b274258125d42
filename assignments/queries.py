"""Progress of assignments by level and department, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from foundation.accounts.enums import Can, OrganKind
from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.regions.enums import JurisdictionLevel

from .enums import OPEN, PartState
from .models import Assignment, Part
from .rules import NOT_ASSIGNED


@dataclass(frozen=True)
class Progress:
    """Counts of parts (件) of one group: all, open, overdue, to be judged, done; without withdrawn ones."""

    group: str
    all: int
    open: int
    overdue: int
    answered: int
    done: int

    @property
    def percent(self) -> int:
        """Done of all in whole percent, rounded down; 0 when there is nothing."""
        return 100 * self.done // self.all if self.all else 0


def waiting_for(actor: Actor) -> QuerySet[Part]:
    """Parts that the actor's organ has to receive or answer."""
    if not actor.can(Can.ANSWER_ASSIGNMENT):
        return Part.objects.none()
    return Part.objects.visible_to(actor).filter(organ=actor.organ_id, state__in=OPEN)


def to_judge(actor: Actor) -> QuerySet[Part]:
    """Answers that the actor's organ has to accept or send back."""
    if not actor.can(Can.ASSIGN):
        return Part.objects.none()
    return Part.objects.visible_to(actor).filter(assignment__organ=actor.organ_id, state=PartState.ANSWERED)


def returned_to(actor: Actor) -> QuerySet[Part]:
    """Parts that were sent back to the actor's organ."""
    return waiting_for(actor).filter(state=PartState.RETURNED)


def progress_by_level(assignment: Assignment, *, on: date) -> list[Progress]:
    """Progress of an assignment and of all that was passed on from it, by the level of the organs' jurisdictions."""
    labels = dict(JurisdictionLevel.choices)
    return _progress(assignment, "organ__jurisdiction__level", labels, on)


def progress_by_department(assignment: Assignment, *, on: date) -> list[Progress]:
    """The same by kind of organ."""
    return _progress(assignment, "organ__kind", dict(OrganKind.choices), on)


def all_parts(assignment: Assignment) -> QuerySet[Part]:
    """Parts of an assignment and of everything passed on from them, down the tree."""
    ids, level = [assignment.pk], [assignment.pk]
    while level:
        level = list(Assignment.objects.filter(parent__assignment__in=level).values_list("pk", flat=True))
        ids += level
    return Part.objects.filter(assignment__in=ids)


def _progress(assignment: Assignment, path: str, labels: dict[str, str], on: date) -> list[Progress]:
    counted = all_parts(assignment).exclude(state=PartState.CANCELLED)
    groups = (
        counted.order_by(path)
        .values(path)
        .annotate(
            all=Count("pk"),
            open=Count("pk", filter=Q(state__in=OPEN)),
            overdue=Count("pk", filter=Q(state__in=OPEN, due_on__lt=on)),
            answered=Count("pk", filter=Q(state=PartState.ANSWERED)),
            done=Count("pk", filter=Q(state=PartState.DONE)),
        )
    )
    return [Progress(str(labels.get(group.pop(path), "")), **group) for group in groups]


def assignable(actor: Actor) -> QuerySet[Organ]:
    """Organs that the actor may give something to, nearest level first."""
    organs = Organ.objects.visible_to(actor).filter(closed_on__isnull=True).exclude(pk=actor.organ_id)
    return (
        organs.exclude(kind__in=NOT_ASSIGNED)
        .select_related("jurisdiction")
        .order_by("jurisdiction__code", "kind", "name")
    )
