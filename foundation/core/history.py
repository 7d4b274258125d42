"""What was true when: dated events with two clocks, the day a fact took effect and the instant we learned of it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q


class DatedEventQuerySet(models.QuerySet):
    """Answers "what held on a day, as known at an instant"; ``SUBJECT`` of the model names the owner's field(s)."""

    def believed(self, known_at: datetime | None = None) -> DatedEventQuerySet:
        """Events recorded by ``known_at`` that nothing recorded by then had replaced; withdrawals are left out."""
        later = self.model._base_manager.filter(replaces=OuterRef("pk"))
        rows = self
        if known_at is not None:
            later = later.filter(recorded_at__lte=known_at)
            rows = rows.filter(recorded_at__lte=known_at)
        return rows.filter(~Exists(later), withdrawn=False)

    def as_of(self, on: date, known_at: datetime | None = None) -> DatedEventQuerySet:
        """The event in force on ``on`` for each subject: the latest effective one, the later recorded one on a tie."""
        subject = self.model.SUBJECT
        return (
            self.believed(known_at)
            .filter(effective_on__lte=on)
            .order_by(*subject, "-effective_on", "-recorded_at", "-pk")
            .distinct(*subject)
        )


class DatedEvent(models.Model):
    """One dated fact about a subject. A correction is a new event that ``replaces`` the old one.

    ``withdrawn`` marks a replacement that only says "that never happened". Rows are never changed or deleted.
    """

    SUBJECT: tuple[str, ...] = ()

    effective_on = models.DateField("生效日期")
    recorded_at = models.DateTimeField("登记时间")
    replaces = models.OneToOneField(
        "self", verbose_name="更正的记录", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    withdrawn = models.BooleanField("撤销", default=False)

    objects = DatedEventQuerySet.as_manager()

    class Meta:
        abstract = True


def withdrawal_replaces_something(name: str) -> models.CheckConstraint:
    """A CHECK for concrete models: only an event that replaces another can be a withdrawal."""
    return models.CheckConstraint(
        condition=Q(withdrawn=False) | Q(replaces__isnull=False),
        name=name,
        violation_error_message="撤销必须指明所撤销的记录。",
    )
