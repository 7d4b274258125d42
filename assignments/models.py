"""交办: one organ asks others to do something by a day; each of them answers for itself."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from foundation.accounts.enums import Can
from foundation.accounts.models import Organ, User
from foundation.core.actor import Actor
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction

from .enums import PartState, Urgency


def _takes_part(actor: Actor) -> bool:
    return actor.organ_id is not None and bool(actor.capabilities & {Can.ASSIGN, Can.ANSWER_ASSIGNMENT})


class AssignmentQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> AssignmentQuerySet:
        """What the actor's organ gave or received, and for those who see aggregates all of their area."""
        if not _takes_part(actor):
            return self.none()
        mine = Q(organ=actor.organ_id) | Q(parts__organ=actor.organ_id)
        if actor.can(Can.VIEW_AGGREGATES) and actor.scope:
            mine |= Q(jurisdiction__in=actor.scope)
        return self.filter(pk__in=self.model.objects.filter(mine).values("pk"))


class Assignment(models.Model):
    """What was asked, by whom, until when. ``parent`` is the part that is being passed further down."""

    SCOPE = Scope("jurisdiction_id")

    number = models.CharField("交办编号", max_length=30)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="交办单位管辖", on_delete=models.PROTECT)
    organ = models.ForeignKey(
        Organ, verbose_name="交办单位", on_delete=models.PROTECT, related_name="assignments_given"
    )
    issued_by = models.ForeignKey(User, verbose_name="交办人", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("交办时间")
    title = models.CharField("事项", max_length=120)
    content = models.TextField("要求", max_length=2000)
    urgency = models.CharField("缓急", max_length=12, choices=Urgency.choices, default=Urgency.NORMAL)
    due_on = models.DateField("办理期限")
    parent = models.ForeignKey(
        "Part", verbose_name="转办自", on_delete=models.PROTECT, null=True, blank=True, related_name="passed_on"
    )
    subject_url = models.CharField("相关页面", max_length=300, blank=True)
    subject_label = models.CharField("相关对象", max_length=200, blank=True)
    matter = models.CharField("事项编号", max_length=40, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "交办事项"
        verbose_name_plural = "交办事项"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="assignment_number_once", violation_error_message="交办编号重复。"
            ),
            one_of("urgency", Urgency, name="assignment_urgency_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(content=""),
                name="assignment_says_what",
                violation_error_message="请填写交办事项和要求。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "-issued_at"], name="assignment_by_bureau")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class PartQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> PartQuerySet:
        """Parts of the actor's organ, parts that it gave, and for those who see aggregates all of their area."""
        if not _takes_part(actor):
            return self.none()
        mine = Q(organ=actor.organ_id) | Q(assignment__organ=actor.organ_id)
        if actor.can(Can.VIEW_AGGREGATES) and actor.scope:
            mine |= Q(jurisdiction__in=actor.scope)
        return self.filter(mine)


class Part(models.Model):
    """What one receiving organ owes: its state, its answer, and when."""

    SCOPE = Scope("jurisdiction_id")

    assignment = models.ForeignKey(Assignment, verbose_name="交办事项", on_delete=models.PROTECT, related_name="parts")
    organ = models.ForeignKey(Organ, verbose_name="承办单位", on_delete=models.PROTECT, related_name="assignments_due")
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="承办单位管辖", on_delete=models.PROTECT)
    state = models.CharField("状态", max_length=10, choices=PartState.choices, default=PartState.PENDING)
    state_at = models.DateTimeField("状态时间")
    due_on = models.DateField("办理期限")
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    answered_at = models.DateTimeField("反馈时间", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    result = models.TextField("反馈内容", max_length=2000, blank=True)
    remark = models.CharField("审核意见", max_length=500, blank=True)
    returns = models.PositiveSmallIntegerField("退回次数", default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "承办任务"
        verbose_name_plural = "承办任务"
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "organ"], name="part_organ_once", violation_error_message="同一单位只能承办一次。"
            ),
            one_of("state", PartState, name="part_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[PartState.ANSWERED, PartState.DONE])
                | (~Q(result="") & Q(answered_at__isnull=False)),
                name="part_answered_has_result",
                violation_error_message="反馈必须写明办理情况。",
            ),
            models.CheckConstraint(
                condition=Q(state=PartState.DONE, closed_at__isnull=False)
                | (~Q(state=PartState.DONE) & Q(closed_at__isnull=True)),
                name="part_done_has_time",
                violation_error_message="办结必须有时间。",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True)
                | Q(answered_at__isnull=True)
                | Q(answered_at__gte=F("received_at")),
                name="part_answered_after_received",
                violation_error_message="反馈时间不能早于签收时间。",
            ),
        ]
        indexes = [models.Index(fields=["organ", "state", "due_on"], name="part_by_organ")]

    def __str__(self) -> str:
        return f"{self.assignment.number} · {self.organ}"
