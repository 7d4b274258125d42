"""吹哨报到: a town that cannot settle something by itself calls departments to the spot; each reports in by a time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.enums import Can
from foundation.accounts.models import Organ, User
from foundation.core.actor import Actor
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Division, Jurisdiction

from ..enums import Subject, WhistleState


class WhistleQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> WhistleQuerySet:
        """Tickets that the actor's organ raised or is called by; all of the area for those who see aggregates."""
        may = {Can.WHISTLE, Can.ANSWER_ASSIGNMENT, Can.VIEW_AGGREGATES}
        if actor.organ_id is None or not actor.capabilities & may:
            return self.none()
        mine = Q(organ=actor.organ_id) | Q(calls__organ=actor.organ_id)
        if actor.can(Can.VIEW_AGGREGATES) and actor.scope:
            mine |= Q(jurisdiction__in=actor.scope)
        return self.filter(pk__in=self.model.objects.filter(mine).values("pk"))


class Whistle(models.Model):
    """One ticket: what is seen where, and by when those called have to be there."""

    SCOPE = Scope("jurisdiction_id", division="division_id")

    number = models.CharField("吹哨编号", max_length=30)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(Division, verbose_name="所在乡镇(街道)或社区", on_delete=models.PROTECT)
    address = models.CharField("地址", max_length=200)
    subject = models.CharField("问题类别", max_length=12, choices=Subject.choices)
    words = SealedTextField("现场情况", max_length=1000)
    organ = models.ForeignKey(Organ, verbose_name="吹哨单位", on_delete=models.PROTECT, related_name="whistles")
    raised_by = models.ForeignKey(User, verbose_name="吹哨人", on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField("吹哨时间")
    due_at = models.DateTimeField("报到时限")
    state = models.CharField("状态", max_length=10, choices=WhistleState.choices, default=WhistleState.RAISED)
    state_at = models.DateTimeField("状态时间")
    result = SealedTextField("处置结果", max_length=1000, blank=True)

    objects = WhistleQuerySet.as_manager()

    class Meta:
        verbose_name = "吹哨报到"
        verbose_name_plural = "吹哨报到"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="whistle_number_once", violation_error_message="编号重复。"
            ),
            one_of("state", WhistleState, name="whistle_state_known"),
            one_of("subject", Subject, name="whistle_subject_known"),
            models.CheckConstraint(
                condition=Q(due_at__gt=models.F("raised_at")),
                name="whistle_due_later",
                violation_error_message="报到时限必须晚于吹哨时间。",
            ),
            models.CheckConstraint(
                condition=(Q(state=WhistleState.RAISED, result="")) | (~Q(state=WhistleState.RAISED) & ~Q(result="")),
                name="whistle_ended_with_result",
                violation_error_message="结束吹哨必须写明处置结果或撤回理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_subject_display()}"


class WhistleCall(models.Model):
    """One department that is called, and when it reported in."""

    whistle = models.ForeignKey(Whistle, verbose_name="吹哨", on_delete=models.PROTECT, related_name="calls")
    organ = models.ForeignKey(Organ, verbose_name="被吹哨部门", on_delete=models.PROTECT, related_name="whistle_calls")
    reported_at = models.DateTimeField("报到时间", null=True, blank=True)
    reported_by = models.ForeignKey(
        User, verbose_name="报到人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "部门报到"
        verbose_name_plural = "部门报到"
        constraints = [
            models.UniqueConstraint(
                fields=["whistle", "organ"], name="whistle_call_once", violation_error_message="这个部门已经被吹哨。"
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True, reported_by__isnull=True)
                | Q(reported_at__isnull=False, reported_by__isnull=False),
                name="whistle_reported_by_somebody",
                violation_error_message="报到必须有报到人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whistle_id} {self.organ}"

    @property
    def minutes(self) -> int | None:
        """Whole minutes from the whistle to the report; None while it is awaited."""
        if self.reported_at is None:
            return None
        return int((self.reported_at - self.whistle.raised_at).total_seconds()) // 60
