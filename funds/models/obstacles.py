"""What stands in the way of supervision, by kind; and trainings of those who administer it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.enums import Can
from foundation.accounts.models import Organ, User
from foundation.core.actor import Actor
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from funds.enums import ObstacleKind, ObstacleState, TrainingMode
from institutions.models import Institution

from .scoped import FundsQuerySet


class Obstacle(models.Model):
    """One problem of an institution or of the whole county, with who has to solve it by when."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    institution = models.ForeignKey(
        Institution,
        verbose_name="机构",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fund_obstacles",
    )
    kind = models.CharField("问题分类", max_length=16, choices=ObstacleKind.choices)
    words = models.CharField("问题", max_length=300)
    found_on = models.DateField("发现日期")
    owner = models.ForeignKey(User, verbose_name="负责人", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("解决期限")
    state = models.CharField("状态", max_length=10, choices=ObstacleState.choices, default=ObstacleState.OPEN)
    state_at = models.DateTimeField("状态时间")
    opened_at = models.DateTimeField("登记时间")
    opened_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField("解决日期", null=True, blank=True)
    result = models.CharField("处理结果", max_length=300, blank=True)

    objects = FundsQuerySet.as_manager()

    class Meta:
        verbose_name = "监管问题"
        verbose_name_plural = "监管问题台账"
        constraints = [
            one_of("kind", ObstacleKind, name="obstacle_kind_known"),
            one_of("state", ObstacleState, name="obstacle_state_known"),
            ordered("found_on", "closed_on", name="obstacle_days_ordered", message="解决日期不能早于发现日期。"),
            models.CheckConstraint(
                condition=(Q(state=ObstacleState.CLOSED, closed_on__isnull=False) & ~Q(result=""))
                | Q(state=ObstacleState.OPEN, closed_on__isnull=True, result=""),
                name="obstacle_closed_with_result",
                violation_error_message="解决须写明日期和处理结果。",
            ),
            models.CheckConstraint(
                condition=~Q(words=""), name="obstacle_says_what", violation_error_message="请填写问题。"
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "state", "kind"], name="obstacle_by_bureau")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.words[:40]}"


class AdminTrainingQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> AdminTrainingQuerySet:
        """Those held in the actor's area, and those that the actor's organ attended; for who sees funds."""
        if not actor.can(Can.VIEW_FUNDS) or not actor.scope:
            return self.none()
        attended = TrainingOrgan.objects.filter(organ=actor.organ_id).values("training")
        return self.filter(Q(jurisdiction__in=actor.scope) | Q(pk__in=attended))


class AdminTraining(models.Model):
    """One session for those who administer the platform: who held it, on what, how many came."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="举办地区", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="举办单位", on_delete=models.PROTECT, related_name="+")
    mode = models.CharField("形式", max_length=10, choices=TrainingMode.choices)
    held_on = models.DateField("培训日期")
    topic = models.CharField("培训主题", max_length=120)
    place = models.CharField("地点或平台", max_length=120, blank=True)
    persons = models.PositiveIntegerField("参训(人)")
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    objects = AdminTrainingQuerySet.as_manager()

    class Meta:
        verbose_name = "管理员培训"
        verbose_name_plural = "管理员培训"
        constraints = [
            one_of("mode", TrainingMode, name="admin_training_mode_known"),
            models.CheckConstraint(
                condition=~Q(topic="") & Q(persons__gte=1),
                name="admin_training_whole",
                violation_error_message="请填写培训主题，参训人数至少1人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.topic}"


class TrainingOrgan(models.Model):
    """An organ that had people there."""

    training = models.ForeignKey(AdminTraining, verbose_name="培训", on_delete=models.PROTECT, related_name="attending")
    organ = models.ForeignKey(Organ, verbose_name="参训单位", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "参训单位"
        verbose_name_plural = "参训单位"
        constraints = [
            models.UniqueConstraint(
                fields=["training", "organ"], name="training_organ_once", violation_error_message="参训单位重复。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ}"
