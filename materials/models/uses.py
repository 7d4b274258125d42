"""Which class uses which set, and the alarm while it uses what was not approved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.models import User
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from institutions.models import TrainingClass
from materials.enums import Cause, Closing, UseSource

from .sets import MaterialSet

VIA_CLASS = Scope(
    "training_class__course__institution__jurisdiction_id",
    division="training_class__course__institution__division_id",
    category="training_class__course__institution__category",
    withdrawn="training_class__course__institution__withdrawn_at",
)


class MaterialUse(models.Model):
    """A class uses a set from a day until it stops."""

    SCOPE = VIA_CLASS

    training_class = models.ForeignKey(
        TrainingClass, verbose_name="班级", on_delete=models.PROTECT, related_name="material_uses"
    )
    material = models.ForeignKey(MaterialSet, verbose_name="培训材料", on_delete=models.PROTECT, related_name="uses")
    since = models.DateField("开始使用")
    source = models.CharField("来源", max_length=10, choices=UseSource.choices)
    note = models.CharField("说明", max_length=300, blank=True)
    entered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间")
    stopped_on = models.DateField("停用日期", null=True, blank=True)
    stopped_at = models.DateTimeField("停用登记时间", null=True, blank=True)
    stop_reason = models.CharField("停用事由", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "班级用材料"
        verbose_name_plural = "班级用材料"
        constraints = [
            one_of("source", UseSource, name="material_use_source_known"),
            models.UniqueConstraint(
                fields=["training_class", "material"],
                condition=Q(stopped_on__isnull=True),
                name="material_use_open_once",
                violation_error_message="这个班级已登记使用这套材料。",
            ),
            models.CheckConstraint(
                condition=Q(stopped_on__isnull=True, stopped_at__isnull=True)
                | (Q(stopped_on__isnull=False, stopped_at__isnull=False) & ~Q(stop_reason="")),
                name="material_use_stopped_why",
                violation_error_message="停用须写明事由。",
            ),
            ordered("since", "stopped_on", name="material_use_days", message="停用日期不能早于开始使用日期。"),
        ]
        indexes = [models.Index(fields=["material", "stopped_on"], name="material_use_by_set")]

    def __str__(self) -> str:
        return f"{self.training_class} · {self.material}"


class UseAlarm(models.Model):
    """未审先用: a class uses a set whose approval is missing, withdrawn or over.

    Closed by the operation that ended it."""

    SCOPE = VIA_CLASS

    training_class = models.ForeignKey(
        TrainingClass, verbose_name="班级", on_delete=models.PROTECT, related_name="material_alarms"
    )
    material = models.ForeignKey(MaterialSet, verbose_name="培训材料", on_delete=models.PROTECT, related_name="alarms")
    cause = models.CharField("原因", max_length=10, choices=Cause.choices)
    source = models.CharField("来源", max_length=10, choices=UseSource.choices)
    opened_on = models.DateField("发现日期")
    closed_on = models.DateField("解除日期", null=True, blank=True)
    closing = models.CharField("解除原因", max_length=10, choices=Closing.choices, blank=True)
    reason = models.CharField("解除说明", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "未审先用警示"
        verbose_name_plural = "未审先用警示"
        constraints = [
            one_of("cause", Cause, name="material_alarm_cause_known"),
            one_of("source", UseSource, name="material_alarm_source_known"),
            one_of("closing", Closing, name="material_alarm_closing_known", blank=True),
            models.UniqueConstraint(
                fields=["training_class", "material"],
                condition=Q(closed_on__isnull=True),
                name="material_alarm_open_once",
                violation_error_message="这个班级和这套材料已有未解除的警示。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closing="", reason="")
                | (Q(closed_on__isnull=False) & ~Q(closing="") & ~Q(reason="")),
                name="material_alarm_closed_with_reason",
                violation_error_message="解除警示须有日期、原因和说明。",
            ),
            ordered("opened_on", "closed_on", name="material_alarm_days", message="解除日期不能早于发现日期。"),
        ]

    def __str__(self) -> str:
        return f"{self.training_class} · {self.material}"
