"""Counting sets of training materials (套), each number with one definition; what waits; which alarms are open."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from foundation.accounts.enums import Can
from foundation.core.actor import Actor

from .enums import SetState, Verdict
from .models import MaterialSet, MaterialUse, Review, Reviewer, UseAlarm


def approvals_on(on: date) -> QuerySet[Review]:
    """Reviews whose approval holds on a day: decided by then, not over, not withdrawn."""
    held = Review.objects.filter(verdict=Verdict.APPROVE, decided_on__lte=on, valid_to__gte=on)
    return held.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))


def uses_on(on: date) -> QuerySet[MaterialUse]:
    """What classes use on a day."""
    return MaterialUse.objects.filter(since__lte=on).filter(Q(stopped_on__isnull=True) | Q(stopped_on__gt=on))


def reviewed(actor: Actor, *, first: date, last: date) -> QuerySet[MaterialSet]:
    """审核材料 (套): sets whose review from outside was concluded in the period, whatever it said; each counts once."""
    done = Review.objects.filter(material=OuterRef("pk"), decided_on__range=(first, last))
    return MaterialSet.objects.visible_to(actor).filter(Exists(done))


def passed(actor: Actor, *, first: date, last: date) -> QuerySet[MaterialSet]:
    """审核通过 (套): those of ``reviewed`` of which a review of the period approved."""
    done = Review.objects.filter(material=OuterRef("pk"), decided_on__range=(first, last), verdict=Verdict.APPROVE)
    return MaterialSet.objects.visible_to(actor).filter(Exists(done))


def in_use(actor: Actor, *, on: date) -> QuerySet[MaterialSet]:
    """在用材料 (套): sets that at least one class uses on a day."""
    return MaterialSet.objects.visible_to(actor).filter(Exists(uses_on(on).filter(material=OuterRef("pk"))))


def approved_in_use(actor: Actor, *, on: date) -> QuerySet[MaterialSet]:
    """在用且已审 (套): the numerator of the coverage; ``in_use`` is its denominator."""
    return in_use(actor, on=on).filter(Exists(approvals_on(on).filter(material=OuterRef("pk"))))


def unapproved_in_use(actor: Actor, *, on: date) -> QuerySet[MaterialSet]:
    """在用未审 (套): what is missing for full coverage."""
    return in_use(actor, on=on).exclude(Exists(approvals_on(on).filter(material=OuterRef("pk"))))


def open_alarms(actor: Actor) -> QuerySet[UseAlarm]:
    """未审先用 that nothing has ended yet."""
    return UseAlarm.objects.visible_to(actor).filter(closed_on__isnull=True)


def run_out(*, on: date) -> QuerySet[MaterialUse]:
    """Uses of sets whose approval is over while no alarm says so."""
    told = UseAlarm.objects.filter(
        training_class=OuterRef("training_class"), material=OuterRef("material"), closed_on__isnull=True
    )
    over = MaterialUse.objects.filter(
        stopped_on__isnull=True, material__state=SetState.APPROVED, material__valid_to__lt=on
    )
    return over.filter(~Exists(told), material__institution__withdrawn_at__isnull=True)


def to_send(actor: Actor) -> QuerySet[MaterialSet]:
    """Sets that passed inside and wait for two reviewers to be named."""
    if not actor.can(Can.EDIT_REGISTER):
        return MaterialSet.objects.none()
    return MaterialSet.objects.visible_to(actor).filter(state=SetState.INSIDE)


def to_decide(actor: Actor) -> QuerySet[MaterialSet]:
    """Sets of which both reviewers have spoken and that wait for this leader."""
    if not actor.can(Can.APPROVE_MATERIALS):
        return MaterialSet.objects.none()
    spoken = Review.objects.filter(verdict="").annotate(said=Count("opinions")).filter(said=2)
    waiting = MaterialSet.objects.visible_to(actor).filter(state=SetState.OUTSIDE)
    return waiting.filter(pk__in=spoken.values("material"))


def serving(actor: Actor, *, on: date) -> QuerySet[Reviewer]:
    """The team on a day."""
    team = Reviewer.objects.visible_to(actor).filter(since__lte=on, until__gte=on)
    return team.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))


def open_review(material: MaterialSet) -> Review | None:
    """The one that has no verdict yet."""
    return material.reviews.filter(verdict="").select_related("first", "second").first()


def use_of(alarm: UseAlarm) -> MaterialUse | None:
    """The running use that an alarm is about; None when it is over."""
    about = {"training_class": alarm.training_class_id, "material": alarm.material_id}
    return MaterialUse.objects.filter(**about, stopped_on__isnull=True).select_related("training_class").first()
